/** Tables in which a session can be missing, and the sessions that each of their series has. */
import type { Table } from './table.ts'
import { tables } from './tables/index.ts'
import { join, quoted, type Relation, raw, type Sql, sql } from './view.ts'
import { intradayCoverage } from './views/intraday/intraday_coverage.ts'

export const watchedTables: readonly Table[] = tables.filter(
  (table) => table.origin === 'payloads' && table.grain.includes('session') && table.name !== 'corporate_actions',
)

/** The relation that has the sessions of a table. Each question about gaps would otherwise read all bars inside the sessions. */
export const sessionsIn = (table: Table): Relation => (table.bars ? intradayCoverage : table)

/** The relations that are read to look for missing sessions. */
export const watchedRelations: readonly Relation[] = watchedTables.map(sessionsIn)

/** Grain columns that do not distinguish the series of a table. */
const common = ['session', 'source', 'known_at', 'venue', 'segment', 'metric']

/** Tables of whole sessions. A symbol without a trade has no row there, which is not a gap. */
const wholeSessions = ['symbol_volume']

/** The column that distinguishes the series of a table, or a text if it has one series. */
export const subjectOf = ({ name, grain }: Pick<Table, 'name' | 'grain'>): string =>
  (wholeSessions.includes(name) ? undefined : grain.find((column) => !common.includes(column))) ?? "'all'"

const seriesOf = (table: Table, distinct: string): Sql =>
  sql`select ${raw(distinct)} ${raw(quoted(table.name))} as table_name, source, ${raw(subjectOf(table))} as subject, session, ${raw(String(table.lag.kind === 'next_morning'))} as is_next_morning from ${sessionsIn(table)}`

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
