/**
 * Answers statements of others from a lake: reads only, as of any instant, within limits. A process of its own checks and answers them
 * (`worker.ts`), so that it can be ended. On AWS, Athena answers statements of today after the same check.
 */
import { join } from 'node:path'
import { LimitError, WorkerError, workers } from '../../adapters/worker-process.ts'
import type { Answer } from '../../core/engine.ts'
import { QueryError, UsageError } from '../../core/errors.ts'
import type { Platform } from '../../core/platform.ts'
import type { Universe } from '../../core/universe.ts'
import { reading } from '../../pipeline/lake/current.ts'
import type { Lake } from '../../pipeline/lake/lake.ts'
import { namingDamage } from '../../pipeline/silver/integrity.ts'
import { martName } from '../../schemas/catalog.ts'
import { allRelations } from '../../schemas/relations.ts'
import { views } from '../../schemas/views/index.ts'
import { instantsIn } from '../as-of.ts'
import { projectFolder } from '../project.ts'
import { namesOf } from './describe.ts'
import { defaultLimits, type Limits, refusalOf, tooLate } from './limits.ts'
import { openLocked } from './locked.ts'
import { refuseOtherOnAthena } from './on-athena.ts'
import type { Question, Settings } from './questions.ts'

/** Statements that wait for the engine. More are refused. */
const mostWaiting = 16
/** Seconds after which a worker is ended that did not stop a statement by itself. */
const graceSeconds = 1

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
  /** Work of ours on the lake of today, one after another with the statements. */
  with<T>(work: (lake: Lake) => Promise<T>): Promise<T>
  /** The instant of now, as answers name it. */
  now(): Date
  close(): Promise<void>
}

/** The tables of the catalog over the published marts. */
const martNames = views.filter(({ mart }) => mart).map(martName)

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

export const openDesk = (platform: Platform, universe: Universe, limits: Limits = defaultLimits): Desk => {
  const turn = inTurn()
  const { store, distributed } = platform
  const lake = platform.name === 'local' ? { folder: store.location } : { bucket: store.location.slice('s3://'.length) }
  const started = platform.scratch('worker').then((scratch) =>
    workers({
      program: join(projectFolder, 'bin', 'worker.mjs'),
      settings: { lake, universe, limits, scratch } satisfies Settings,
      scratch,
    }),
  )
  // An error of it is reported where it is used.
  started.catch(() => {})
  let own: Promise<Lake> | undefined

  const inWords = (error: unknown): never => {
    if (error instanceof LimitError)
      throw error.limit === 'time'
        ? tooLate(limits)
        : new UsageError(`the statement needed more memory than ${limits.memory} and was stopped`)
    if (error instanceof WorkerError && error.name === 'UsageError') throw new UsageError(error.message)
    throw error
  }
  const answerOf = async (question: Question): Promise<Answer> =>
    (await (await started).ask(question, limits.seconds + graceSeconds).catch(inWords)) as Answer

  const onAthena = async (question: Question): Promise<Answer> => {
    refuseOtherOnAthena(question.statement)
    await answerOf({ ...question, rows: undefined })
    const bounds = { rows: question.rows!, bytes: limits.bytes, seconds: limits.seconds }
    return distributed!.answer(question.statement, bounds).catch((error: Error) => {
      throw error instanceof QueryError ? new UsageError(error.reason) : refusalOf(error)
    })
  }

  const ask = (statement: string, { asOf, rows, labels = true }: AskOptions = {}): Promise<DeskAnswer> =>
    turn(async () => {
      const most = Math.min(rows ?? limits.rows, limits.rows)
      // Athena has the views of today. The embedded engine answers from the bucket as of an earlier instant.
      const isOnAthena = distributed !== undefined && asOf === undefined && instantsIn(statement).length === 0
      const names = [...namesOf(labels), ...(isOnAthena ? martNames : [])]
      const question: Question = { statement, names, asOf, rows: most + 1 }
      const answer = await (isOnAthena ? onAthena : answerOf)(question)
      const isCut = answer.rows.length > most
      return {
        ...answer,
        rows: isCut ? answer.rows.slice(0, most) : answer.rows,
        sql: statement,
        asOf: (asOf ?? platform.now()).toISOString(),
        isCut,
      }
    })

  return {
    limits,
    ask,
    now: () => platform.now(),
    with: (work) =>
      turn(async () => {
        own ??= openLocked(platform, universe, limits.memory)
        own.catch(() => {
          own = undefined
        })
        const lake = await own
        return namingDamage(store, allRelations, () => reading(work)(lake))
      }),
    close: async () => {
      await turn(async () => {
        await (await started.catch(() => undefined))?.end()
        ;(await own)?.engine.close()
      })
    },
  }
}
