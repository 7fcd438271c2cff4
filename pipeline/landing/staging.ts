/** Staging: the decoded rows of a batch of payloads, typed, each with the payload and row it came from. */

import type { Engine } from '../../core/engine.ts'
import { bigint, boolean, type Columns, string, timestamp } from '../../schemas/column.ts'
import { reportedColumns, type Table } from '../../schemas/table.ts'
import type { Decoded } from '../../sources/source.ts'
import type { BronzeRecord } from '../ingest/bronze.ts'

/** Where a staged row comes from; the leading underscore keeps the names apart from data. A row's `rowid` tells it apart. */
export const origin = {
  _payload: bigint('Position in payload_index.'),
  _row: bigint.nullable('Row of the payload; NULL where the staged rows of a payload stand in its order.'),
  _source: string('Source.'),
  _published_at: timestamp.nullable('Publication that the provider proves.'),
  _bad: boolean.nullable('A cell of an import that is not what its column declares; the payload is then refused.'),
} satisfies Columns

const payloadIndex = {
  _payload: bigint('Position in the batch.'),
  bronze_key: string('Bronze object.'),
  request_key: string('What was asked for.'),
  fetched_at: timestamp('When it was downloaded.'),
  _first: bigint.nullable('rowid of its first staged row, where rows have no number of their own.'),
} satisfies Columns

export const stageName = (table: Table) => `stage_${table.name}`

export const stageColumns = (table: Table): Columns => ({
  ...Object.fromEntries(reportedColumns(table).map((name) => [name, table.columns[name]!])),
  ...origin,
})

/** Registers `payload_index`: the payloads of the batch, which staged rows point to. */
export const indexPayloads = (engine: Engine, batch: readonly BronzeRecord[]): Promise<void> =>
  engine.load(
    'payload_index',
    payloadIndex,
    batch.map((each, i) => ({
      _payload: i,
      bronze_key: each.body,
      request_key: each.key,
      fetched_at: each.fetched_at,
    })),
  )

/** SQL of the row of the payload, counted from 1, for a staged row joined to payload_index as p. */
export const rowNumber = (stage: string) => `coalesce(${stage}._row, ${stage}.rowid - p._first + 1)`

/** Loads decoded rows into one relation per table; `batch` holds the rows of each payload in its order. */
export const stageDecoded = async (
  engine: Engine,
  tables: readonly Table[],
  batch: readonly { readonly source: string; readonly rows: readonly Decoded[] }[],
): Promise<void> => {
  for (const table of tables) {
    const rows = batch.flatMap(({ source, rows: decoded }, payload) =>
      decoded
        .filter((each) => each.table === table)
        .map((each) => ({
          ...each.values,
          _payload: payload,
          _row: each.row,
          _source: source,
          _published_at: each.publishedAt,
        })),
    )
    await engine.load(stageName(table), stageColumns(table), rows)
  }
}
