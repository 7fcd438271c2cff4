/** Decoders: how the payloads of one origin become staged rows. */

import { messageOf } from '../../core/errors.ts'
import type { Table } from '../../schemas/table.ts'
import type { Decoded, Source } from '../../sources/source.ts'
import { type BronzeRecord, payloadOf, readBody } from '../ingest/bronze.ts'
import type { Lake } from '../lake/lake.ts'
import { stageDecoded } from './staging.ts'

export interface Decoder {
  readonly source: string
  /** Tables that a batch may fill. */
  readonly tables: (batch: readonly BronzeRecord[]) => readonly Table[]
  readonly lag?: Source['lag']
  /** Whether it sends its history anew after a split. */
  readonly restates?: boolean
  /** Stages the rows of a batch and says, per payload, how many rows there are or why it is refused. */
  stage(lake: Lake, batch: readonly BronzeRecord[]): Promise<readonly { rows: number; error: string | null }[]>
}

/** The decoder of a declared source: payload by payload, each refused or decoded on its own. */
export const sourceDecoder = (source: Source): Decoder => ({
  source: source.name,
  tables: () => source.tables,
  ...(source.lag ? { lag: source.lag } : {}),
  restates: source.restates,
  stage: async (lake, batch) => {
    const decodedBatch: { source: string; rows: Decoded[]; error: string | null }[] = []
    for (const each of batch) decodedBatch.push({ source: each.source, ...(await decodeOne(lake, source, each)) })
    await stageDecoded(lake.engine, source.tables, decodedBatch)
    return decodedBatch.map(({ rows, error }) => ({ rows: rows.length, error }))
  },
})

const decodeOne = async (lake: Lake, source: Source, each: BronzeRecord) => {
  try {
    if (each.status !== 200) throw new Error(`${source.name} ${each.key}: HTTP ${each.status} (${each.body})`)
    const rows = await source.rows(payloadOf(each, await readBody(lake.platform.store, each)), {
      universe: lake.universe,
    })
    return { rows, error: null }
  } catch (error) {
    lake.platform.log.warn({ source: source.name, key: each.key }, messageOf(error))
    return { rows: [], error: messageOf(error) }
  }
}
