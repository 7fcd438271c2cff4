/**
 * Answers statements of others from a lake: reads only, as of any instant, within limits. Each engine is locked after the
 * views are defined: it reads no file outside of silver, writes none that a statement names and takes no settings.
 */

import type { Answer } from '../../core/engine.ts'
import { quoted } from '../../core/engine.ts'
import { UsageError } from '../../core/errors.ts'
import type { Platform } from '../../core/platform.ts'
import type { Universe } from '../../core/universe.ts'
import { reading } from '../../pipeline/lake/current.ts'
import type { Lake } from '../../pipeline/lake/lake.ts'
import { openPart } from '../../pipeline/lake/open.ts'
import { allRelations } from '../../schemas/relations.ts'
import { relationsIn } from '../statement.ts'
import { listRelations } from './describe.ts'
import { guard } from './guard.ts'

export interface Limits {
  /** Rows of an answer. More are cut off. */
  readonly rows: number
  /** Bytes of an answer as text. A larger answer is refused. */
  readonly bytes: number
  /** Seconds that a statement may take. */
  readonly seconds: number
  /** Memory of the engine. */
  readonly memory: string
}

export const defaultLimits: Limits = { rows: 10_000, bytes: 16 * 1024 * 1024, seconds: 30, memory: '512MB' }

/** Statements that wait for the engine. More are refused. */
const mostWaiting = 16
/** Lakes of earlier instants that stay open. */
const mostInstants = 3

export interface DeskAnswer extends Answer {
  readonly sql: string
  /** The instant whose knowledge the answer has. */
  readonly asOf: string
  /** Whether rows are missing because of the limit. */
  readonly isCut: boolean
}

/** The server has as much to do as it takes. */
export class BusyError extends Error {
  override readonly name = 'BusyError'
}

export interface AskOptions {
  readonly asOf?: Date
  readonly rows?: number
  /** False where the views that look forward are not to be read. Default: true. */
  readonly labels?: boolean
}

export interface Desk {
  readonly limits: Limits
  ask(statement: string, options?: AskOptions): Promise<DeskAnswer>
  /** Work of ours on the lake of an instant, one after another with the statements. */
  with<T>(asOf: Date | undefined, work: (lake: Lake) => Promise<T>): Promise<T>
  close(): Promise<void>
}

const namesOf = (labels: boolean) => listRelations(labels).map(({ name }) => name)

/** Does one piece of work after another. */
const inTurn = () => {
  let last: Promise<unknown> = Promise.resolve()
  let waiting = 0
  return async <T>(work: () => Promise<T>): Promise<T> => {
    if (waiting >= mostWaiting) throw new BusyError(`${waiting} statements are waiting: try again in a moment`)
    waiting++
    const result = last.then(work)
    last = result.catch(() => undefined)
    return result.finally(() => {
      waiting--
    })
  }
}

/** Defines the views, then locks the engine. */
const locked = async (lake: Lake): Promise<Lake> => {
  await reading(async () => {})(lake)
  const silver = `${lake.platform.store.location}/silver/`
  for (const setting of [
    `set allowed_directories = [${quoted(silver)}]`,
    "set max_temp_directory_size = '2GB'",
    'set enable_external_access = false',
    'set lock_configuration = true',
  ])
    await lake.engine.run(setting)
  return lake
}

export const openDesk = (platform: Platform, universe: Universe, limits: Limits = defaultLimits): Desk => {
  if (platform.name !== 'local') throw new UsageError('this works on a lake in a folder: remove --aws')
  const lakes = new Map<string, Promise<Lake>>()
  const turn = inTurn()

  const lakeOf = async (asOf: Date | undefined): Promise<Lake> => {
    const key = asOf?.toISOString() ?? ''
    const found = lakes.get(key)
    if (found) return found
    const instants = [...lakes.keys()].filter(Boolean)
    if (key && instants.length >= mostInstants) {
      const oldest = lakes.get(instants[0]!)!
      lakes.delete(instants[0]!)
      ;(await oldest).engine.close()
    }
    const opened = openPart(platform, universe, allRelations, {
      memory: limits.memory,
      calendar: false,
      ...(asOf ? { asOf } : {}),
    }).then(locked)
    lakes.set(key, opened)
    opened.catch(() => lakes.delete(key))
    return opened
  }

  const withLake = <T>(asOf: Date | undefined, work: (lake: Lake) => Promise<T>): Promise<T> =>
    turn(async () => reading(work)(await lakeOf(asOf)))

  const ask = (statement: string, { asOf, rows, labels = true }: AskOptions = {}): Promise<DeskAnswer> =>
    withLake(asOf, async (lake) => {
      const names = namesOf(labels)
      await guard(lake.engine, statement, names)
      const most = Math.min(rows ?? limits.rows, limits.rows)
      const late = () => new UsageError(`the statement took more than ${limits.seconds} s and was stopped`)
      const answer = await lake.engine.within(limits.seconds, late, async () => {
        if (asOf) await lake.hold(relationsIn(statement, allRelations))
        return lake.engine.answer(statement, most + 1)
      })
      const isCut = answer.rows.length > most
      return {
        columns: answer.columns,
        rows: isCut ? answer.rows.slice(0, most) : answer.rows,
        sql: statement,
        asOf: (asOf ?? platform.now()).toISOString(),
        isCut,
      }
    })

  return {
    limits,
    ask,
    with: withLake,
    close: async () => {
      await turn(async () => {
        for (const lake of lakes.values()) (await lake).engine.close()
        lakes.clear()
      })
    },
  }
}

/** Refuses a text that is larger than the limit. */
export const withinBytes = (text: string, { bytes }: Limits): string => {
  if (Buffer.byteLength(text) > bytes)
    throw new UsageError(`the answer is larger than ${bytes} bytes: ask for fewer columns or rows`)
  return text
}
