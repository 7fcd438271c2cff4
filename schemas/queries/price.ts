/** Reversals and how rare they are; volatility. */
import { signalNamed } from '../signals.ts'
import { sql } from '../view.ts'
import { gapAndReverse } from '../views/bars/gap_and_reverse.ts'
import { intradayReversal } from '../views/bars/intraday_reversal.ts'
import { labelAnalogs } from '../views/labels/label_analogs.ts'
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
]
