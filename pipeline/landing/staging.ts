/** Staging: the decoded rows of a batch of payloads, typed, each with the payload and row it came from. */
import { bigint, type Columns, string, timestamp } from '../../schemas/column.ts'
import { reportedColumns, type Table } from '../../schemas/table.ts'
import type { Decoded } from '../../sources/source.ts'
import type { Engine } from '../engine.ts'

/** Where a staged row comes from; the leading underscore keeps the names apart from data. */
export const origin = {
  _row: bigint('Row of the payload.'),
  _bronze_key: string('Bronze object.'),
  _request_key: string('What was asked for.'),
  _source: string('Source.'),
  _fetched_at: timestamp('When it was downloaded.'),
  _published_at: timestamp.nullable('Publication that the provider proves.'),
} satisfies Columns

export interface Arrived {
  readonly bronzeKey: string
  readonly requestKey: string
  readonly fetchedAt: string
  readonly source: string
}

export const stageName = (table: Table) => `stage_${table.name}`

export const stageColumns = (table: Table): Columns => ({
  ...Object.fromEntries(reportedColumns(table).map((name) => [name, table.columns[name]!])),
  ...origin,
})

/** Loads decoded rows into one relation per table. */
export const stageDecoded = async (
  engine: Engine,
  tables: readonly Table[],
  batch: readonly { readonly arrived: Arrived; readonly rows: readonly Decoded[] }[],
): Promise<void> => {
  for (const table of tables) {
    const rows = batch.flatMap(({ arrived, rows: decoded }) =>
      decoded
        .filter((each) => each.table === table)
        .map((each) => ({
          ...each.values,
          _row: each.row,
          _bronze_key: arrived.bronzeKey,
          _request_key: arrived.requestKey,
          _source: arrived.source,
          _fetched_at: arrived.fetchedAt,
          _published_at: each.publishedAt,
        })),
    )
    await engine.load(stageName(table), stageColumns(table), rows)
  }
}
