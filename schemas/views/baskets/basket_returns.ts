import { bigint, date, double, string, timestamp } from '../../column.ts'
import { defineView, sql } from '../../view.ts'
import { dailyBarsAsKnown } from '../bars/daily_bars_as_known.ts'
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
  sql: sql`
    with returns as (
      select symbol, session, session_number, ln(close / previous_close) as log_return, known_at
      from ${dailyBarsAsKnown}
    )
    select
      m.basket,
      m.symbol,
      r.session,
      r.session_number,
      r.log_return,
      case
        when m.benchmark is null then avg(r.log_return) over (
          partition by m.basket, r.session order by m.symbol rows between unbounded preceding and unbounded following
        )
        else market.log_return
      end as market_return,
      m.weight,
      r.known_at
    from ${basketMembers} m
    join returns r on r.symbol = m.symbol
    left join returns market on market.symbol = m.benchmark and market.session = r.session
    where r.session >= m.member_from and r.session >= m.known_session and (m.member_until is null or r.session <= m.member_until)
  `,
})
