import { benchmark, macroFunds } from '../../baskets.ts'
import { bigint, date, double, string } from '../../column.ts'
import { sessions } from '../../tables/sessions.ts'
import { defineView, literals, raw, sql } from '../../view.ts'
import { dailyBarsAsKnown } from '../bars/daily_bars_as_known.ts'
import { type Block, lags, total, valuesOf } from '../shared/lag-blocks.ts'
import { steadySum } from '../shared/steady-sum.ts'
import { preferredShare } from './etf_share_of_volume.ts'
import { fundFlows } from './fund_flows.ts'

const five: Block = { count: 5, size: 1 }
const twenty: Block = { count: 4, size: 5 }

export const basketPressure = defineView({
  name: 'basket_pressure',
  doc: 'One row per session: whether the market was sold as a basket, through funds. The figures become known on the next morning.',
  grain: ['session'],
  columns: {
    session: date('XNYS session.'),
    known_session: date('First session on whose evening the row is known.'),
    share_pressure: double.nullable(
      'Deviation of the ETF share of volume in standard deviations, positive if SPY fell. Above 2, the market was sold as a basket.',
      { unit: 'standard deviations' },
    ),
    share_definition: string.nullable('Definition of the ETF share: `reported`, `measured` or `tape_b_proxy`.'),
    redemption_pressure: double.nullable(
      'Sum over the macro funds of redemptions / mean dollar volume of 20 sessions. NULL if no fund has both.',
      { unit: 'ratio' },
    ),
    fund_count: bigint('Number of macro funds with a flow and dollar volume.', { unit: 'funds' }),
  },
  sql: sql`
    with bars as (
      select symbol, session, session_number, close / previous_close - 1 as close_return, close * cast(volume as double) as dollars
      from ${dailyBarsAsKnown}
      where symbol in (${literals(macroFunds)})
    ),
    rows_of_five as (
      select bars.*, session_number - lag(session_number, 19) over w = 19 as is_unbroken, ${lags(['dollars'], five)}
      from bars
      window w as (partition by symbol order by session)
    ),
    fives as (select symbol, session, close_return, is_unbroken, ${raw(total(valuesOf('dollars', five)))} as dollars from rows_of_five),
    rows_of_twenty as (
      select fives.*, ${lags(['dollars'], twenty)}
      from fives
      window w as (partition by symbol order by session)
    ),
    traded as (
      select symbol, session, close_return, case when is_unbroken then ${raw(total(valuesOf('dollars', twenty)))} / 20e0 end as dollars_mean_20
      from rows_of_twenty
    ),
    redeemed as (
      select
        flows.session, count(*) as fund_count,
        ${steadySum('case when net_flow < 0 then -net_flow else 0e0 end / dollars_mean_20', 12)} as redemption_pressure
      from ${fundFlows} flows
      join traded on traded.symbol = flows.symbol and traded.session = flows.session
      where net_flow is not null and dollars_mean_20 > 0
      group by flows.session
    ),
    shares as (${preferredShare('session')}
    )
    select
      market.session,
      next.session as known_session,
      etf_share_z * case when close_return < 0 then 1e0 when close_return > 0 then -1e0 when close_return = 0 then 0e0 end as share_pressure,
      definition as share_definition,
      redemption_pressure,
      coalesce(fund_count, 0) as fund_count
    from (select * from traded where symbol = ${literals([benchmark.etf])}) market
    join ${sessions} s on s.session = market.session
    join ${sessions} next on next.session_number = s.session_number + 1
    left join shares on shares.session = market.session
    left join redeemed on redeemed.session = market.session
  `,
})
