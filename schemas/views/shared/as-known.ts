/** Fragments shared by views: which vintage counts as known, and which source speaks for a symbol. */

import type { Table } from '../../table.ts'
import { corporateActions } from '../../tables/corporate_actions.ts'
import { sessions } from '../../tables/sessions.ts'
import { raw, type Sql, sql } from '../../view.ts'

/** Bars of several sources for one symbol and session: the one nearest to the tape speaks; imports come last, by name. */
const preference = ['tiingo_bars', 'nasdaq_bars', 'yahoo_bars']

export const sourceRank: Sql = raw(
  `case source ${preference.map((name, i) => `when '${name}' then ${i + 1}`).join(' ')} else ${preference.length + 1} end`,
)

/** Of a relation named chosen: prices are as traded whenever downloaded; other sources restate the past after a split. */
export const isRawSource: Sql = raw("chosen.source = 'tiingo_bars'")

/**
 * The earliest vintage of each row that was known `within` sessions of its own (0: by its own evening, 1: by the next).
 * Rows that came later are left out, so that no later arrival changes what was computed.
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

/** Of a relation with rows of several sources for one symbol and session, those of the first source by name. */
export const oneSource = (relation: string): Sql => sql`
  select * from (
    select r.*, row_number() over (partition by symbol, session order by source) as preference
    from ${raw(relation)} r
  ) as ranked
  where preference = 1`

/** Splits as known by the evening of their ex-session. */
export const knownSplits: Sql = sql`
  select symbol, session, max_by(split_factor, known_at) as split_factor
  from ${corporateActions}
  where action = 'split' and known_session <= session
  group by symbol, session`

/** Whether the rows of a window, up to the present one, are n sessions without a gap. */
export const unbroken = (window: string, n: number): Sql =>
  raw(`session_number - min(session_number) over ${window} = ${n - 1}`)

/** Whether the rows of a window that ends before the present row are the n sessions before it, without a gap. */
export const unbrokenBefore = (window: string, n: number): Sql =>
  raw(`session_number - min(session_number) over ${window} = ${n}`)

/** The value of a window only when all of its n inputs are there. */
export const full = (aggregate: Sql, input: Sql, window: string, n: number): Sql =>
  sql`case when count(${input}) over ${raw(window)} = ${n} then ${aggregate} over ${raw(window)} end`
