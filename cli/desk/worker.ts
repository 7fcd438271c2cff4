/** The program of the worker that answers statements of others: it checks each one, and asks an engine that is locked. */
import { totalmem } from 'node:os'
import { localPlatform } from '../../adapters/local.ts'
import { filesIn } from '../../adapters/machine.ts'
import { answerAsWorker, type Phase } from '../../adapters/worker-process.ts'
import { type Engine, openEngine } from '../../core/engine.ts'
import { UsageError } from '../../core/errors.ts'
import type { Platform } from '../../core/platform.ts'
import { reading } from '../../pipeline/lake/current.ts'
import type { Lake } from '../../pipeline/lake/lake.ts'
import type { Instant } from '../../pipeline/lake/open.ts'
import { namingDamage } from '../../pipeline/silver/integrity.ts'
import { allRelations } from '../../schemas/relations.ts'
import { instantsIn } from '../as-of.ts'
import { relationsIn } from '../statement.ts'
import { guard } from './guard.ts'
import { refusalOf, tooLate } from './limits.ts'
import { openLocked } from './locked.ts'
import type { Question, Settings } from './questions.ts'

/** Lakes of earlier instants that stay open. */
const mostInstants = 2
/** Instants that a statement may name as schemas. */
const mostNamed = 4
/** Memory for the process itself, for rows on their way out, and for values of which the engine keeps no count. */
const besidesEngines = 640 * 2 ** 20

const powers: Readonly<Record<string, number>> = {
  B: 1,
  KB: 1e3,
  MB: 1e6,
  GB: 1e9,
  TB: 1e12,
  KIB: 2 ** 10,
  MIB: 2 ** 20,
  GIB: 2 ** 30,
  TIB: 2 ** 40,
}

/** The bytes of a limit as the engine takes it, such as 512MB or 50%. */
const bytesOf = (limit: string): number => {
  const [, number, unit = 'B'] = /^\s*([\d.]+)\s*(%|[KMGT]?i?B)?\s*$/i.exec(limit) ?? []
  if (number === undefined) throw new UsageError(`the limit of memory ${limit} is not a number of bytes, such as 512MB`)
  return unit === '%' ? (Number(number) / 100) * totalmem() : Number(number) * powers[unit.toUpperCase()]!
}

const platformOf = async ({ lake, scratch }: Settings): Promise<Platform> => {
  const platform =
    'folder' in lake
      ? localPlatform({ lake: lake.folder })
      : (await import('../../adapters/aws.ts')).awsPlatform({ bucket: lake.bucket, folder: scratch })
  // The process that started this one removes the folder, also after it had to end this one.
  return { ...platform, ...filesIn(async () => scratch) }
}

type Answered = Question & { readonly rows: number }

await answerAsWorker<Settings, Question>((settings) => {
  const { limits, universe } = settings
  const engineMemory = bytesOf(limits.memory)
  let platform: Promise<Platform> | undefined
  let checking: Promise<Engine> | undefined
  const lakes = new Map<string, Promise<Lake>>()

  const lakeOf = async (asOf: Date | undefined, instants: readonly Instant[]): Promise<Lake> => {
    const key = asOf || instants.length ? JSON.stringify([asOf, instants]) : ''
    const found = lakes.get(key)
    if (found) return found
    const [oldest, ...others] = [...lakes.keys()].filter(Boolean)
    if (key && oldest && others.length + 1 >= mostInstants) {
      const closing = await lakes.get(oldest)!
      lakes.delete(oldest)
      await closing.engine.close()
    }
    platform ??= platformOf(settings)
    const opened = platform.then((each) =>
      openLocked(each, universe, limits.memory, { ...(asOf ? { asOf } : {}), instants }),
    )
    lakes.set(key, opened)
    opened.catch(() => lakes.delete(key))
    return opened
  }

  const inWords = (error: Error): never => {
    throw refusalOf(error)
  }
  /** The engine that parses statements has no lake, so that a statement that is refused opens none. */
  const check = async ({ statement, names }: Question, instants: readonly Instant[]): Promise<void> => {
    if (instants.length > mostNamed) throw new UsageError(`the statement names more than ${mostNamed} instants`)
    checking ??= openEngine({ memory: limits.memory })
    const schemas = instants.map(({ schema }) => schema)
    await guard(await checking, statement, names, schemas)
  }
  const answerFrom = reading(async (lake: Lake, { statement, rows }: Answered, isEarlier: boolean) =>
    lake.engine.within(
      limits.seconds,
      () => tooLate(limits),
      async () => {
        if (isEarlier) await lake.hold(relationsIn(statement, allRelations))
        return lake.engine.answer(statement, { rows, bytes: limits.bytes }).catch(inWords)
      },
    ),
  )
  const answer = async (question: Question, begin: (phase: Phase) => void) => {
    const { statement, asOf, rows } = question
    const instants = instantsIn(statement)
    begin('work')
    await check(question, instants)
    if (rows === undefined) return undefined
    begin('opening')
    const lake = await lakeOf(asOf, instants)
    begin('work')
    const isEarlier = asOf !== undefined || instants.length > 0
    const relations = relationsIn(statement, allRelations)
    return namingDamage(lake.platform.store, relations, () => answerFrom(lake, { ...question, rows }, isEarlier))
  }
  return {
    mostMemory: () => besidesEngines + Math.max(1, lakes.size) * engineMemory,
    answer,
  }
})
