/** SQL fragments for splits: what was told, which claims are one split, and whether a series moved by the factor. */

import { corporateActions } from '../../tables/corporate_actions.ts'
import { sessions } from '../../tables/sessions.ts'
import { raw, type Sql, sql } from '../../view.ts'
import { sourceRank } from './as-known.ts'
import { sizeOf } from './split-factors.ts'

/** Claims within so many sessions are about one split. */
const sameSplit = { sessions: 5 }
/** Smaller factors, such as stock dividends, cannot be told from a usual move of the price. */
const smallest = { contradicted: 1.25, moved: 1.9 }
/** A move within this share of the factor, in logarithms, is the factor. A move within this share of zero is not. */
const share = 0.25

/**
 * Splits as known by the evening of each session: the factor of a split with that ex-session, and those of splits whose
 * ex-session is the one before or the next one. Sources may disagree about the ex-session by one session.
 */
export const knownSplits: Sql = sql`
  select
    a.symbol, t.session, t.opens_at,
    ${claimAt('x.session_number = t.session_number')} as split_factor,
    ${claimAt('x.session_number < t.session_number')} as earlier_factor,
    ${claimAt('x.session_number > t.session_number')} as later_factor
  from ${corporateActions} a
  join ${sessions} x on x.session = a.session
  join ${sessions} t on t.session_number between x.session_number - 1 and x.session_number + 1
  where a.action = 'split' and a.known_session <= t.session
  group by a.symbol, t.session, t.opens_at`

function claimAt(condition: string): Sql {
  return raw(`max_by(case when ${condition} then a.split_factor end, case when ${condition} then a.known_at end)`)
}

/** All splits as known now, one row each: of several claims within a few sessions, that of the preferred source. */
export const toldSplits: Sql = sql`
  select symbol, opens_at, split_factor
  from (
    select
      claims.*,
      min(place) over (
        partition by symbol order by session_number range between ${sameSplit.sessions} preceding and ${sameSplit.sessions} following
      ) as best_place
    from (
      select
        vintages.*,
        row_number() over (partition by symbol order by ${sourceRank}, session_number, source) as place
      from (
        select a.symbol, s.session_number, s.opens_at, a.source, max_by(a.split_factor, a.known_at) as split_factor
        from ${corporateActions} a
        join ${sessions} s on s.session = a.session
        where a.action = 'split'
        group by a.symbol, s.session_number, s.opens_at, a.source
      ) as vintages
    ) as claims
  ) as compared
  where place = best_place`

/**
 * Splits as told by corporate actions, each from the instant on at which it was known and in force: of several claims about
 * one split, the one that was known first.
 */
export const splitsAsTold: Sql = sql`
  select symbol, opens_at, split_factor, known_at, known_session
  from (
    select
      numbered.*,
      min(place) over (
        partition by symbol, size order by session_number range between ${sameSplit.sessions} preceding and ${sameSplit.sessions} following
      ) as best_place
    from (
      select
        claims.*,
        ${sizeOf('split_factor')} as size,
        row_number() over (partition by symbol order by known_at, session_number, source) as place
      from (
        select
          a.symbol, a.source, s.session_number, s.opens_at, a.split_factor,
          case when a.known_at < s.opens_at then s.opens_at else a.known_at end as known_at,
          case when a.known_session < s.session then s.session else a.known_session end as known_session,
          row_number() over (partition by a.symbol, a.session order by a.known_at, a.source) as vintage
        from ${corporateActions} a
        join ${sessions} s on s.session = a.session
        where a.action = 'split'
      ) as claims
      where vintage = 1
    ) as numbered
  ) as compared
  where place = best_place`

/** True if a series moved by the factor: `move` is the logarithm of the old value over the new one, of prices. */
export const isMoveBy = (move: string, factor: string): Sql =>
  raw(
    `(abs(ln(${factor})) >= ln(${smallest.moved}e0) and abs(${move} - ln(${factor})) < ${share}e0 * abs(ln(${factor})))`,
  )

/** True if a series did not move although a split of the factor was told. */
export const isContradicted = (move: string, factor: string): Sql =>
  raw(`(abs(ln(${factor})) >= ln(${smallest.contradicted}e0) and abs(${move}) < ${share}e0 * abs(ln(${factor})))`)
