import { bigint, date, double, string, timestamp } from '../../column.ts'
import { defineView, sql } from '../../view.ts'
import { dailyBarsAsKnown } from '../bars/daily_bars_as_known.ts'
import { steadySum } from '../shared/steady-sum.ts'
import { basketMembers } from './basket_members.ts'

const fraction = { unit: 'fraction' }

export const basketReturns = defineView({
  name: 'basket_returns',
  doc: 'One row per basket, member and session: its log return, and the log return of the market of that basket.',
  grain: ['basket', 'symbol', 'session'],
  columns: {
    basket: string('Name of the group.'),
    symbol: string('Ticker of the member.'),
    session: date('XNYS session.'),
    session_number: bigint('Position of the session in the exchange calendar.', { unit: 'sessions' }),
    log_return: double.nullable('ln(close / previous close).', fraction),
    market_return: double.nullable('Log return of the benchmark, or the equal-weighted mean of the group.', fraction),
    weight: double.nullable('Weight in the group. NULL means equal weights.', fraction),
    known_at: timestamp('When the bar became known.'),
  },
  // The bars come first, because the years of the first relation are the years of the stored views above.
  sql: sql`
    with returns as (
      select
        m.basket, m.symbol, m.benchmark, m.weight, r.session, r.session_number,
        ln(r.close / r.previous_close) as log_return, r.known_at
      from ${dailyBarsAsKnown} r
      join ${basketMembers} m on m.symbol = r.symbol
      where r.session >= m.member_from and r.session >= m.known_session and (m.member_until is null or r.session <= m.member_until)
    ),
    markets as (
      select b.symbol, b.session, ln(b.close / b.previous_close) as log_return
      from ${dailyBarsAsKnown} b
      join (select distinct benchmark from ${basketMembers}) m on m.benchmark = b.symbol
    )
    select
      r.basket,
      r.symbol,
      r.session,
      r.session_number,
      r.log_return,
      case
        when r.benchmark is null
        then ${steadySum('r.log_return', 15, 'over (partition by r.basket, r.session)')}
          / nullif(count(r.log_return) over (partition by r.basket, r.session), 0)
        else market.log_return
      end as market_return,
      r.weight,
      r.known_at
    from returns r
    left join markets market on market.symbol = r.benchmark and market.session = r.session
  `,
})
