/** SQL fragments shared by views: which vintage counts as known, and which source is used for a symbol. */

import type { Table } from '../../table.ts'
import { sessions } from '../../tables/sessions.ts'
import { raw, type Sql, sql } from '../../view.ts'

/**
 * Source precedence if several sources have a bar: the one nearest to the consolidated tape first, imports last, by
 * name.
 */
const preference = ['tiingo_bars', 'nasdaq_bars', 'yahoo_bars']

export const sourceRank: Sql = raw(
  `case source ${preference.map((name, i) => `when '${name}' then ${i + 1}`).join(' ')} else ${preference.length + 1} end`,
)

/** True for rows of the relation `chosen` whose prices are as traded. Other sources restate the past after a split. */
export const isRawSource: Sql = raw("chosen.source = 'tiingo_bars'")

/**
 * The earliest vintage of each row, if it was known by the evening of its session (`within` 0) or of the next one (1).
 * Rows that became known later are left out, so that a late row never changes a computed feature.
 */
export const firstKnown = (table: Table, within: 0 | 1): Sql => sql`
  select * from (
    select
      t.*,
      s.session_number,
      row_number() over (partition by ${raw(partition(table))} order by t.known_at) as vintage
    from ${table} t
    join ${sessions} s on s.session = t.session
    ${within === 0 ? sql`where t.known_session <= t.session` : sql`join ${sessions} n on n.session_number = s.session_number + 1 where t.known_session <= n.session`}
  ) as vintages
  where vintage = 1`

const partition = (table: Table) =>
  table.grain
    .filter((name) => name !== 'known_at')
    .map((name) => `t.${name}`)
    .join(', ')

/** The rows of a relation from the first source by name, for each symbol and session. */
export const oneSource = (relation: string): Sql => sql`
  select * from (
    select r.*, row_number() over (partition by symbol, session order by source) as preference
    from ${raw(relation)} r
  ) as ranked
  where preference = 1`

/** True if the rows of a window, up to the current row, are n consecutive sessions. */
export const unbroken = (window: string, n: number): Sql =>
  raw(`session_number - min(session_number) over ${window} = ${n - 1}`)

/** True if the rows of a window that ends before the present row are the n sessions before it, without a gap. */
export const unbrokenBefore = (window: string, n: number): Sql =>
  raw(`session_number - min(session_number) over ${window} = ${n}`)

/** The aggregate over a window, or NULL if one of its n inputs is missing. */
export const full = (aggregate: Sql, input: Sql, window: string, n: number): Sql =>
  sql`case when count(${input}) over ${raw(window)} = ${n} then ${aggregate} over ${raw(window)} end`
