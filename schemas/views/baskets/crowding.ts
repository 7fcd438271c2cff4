import { megaCaps, sectors } from '../../baskets.ts'
import { bigint, date, double } from '../../column.ts'
import { putCallRatios } from '../../tables/put_call_ratios.ts'
import { sessions } from '../../tables/sessions.ts'
import { defineView, literals, type Sql, sql } from '../../view.ts'
import { dailyBarsAsKnown } from '../bars/daily_bars_as_known.ts'
import { firstKnown, unbroken } from '../shared/as-known.ts'
import { steadySum } from '../shared/steady-sum.ts'

const ratio = { unit: 'ratio' }
const fewest = 5
const meanOf = (symbols: readonly string[]): Sql =>
  sql`case when count(case when symbol in (${literals(symbols)}) then return_20 end) >= ${fewest} then ${steadySum(`case when symbol in (${literals(symbols).text}) then return_20 end`, 15)} / count(case when symbol in (${literals(symbols)}) then return_20 end) end`

export const crowding = defineView({
  name: 'crowding',
  doc: 'One row per session: whether a few large companies lead the market, and the put/call ratios of the previous session.',
  grain: ['session'],
  columns: {
    session: date('XNYS session.'),
    mega_cap_return_20: double.nullable(
      'Mean log return of the mega caps over 20 sessions. NULL for fewer than five of them.',
      {
        unit: 'fraction',
      },
    ),
    equal_weight_return_20: double.nullable(
      'Mean log return of the sectors over 20 sessions, a proxy for the equal-weighted market.',
      { unit: 'fraction' },
    ),
    mega_cap_spread_20: double.nullable('mega_cap_return_20 - equal_weight_return_20.', { unit: 'fraction' }),
    mega_cap_count: bigint('Number of mega caps with 20 consecutive returns.', { unit: 'symbols' }),
    put_call_total_known: double.nullable('Put/call ratio of all options in the previous session.', ratio),
    put_call_index_known: double.nullable('Put/call ratio of index options in the previous session.', ratio),
    put_call_equity_known: double.nullable('Put/call ratio of stock options in the previous session.', ratio),
  },
  sql: sql`
    with returns as (
      select
        symbol, session, session_number,
        case
          when ${unbroken('w', 20)} and count(previous_close) over w = 20
          then ${steadySum('ln(close / previous_close)', 15, 'over w')}
        end as return_20
      from ${dailyBarsAsKnown}
      where symbol in (${literals([...megaCaps.symbols, ...sectors.symbols])})
      window w as (partition by symbol order by session rows between 19 preceding and current row)
    ),
    moved as (
      select
        session,
        ${meanOf(megaCaps.symbols)} as mega_cap_return_20,
        ${meanOf(sectors.symbols)} as equal_weight_return_20,
        count(case when symbol in (${literals(megaCaps.symbols)}) then return_20 end) as mega_cap_count
      from returns
      group by session
    ),
    ratios as (
      select
        session_number + 1 as known_number,
        max(case when product = 'total' then put_call_ratio end) as put_call_total_known,
        max(case when product = 'index' then put_call_ratio end) as put_call_index_known,
        max(case when product = 'equity' then put_call_ratio end) as put_call_equity_known
      from (${firstKnown(putCallRatios, 1)}) as first_known
      group by session_number
    ),
    days as (
      select session from moved
      union
      select session from ${sessions} s join ratios on ratios.known_number = s.session_number
    )
    select
      days.session,
      mega_cap_return_20,
      equal_weight_return_20,
      mega_cap_return_20 - equal_weight_return_20 as mega_cap_spread_20,
      coalesce(mega_cap_count, 0) as mega_cap_count,
      put_call_total_known,
      put_call_index_known,
      put_call_equity_known
    from days
    join ${sessions} s on s.session = days.session
    left join moved on moved.session = days.session
    left join ratios on ratios.known_number = s.session_number
  `,
})
