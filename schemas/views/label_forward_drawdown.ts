import { boolean, date, double, string } from '../column.ts'
import { defineView, sql } from '../view.ts'
import { latestBars } from './latest_bars.ts'

export const labelForwardDrawdown = defineView({
  name: 'label_forward_drawdown',
  doc: 'One row per symbol and session: how far the close fell over the 20 sessions that followed. Looks forward: never a precursor.',
  grain: ['symbol', 'session'],
  columns: {
    symbol: string('Ticker.'),
    session: date('XNYS session.'),
    forward_minimum_return_20: double.nullable(
      'Lowest close of the next 20 sessions / close - 1; NULL until they are there.',
      {
        unit: 'fraction',
      },
    ),
    is_drawdown_5: boolean.nullable('Whether that is -5 % or worse.'),
    forward_return_1: double.nullable('Close of the next session / close - 1.', { unit: 'fraction' }),
    forward_return_5: double.nullable('Close five sessions on / close - 1.', { unit: 'fraction' }),
    forward_return_21: double.nullable('Close 21 sessions on / close - 1.', { unit: 'fraction' }),
  },
  sql: sql`
    with ahead as (
      select
        symbol,
        session,
        close,
        case when count(close) over w = 20 then min(close) over w end as lowest,
        lead(close, 1) over (partition by symbol order by session) as close_1,
        lead(close, 5) over (partition by symbol order by session) as close_5,
        lead(close, 21) over (partition by symbol order by session) as close_21
      from ${latestBars}
      window w as (partition by symbol order by session rows between 1 following and 20 following)
    )
    select
      symbol,
      session,
      lowest / close - 1 as forward_minimum_return_20,
      lowest / close - 1 <= -5e-2 as is_drawdown_5,
      close_1 / close - 1 as forward_return_1,
      close_5 / close - 1 as forward_return_5,
      close_21 / close - 1 as forward_return_21
    from ahead
  `,
})
