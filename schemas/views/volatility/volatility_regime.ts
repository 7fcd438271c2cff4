import { bigint, date, double } from '../../column.ts'
import { defineView, raw, sql } from '../../view.ts'
import { volatilityIndexLevels } from './volatility_index_levels.ts'
import { volatilityIndicesAsKnown } from './volatility_indices_as_known.ts'

const closeOf = (symbol: string) => raw(`case when symbol = '${symbol}' then close end`)
const points = { unit: 'points' }
const fraction = { unit: 'fraction' }
const sessionCount = { unit: 'sessions' }

export const volatilityRegime = defineView({
  name: 'volatility_regime',
  doc: 'One row per session: VIX, its percentiles in its history, and the shape of the volatility curve.',
  grain: ['session'],
  columns: {
    session: date('XNYS session.'),
    vix_close: double('Close of VIX.', points),
    vix_change: double.nullable('Change from the previous close.', points),
    vix_change_fraction: double.nullable('vix_close / previous close - 1.', fraction),
    vix_percentile_expanding: double.nullable(
      'Share of all closes since 1990 that are not above this one. NULL for fewer than 252 closes.',
      fraction,
    ),
    vix_percentile_252: double.nullable('Share of the last 252 VIX closes that are not above this one.', fraction),
    sessions_since_higher_close: bigint.nullable(
      'Sessions since VIX closed at or above this close. NULL if it never did.',
      sessionCount,
    ),
    higher_close_on: date.nullable('Last earlier session with a close of VIX at or above this close.'),
    earlier_close_count: bigint('Number of earlier closes of VIX in the lake.', sessionCount),
    sessions_since_higher_high: bigint.nullable('Sessions since a high at or above this high.', sessionCount),
    higher_high_on: date.nullable('Last earlier session with a high of VIX at or above this high.'),
    vix_term_structure: double.nullable('VIX / VIX3M. Above 1, the curve is inverted.', { unit: 'ratio' }),
    vix_short_term_structure: double.nullable('VIX9D / VIX.', { unit: 'ratio' }),
    vix9d_close: double.nullable('Close of VIX9D, over nine days.', points),
    vix3m_close: double.nullable('Close of VIX3M, over three months.', points),
    vvix_close: double.nullable('Close of VVIX, the implied volatility of VIX. Above 110 is high.', points),
    skew_close: double.nullable('Close of SKEW. 100 means that no tail risk is priced.', points),
  },
  sql: sql`
    with closes as (
      select
        session,
        max(${closeOf('VIX9D')}) as vix9d,
        max(${closeOf('VIX3M')}) as vix3m,
        max(${closeOf('VVIX')}) as vvix,
        max(${closeOf('SKEW')}) as skew
      from ${volatilityIndicesAsKnown}
      group by session
    )
    select
      vix.session,
      vix.close as vix_close,
      vix.change as vix_change,
      vix.change_fraction as vix_change_fraction,
      vix.percentile_expanding as vix_percentile_expanding,
      vix.percentile_252 as vix_percentile_252,
      vix.sessions_since_higher_close,
      vix.higher_close_on,
      vix.earlier_close_count,
      vix.sessions_since_higher_high,
      vix.higher_high_on,
      vix.close / nullif(vix3m, 0) as vix_term_structure,
      vix9d / nullif(vix.close, 0) as vix_short_term_structure,
      vix9d as vix9d_close,
      vix3m as vix3m_close,
      vvix as vvix_close,
      skew as skew_close
    from (select * from ${volatilityIndexLevels} where symbol = 'VIX') vix
    join closes on closes.session = vix.session
  `,
})
