/** Reversals and how rare they are; volatility. */
import { signalNamed } from '../signals.ts'
import { sql } from '../view.ts'
import { gapAndReverse } from '../views/bars/gap_and_reverse.ts'
import { intradayReversal } from '../views/bars/intraday_reversal.ts'
import { labelAnalogs } from '../views/labels/label_analogs.ts'
import { labelForwardDrawdown } from '../views/labels/label_forward_drawdown.ts'
import { volatilityRegime } from '../views/volatility/volatility_regime.ts'
import type { SavedQuery } from './query.ts'

export const priceQueries: readonly SavedQuery[] = [
  {
    name: 'reversals',
    doc: 'Gaps above 1 % that closed below the previous close, with how rare each was.',
    sql: sql`
      select symbol, session, gap_return, close_return, ordinal, rarity
      from ${gapAndReverse}
      where threshold = 1e-2
      order by session desc, symbol
      limit 200`,
  },
  {
    name: 'reversal_counts',
    doc: 'How often the index and the fund reversed, by threshold, and over which span of real opens.',
    sql: sql`
      select
        threshold,
        symbol,
        count(*) as reversal_count,
        min(opens_valid_from) as opens_valid_from,
        max(opens_last_invalid_on) as opens_last_invalid_on,
        max(session) as latest
      from ${gapAndReverse}
      where symbol in ('GSPC', 'SPY')
      group by threshold, symbol
      order by threshold, symbol`,
  },
  {
    name: 'after_reversals',
    isHeavy: true,
    doc: 'Returns after earlier reversals, against any session; looks forward.',
    sql: sql`
      select symbol, session, horizon, case_count, mean_return, mean_low_95, mean_high_95, unconditional_mean, forward_return
      from ${labelAnalogs}
      where threshold = 1e-2
      order by session desc, symbol, horizon
      limit 200`,
  },
  {
    name: 'nvda_selloffs',
    isHeavy: true,
    doc: 'Sessions on which NVDA closed 3 % lower or more, with VIX beside it.',
    sql: sql`
      select r.session, r.gap_return, r.close_return, v.vix_close, v.vix_change_fraction, v.vix_term_structure
      from ${intradayReversal} r
      left join ${volatilityRegime} v on v.session = r.session
      where r.symbol = 'NVDA' and r.close_return <= -3e-2
      order by r.session desc
      limit 200`,
  },
  {
    name: 'widest_ranges',
    isHeavy: true,
    doc: 'The widest sessions of the fund, and where each closed in its range.',
    sql: sql`
      select session, range_fraction, gap_return, close_return, close_location
      from ${intradayReversal}
      where symbol = 'SPY' and range_fraction is not null
      order by range_fraction desc, session
      limit 50`,
  },
  {
    name: 'vix_highs',
    doc: `Sessions on which VIX closed at its highest in more than ${signalNamed('sessions_since_higher_vix').on} sessions.`,
    sql: sql`
      select session, vix_close, vix_change_fraction, sessions_since_higher_close, higher_close_on, vix_term_structure
      from ${volatilityRegime}
      where sessions_since_higher_close > ${signalNamed('sessions_since_higher_vix').on}
      order by session desc
      limit 200`,
  },
  {
    name: 'inverted_curves',
    doc: 'Sessions on which VIX closed above VIX3M.',
    sql: sql`
      select session, vix_close, vix3m_close, vix_term_structure, vvix_close
      from ${volatilityRegime}
      where vix_term_structure > 1
      order by session desc
      limit 200`,
  },
  {
    name: 'after_inverted_curves',
    isHeavy: true,
    doc: 'Returns of the S&P 500 after the curve of VIX inverted, with 95 % intervals, against any session; looks forward. Cases closer than the horizon overlap, which the interval does not count.',
    sql: sql`
      with curve as (
        select session, vix_term_structure, lag(vix_term_structure) over (order by session) as previous
        from ${volatilityRegime}
        where vix_term_structure is not null
      ),
      returns as (
        select
          l.symbol,
          h.horizon,
          case h.horizon when 5 then l.forward_return_5 when 21 then l.forward_return_21 else l.forward_return_63 end as forward_return,
          c.vix_term_structure > 1 and c.previous <= 1 as is_case
        from ${labelForwardDrawdown} l
        join curve c on c.session = l.session
        cross join (values (5), (21), (63)) as h (horizon)
        where l.symbol in ('GSPC', 'SPY')
      ),
      summary as (
        select
          symbol,
          horizon,
          count(case when is_case then forward_return end) as case_count,
          avg(case when is_case then forward_return end) as mean_return,
          stddev_samp(case when is_case then forward_return end) as spread,
          avg(forward_return) as unconditional_mean
        from returns
        group by symbol, horizon
      )
      select
        symbol,
        horizon,
        case_count,
        round(mean_return, 6) as mean_return,
        round(mean_return - 1.96e0 * spread / sqrt(cast(case_count as double)), 6) as mean_low_95,
        round(mean_return + 1.96e0 * spread / sqrt(cast(case_count as double)), 6) as mean_high_95,
        round(unconditional_mean, 6) as unconditional_mean
      from summary
      where case_count > 0
      order by symbol, horizon`,
  },
]
