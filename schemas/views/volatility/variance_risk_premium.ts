import { benchmark } from '../../baskets.ts'
import { date, double } from '../../column.ts'
import { defineView, literals, raw, sql } from '../../view.ts'
import { dailyBarsAsKnown } from '../bars/daily_bars_as_known.ts'
import { type Block, lags, total, valuesOf } from '../shared/lag-blocks.ts'
import { volatilityIndicesAsKnown } from './volatility_indices_as_known.ts'

const seven: Block = { count: 7, size: 1 }
const twentyOne: Block = { count: 3, size: 7 }

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
      select session, session_number, ln(close / previous_close) * ln(close / previous_close) as square
      from ${dailyBarsAsKnown}
      where symbol = ${literals([benchmark.index])}
    ),
    rows_of_seven as (
      select returns.*, session_number - lag(session_number, 20) over w = 20 as is_unbroken, ${lags(['square'], seven)}
      from returns
      window w as (order by session)
    ),
    sevens as (select session, is_unbroken, ${raw(total(valuesOf('square', seven)))} as square from rows_of_seven),
    rows_of_21 as (
      select sevens.*, ${lags(['square'], twentyOne)}
      from sevens
      window w as (order by session)
    ),
    realized as (
      select session, case when is_unbroken then 1e2 * sqrt(252e0 / 21e0 * ${raw(total(valuesOf('square', twentyOne)))}) end as volatility
      from rows_of_21
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
