import { bigint, boolean, date, double, string } from '../../column.ts'
import { impliedVolatilities } from '../../tables/implied_volatilities.ts'
import { defineView, sql } from '../../view.ts'
import { basketMembers } from '../baskets/basket_members.ts'
import { firstKnown } from '../shared/as-known.ts'
import { steadySum } from '../shared/steady-sum.ts'

export const impliedCorrelation = defineView({
  name: 'implied_correlation',
  doc: 'One row per basket, session, tenor and source: the correlation implied by options on the market and options on its members.',
  grain: ['basket', 'session', 'tenor_days', 'source'],
  columns: {
    basket: string('Name of the basket. Its benchmark is the market.'),
    session: date('XNYS session.'),
    tenor_days: bigint('Days to expiry.', { unit: 'days' }),
    source: string('Who measured.'),
    symbol_count: bigint('Number of members with an implied volatility.', { unit: 'symbols' }),
    implied_correlation: double.nullable(
      '(market variance - sum of w² v²) / ((sum of w v)² - sum of w² v²), with weights w and implied volatilities v of the members. Cboe 2021. Not clipped to [0, 1].',
      { unit: 'ratio' },
    ),
    is_outside_bounds: boolean.nullable('True if implied_correlation is below 0 or above 1.'),
  },
  sql: sql`
    with first_known as (${firstKnown(impliedVolatilities, 0)}),
    weighted as (
      select
        m.basket, m.symbol, v.session, v.tenor_days, v.source, m.benchmark, v.implied_volatility,
        coalesce(m.weight, 1e0) / sum(coalesce(m.weight, 1e0)) over (
          partition by m.basket, v.session, v.tenor_days, v.source order by m.symbol rows between unbounded preceding and unbounded following
        ) as weight
      from first_known v
      join ${basketMembers} m on m.symbol = v.symbol
      where v.session >= m.member_from and v.session >= m.known_session and (m.member_until is null or v.session <= m.member_until)
    ),
    summed as (
      select
        basket, session, tenor_days, source, max(benchmark) as benchmark, count(*) as symbol_count,
        ${steadySum('weight * implied_volatility', 15)} as mean_volatility,
        ${steadySum('weight * weight * implied_volatility * implied_volatility', 15)} as own_variance
      from weighted
      group by basket, session, tenor_days, source
    ),
    implied as (
      select
        s.*,
        (market.implied_volatility * market.implied_volatility - own_variance)
          / nullif(mean_volatility * mean_volatility - own_variance, 0) as implied_correlation
      from summed s
      join first_known market
        on market.symbol = s.benchmark and market.session = s.session and market.tenor_days = s.tenor_days and market.source = s.source
      where symbol_count >= 2
    )
    select basket, session, tenor_days, source, symbol_count, implied_correlation,
           implied_correlation < 0 or implied_correlation > 1 as is_outside_bounds
    from implied
  `,
})
