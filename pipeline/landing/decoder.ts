/** Decoders: how the payloads of one origin become staged rows. */

import { messageOf, SourceChangedError } from '../../core/errors.ts'
import type { Table } from '../../schemas/table.ts'
import type { Decoded, Source } from '../../sources/source.ts'
import { type BronzeRecord, isUnanswered, payloadOf, readBody } from '../ingest/bronze.ts'
import type { Lake } from '../lake/lake.ts'
import { withinSeconds } from './bounded.ts'
import { isOfBytes, isOfValues, refusalOf } from './faults.ts'
import { type DecodedPayload, openStages, stageDecoded, takeBack } from './staging.ts'

/** How many rows a payload has, or why it is refused, or why there is none. */
export interface Verdict {
  readonly rows: number
  readonly error: string | null
}

export interface Decoder {
  readonly source: string
  /** Tables that a batch may fill. */
  readonly tables: (batch: readonly BronzeRecord[]) => readonly Table[]
  readonly lag?: Source['lag']
  /** Whether it sends its history anew after a split. */
  readonly restates?: boolean
  /** Stages the rows of a batch and gives a verdict on each payload. */
  stage(lake: Lake, batch: readonly BronzeRecord[]): Promise<readonly Verdict[]>
}

/** Decoded rows that are held in memory before they are staged. */
const rowsAtOnce = 100_000

/** The decoder of a declared source: payload by payload, each refused or decoded on its own. */
export const sourceDecoder = (source: Source): Decoder => ({
  source: source.name,
  tables: () => source.tables,
  ...(source.lag ? { lag: source.lag } : {}),
  restates: source.restates,
  stage: async (lake, batch) => {
    await openStages(lake.engine, source.tables)
    const verdicts: Verdict[] = []
    let waiting: DecodedPayload[] = []
    const flush = async () => {
      for (const [payload, error] of await stageEach(lake, source, waiting))
        verdicts[payload] = refuse(lake, batch[payload]!, error)
      waiting = []
    }
    for (const [payload, record] of batch.entries()) {
      if (isUnanswered(record)) {
        verdicts.push({ rows: 0, error: record.error ?? null })
        continue
      }
      try {
        const rows = await decodeOne(lake, source, record)
        waiting.push({ payload, source: record.source, rows })
        verdicts.push({ rows: rows.length, error: null })
      } catch (error) {
        if (error instanceof UnreadableError) throw error.cause
        verdicts.push(refuse(lake, record, error))
      }
      if (waiting.reduce((total, { rows }) => total + rows.length, 0) >= rowsAtOnce) await flush()
    }
    await flush()
    return verdicts
  },
})

/** The refusal of a payload, which the log tells too. */
export const refuse = (lake: Lake, record: BronzeRecord, error: unknown): Verdict => {
  const reason = refusalOf(record, error)
  lake.platform.log.warn({ source: record.source, key: record.key }, reason)
  return { rows: 0, error: reason }
}

/** Stages payloads together or, where that fails, one by one. Returns the ones that cannot be staged, with the reason. */
const stageEach = async ({ engine }: Lake, { tables }: Source, batch: readonly DecodedPayload[]) => {
  const failed = new Map<number, unknown>()
  const remove = async ({ payload }: DecodedPayload) => {
    for (const table of tables) await takeBack(engine, table, payload)
  }
  try {
    await stageDecoded(engine, tables, batch)
  } catch (error) {
    if (!isOfValues(error) && !(error instanceof TypeError) && !(error instanceof RangeError)) throw error
    for (const each of batch) await remove(each)
    for (const each of batch) {
      try {
        await stageDecoded(engine, tables, [each])
      } catch (alone) {
        await remove(each)
        failed.set(each.payload, alone)
      }
    }
  }
  return failed
}

/** The store did not give the bytes. That is no fault of the payload: the work stops and is done again later. */
class UnreadableError extends Error {
  override readonly name = 'UnreadableError'
}

const bytesOfRecord = async (lake: Lake, source: Source, record: BronzeRecord) => {
  try {
    return await readBody(lake.platform.store, record, source.maxBytes)
  } catch (error) {
    if (isOfBytes(error)) throw error
    throw new UnreadableError(messageOf(error), { cause: error })
  }
}

const decodeOne = async (lake: Lake, source: Source, record: BronzeRecord): Promise<Decoded[]> => {
  if (source.absent.includes(record.status)) return []
  if (record.status !== 200)
    throw new SourceChangedError(`${source.name} ${record.key}: HTTP ${record.status} (${record.body})`)
  const body = await bytesOfRecord(lake, source, record)
  const payload = { ...payloadOf(record, body), maxBytes: source.maxBytes }
  const { universe } = lake
  return withinSeconds(source.decodeSeconds, `${source.name} ${record.key} (${record.body})`, () =>
    source.rows(payload, { universe }),
  )
}
