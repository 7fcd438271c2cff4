/** Tables in which a session can be missing, and the sessions that each of their series has. */
import type { Table } from './table.ts'
import { tables } from './tables/index.ts'
import { join, quoted, raw, type Sql, sql } from './view.ts'

/** Bars inside a session are not looked at: each question about gaps would read all of them. `intraday_shape` counts them. */
export const watchedTables: readonly Table[] = tables.filter(
  (table) =>
    table.origin === 'payloads' && table.grain.includes('session') && table.name !== 'corporate_actions' && !table.bars,
)

/** Grain columns that do not distinguish the series of a table. */
const common = ['session', 'source', 'known_at', 'venue', 'segment', 'metric']

/** Tables of whole sessions. A symbol without a trade has no row there, which is not a gap. */
const wholeSessions = ['symbol_volume']

/** The column that distinguishes the series of a table, or a text if it has one series. */
export const subjectOf = ({ name, grain }: Pick<Table, 'name' | 'grain'>): string =>
  (wholeSessions.includes(name) ? undefined : grain.find((column) => !common.includes(column))) ?? "'all'"

const seriesOf = (table: Table, distinct: string): Sql =>
  sql`select ${raw(distinct)} ${raw(quoted(table.name))} as table_name, source, ${raw(subjectOf(table))} as subject, session, ${raw(String(table.lag.kind === 'next_morning'))} as is_next_morning from ${table}`

/** SQL of table_name, source, subject and session: one row per series and session that it has. */
export const sessionsSeen: Sql = join(
  watchedTables.map((table) => seriesOf(table, 'distinct')),
  '\nunion all\n',
)

/** Whether a series has one row per session, or one for each vintage. */
const isOneSeries = (table: Table) =>
  table.grain.every((column) => ['session', 'source', 'known_at', subjectOf(table)].includes(column))

/** The same with a row for each vintage. It is cheaper where a repeated session makes no difference. */
export const vintagesSeen: Sql = join(
  watchedTables.map((table) => seriesOf(table, isOneSeries(table) ? '' : 'distinct')),
  '\nunion all\n',
)
