/** Tables in which a session can be missing, and which sessions each of their series has. */
import type { Table } from './table.ts'
import { tables } from './tables/index.ts'
import { join, quoted, raw, type Sql, sql } from './view.ts'

export const watchedTables: readonly Table[] = tables.filter(
  (table) => table.origin === 'payloads' && table.grain.includes('session') && table.name !== 'corporate_actions',
)

/** Columns that tell no series of a table apart. */
const common = ['session', 'source', 'known_at', 'venue', 'segment', 'metric']

const seriesOf = (table: Table): Sql => {
  const subject = table.grain.find((name) => !common.includes(name))
  return sql`select distinct ${raw(quoted(table.name))} as table_name, source, ${raw(subject ?? "'all'")} as subject, session, ${raw(String(table.lag.kind === 'next_morning'))} as is_next_morning from ${table}`
}

/** Rows of table_name, source, subject, session: each session that each series has. */
export const sessionsSeen: Sql = join(watchedTables.map(seriesOf), '\nunion all\n')
