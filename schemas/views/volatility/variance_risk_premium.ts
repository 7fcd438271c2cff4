import { benchmark } from '../../baskets.ts'
import { date, double } from '../../column.ts'
import { defineView, literals, raw, sql } from '../../view.ts'
import { dailyBarsAsKnown } from '../bars/daily_bars_as_known.ts'
import { full, unbroken } from '../shared/as-known.ts'
import { volatilityIndicesAsKnown } from './volatility_indices_as_known.ts'

export const varianceRiskPremium = defineView({
  name: 'variance_risk_premium',
  doc: 'One row per session: implied variance (VIX) minus realized variance. High premiums have been followed by higher returns, so a high premium is not a warning.',
  grain: ['session'],
  columns: {
    session: date('XNYS session.'),
    realized_volatility_21: double.nullable(
      'Realized volatility of the S&P 500 in percent: 100 x square root of (252 / 21 x sum of 21 squared log returns).',
      {
        unit: 'points',
      },
    ),
    variance_risk_premium: double.nullable('(VIX² - realized²) / 12. Bollerslev, Tauchen and Zhou 2009.', {
      unit: 'percent squared per month',
    }),
    volatility_risk_premium: double.nullable('VIX - realized.', { unit: 'points' }),
  },
  sql: sql`
    with returns as (
      select session, session_number, ln(close / previous_close) as log_return
      from ${dailyBarsAsKnown}
      where symbol = ${literals([benchmark.index])}
    ),
    summed as (
      select
        session,
        case when ${unbroken('w', 21)} then ${full(raw('sum(log_return * log_return)'), raw('log_return'), 'w', 21)} end as squares
      from returns
      window w as (order by session rows between 20 preceding and current row)
    ),
    -- An engine that adds and subtracts along a window leaves rounding below zero.
    realized as (
      select session, case when squares >= 0 then 1e2 * sqrt(252e0 / 21e0 * squares) when squares < 0 then 0e0 end as volatility
      from summed
    )
    select
      realized.session,
      volatility as realized_volatility_21,
      (vix.close * vix.close - volatility * volatility) / 12e0 as variance_risk_premium,
      vix.close - volatility as volatility_risk_premium
    from realized
    left join (select * from ${volatilityIndicesAsKnown} where symbol = 'VIX') vix on vix.session = realized.session
  `,
})
