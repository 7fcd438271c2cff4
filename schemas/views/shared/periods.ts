/** SQL fragments for reported figures: their periods, and the quarters that follow from a longer and a shorter period. */

import { earnings } from '../../tables/earnings.ts'
import { raw, type Sql, sql } from '../../view.ts'

/** Days from the first to the last day of a quarter: 12 to 17 weeks, for calendars of 52 or 53 weeks divided in whatever way. */
export const quarterDays = { shortest: 80, longest: 122 } as const
const { shortest, longest } = quarterDays

/** Figures per share, which a split changes. */
export const isPerShare = (concept: string): Sql => raw(`(${concept} like 'eps%' or ${concept} like '%per_share%')`)

/** The first vintage of each period, with its length in days. */
export const firstFiled: Sql = sql`
  select * from (
    select
      e.*,
      date_diff('day', period_start, period_end) as length,
      row_number() over (partition by symbol, concept, source, period_start, period_end order by known_at) as vintage
    from ${earnings} e
  ) as vintages
  where vintage = 1`

/**
 * Longer and shorter periods with the same start that are a quarter apart, from a relation `first_filed`. The net income of
 * both periods tells whether a quarter per share that is negative is a loss.
 */
export const quartersBetween: Sql = sql`
  select
    pairs.*,
    case when ${raw("pairs.concept in ('eps_diluted', 'eps_basic')")} and li.known_at <= pairs.known_at then li.value end as longer_income,
    case when ${raw("pairs.concept in ('eps_diluted', 'eps_basic')")} and si.known_at <= pairs.known_at then si.value end as shorter_income
  from (
    select
      y.symbol, y.concept, y.source, y.period_start, y.period_end, n.period_end as shorter_end,
      y.value as longer, n.value as shorter, n.length as shorter_length, y.accession,
      y.known_at as longer_known_at, n.known_at as shorter_known_at,
      case when n.known_at > y.known_at then n.known_at else y.known_at end as known_at,
      case when n.known_session > y.known_session then n.known_session else y.known_session end as known_session
    from first_filed y
    join first_filed n
      on n.symbol = y.symbol and n.concept = y.concept and n.source = y.source and n.period_start = y.period_start
      and y.length - n.length between ${shortest} and ${longest}
  ) as pairs
  left join (select * from first_filed where concept = 'net_income') li
    on li.symbol = pairs.symbol and li.source = pairs.source and li.period_start = pairs.period_start and li.period_end = pairs.period_end
  left join (select * from first_filed where concept = 'net_income') si
    on si.symbol = pairs.symbol and si.source = pairs.source and si.period_start = pairs.period_start and si.period_end = pairs.shorter_end`
