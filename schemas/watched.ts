/** Tables in which a session can be missing, and the sessions that each of their series has. */
import type { Table } from './table.ts'
import { tables } from './tables/index.ts'
import { join, quoted, raw, type Sql, sql } from './view.ts'

export const watchedTables: readonly Table[] = tables.filter(
  (table) => table.origin === 'payloads' && table.grain.includes('session') && table.name !== 'corporate_actions',
)

/** Grain columns that do not distinguish the series of a table. */
const common = ['session', 'source', 'known_at', 'venue', 'segment', 'metric']

/** Tables of whole sessions. A symbol without a trade has no row there, which is not a gap. */
const wholeSessions = ['symbol_volume']

const seriesOf = (table: Table): Sql => {
  const subject = wholeSessions.includes(table.name) ? undefined : table.grain.find((name) => !common.includes(name))
  return sql`select distinct ${raw(quoted(table.name))} as table_name, source, ${raw(subject ?? "'all'")} as subject, session, ${raw(String(table.lag.kind === 'next_morning'))} as is_next_morning from ${table}`
}

/** SQL of table_name, source, subject and session: one row per series and session that it has. */
export const sessionsSeen: Sql = join(watchedTables.map(seriesOf), '\nunion all\n')
