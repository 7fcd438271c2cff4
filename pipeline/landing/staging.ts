/** Staging: the decoded rows of a batch of payloads, typed, each with the payload and row it came from. */

import { isInstant } from '../../calendar/plausible.ts'
import type { Engine } from '../../core/engine.ts'
import { bigint, type Columns, sqlTypeName, string, timestamp } from '../../schemas/column.ts'
import { reportedColumns, type Table } from '../../schemas/table.ts'
import type { Decoded } from '../../sources/source.ts'
import type { BronzeRecord } from '../ingest/bronze.ts'
import { fitting } from './cells.ts'
import { payloadIndex, stageName, stageTableName } from './relations.ts'

/** Where a staged row comes from; the leading underscore keeps the names apart from data. */
const origin = {
  _payload: bigint('Position in payload_index.'),
  _row: bigint.nullable('Row of the payload; NULL where the staged rows of a payload stand in its order.'),
  _source: string('Source.'),
  _published_at: timestamp.nullable('Publication that the provider proves.'),
  _flaw: string.nullable('Why a column cannot hold its value; the row is then rejected.'),
} satisfies Columns

const payloadColumns = {
  _payload: bigint('Position in the batch.'),
  bronze_key: string('Bronze object.'),
  request_key: string('What was asked for.'),
  fetched_at: timestamp('When it was downloaded.'),
  _first: bigint.nullable('`_id` of its first staged row, where rows have no number of their own.'),
} satisfies Columns

export const stageColumns = (table: Table): Columns => ({
  ...Object.fromEntries(reportedColumns(table).map((name) => [name, table.columns[name]!])),
  ...origin,
})

/** Registers `payload_index`: the payloads of the batch, which staged rows point to. */
export const indexPayloads = (engine: Engine, batch: readonly BronzeRecord[]): Promise<void> =>
  engine.load(
    payloadIndex,
    payloadColumns,
    batch.map((each, i) => ({
      _payload: i,
      bronze_key: each.body,
      request_key: each.key,
      fetched_at: each.fetched_at,
    })),
  )

/** SQL of the row of the payload, counted from 1, for a staged row joined to payload_index as p. */
export const rowNumber = (stage: string) => `coalesce(${stage}._row, ${stage}._id - p._first + 1)`

/** Registers empty stages for tables. */
export const openStages = async (engine: Engine, tables: readonly Table[]): Promise<void> => {
  for (const table of tables) await openStage(engine, table, {})
}

/**
 * Registers an empty stage for a table. `constants` are the columns that have the same value in all its rows, as SQL. They are not
 * stored, as they would take as much memory as the data. `_id` tells rows apart, in the order in which they were staged.
 */
export const openStage = async (
  engine: Engine,
  table: Table,
  constants: Readonly<Record<string, string>>,
): Promise<void> => {
  const columns = Object.entries(stageColumns(table))
  const stored = columns.filter(([name]) => !(name in constants))
  await engine.load(stageTableName(table), Object.fromEntries(stored), [])
  const shown = columns.map(([name, { type }]) =>
    name in constants ? `cast(${constants[name]} as ${sqlTypeName(type)}) as ${name}` : name,
  )
  await engine.run(
    `create or replace view ${stageName(table)} as select ${shown.join(', ')}, rowid as _id from ${stageTableName(table)}`,
  )
}

/** Frees the memory of the stages of tables. The next batch opens them again. */
export const closeStages = async (engine: Engine, tables: readonly Table[]): Promise<void> => {
  for (const table of tables) await engine.run(`drop table if exists ${stageTableName(table)}`)
}

/** Takes the rows of a payload out of its stage again. */
export const takeBack = (engine: Engine, table: Table, payload: number): Promise<void> =>
  engine.run(
    `delete from ${stageTableName(table)} where rowid in (select _id from ${stageName(table)} where _payload = ${payload})`,
  )

/** Rows of one payload; `payload` is its position in the batch. */
export interface DecodedPayload {
  readonly payload: number
  readonly source: string
  readonly rows: readonly Decoded[]
}

/** Rows that are loaded at a time: a large payload is not copied whole. */
const rowsAtOnce = 20_000

/** Adds decoded rows to the stages of their tables. */
export const stageDecoded = async (
  engine: Engine,
  tables: readonly Table[],
  batch: readonly DecodedPayload[],
): Promise<void> => {
  for (const table of tables) {
    const staged = batch.flatMap(({ payload, source, rows }) =>
      rows.filter((each) => each.table === table).map((row) => ({ payload, source, row })),
    )
    for (let from = 0; from < staged.length; from += rowsAtOnce) {
      const part = staged.slice(from, from + rowsAtOnce).map((each) => stagedRow(table, each))
      await engine.add(stageTableName(table), stageColumns(table), part)
    }
  }
}

interface StagedRow {
  readonly payload: number
  readonly source: string
  readonly row: Decoded
}

const stagedRow = (table: Table, { payload, source, row }: StagedRow) => {
  const { values, flaw } = fitting(table, row.values)
  const isPublished = row.publishedAt === null || isInstant(row.publishedAt)
  return {
    ...values,
    _payload: payload,
    _row: row.row,
    _source: source,
    _published_at: isPublished ? row.publishedAt : null,
    _flaw: flaw ?? (isPublished ? null : `known_at: expected an instant in UTC, got ${row.publishedAt}`),
  }
}
