import { bigint, date, double, string } from '../../column.ts'
import { defineView, sql } from '../../view.ts'
import { barsAsKnown, sameSeries } from '../shared/intraday-bars.ts'
import { intradayShape } from './intraday_shape.ts'

const usd = { unit: 'USD' }
const fraction = { unit: 'fraction' }
const minutes = { unit: 'minutes' }

export const intradayPath = defineView({
  name: 'intraday_path',
  doc: 'One row per symbol, session, feed and minute on which a bar ends, and one for the open: the price and its return since the previous close. Name the session to read one object.',
  grain: ['symbol', 'session', 'feed', 'at_minute'],
  columns: {
    symbol: string('Ticker.'),
    session: date('XNYS session.'),
    feed: string('Trades that the bars are made of: `consolidated`, or the name of a venue.'),
    at_minute: bigint('Minutes from the open. 0 is the open itself.', minutes),
    interval_minutes: bigint('Length of a bar.', minutes),
    price: double('Last price of the bar that ends at the minute; at 0 the first price of the session.', usd),
    previous_close: double.nullable('Last price of the previous session in the same feed.', usd),
    return_since_previous_close: double.nullable('Price / previous close - 1.', fraction),
    return_since_open: double.nullable('Price / open - 1. NULL if less than 90 % of the session is covered.', fraction),
  },
  sql: sql`
    with points as (
      select
        bars.*,
        case when is_end = 1 then end_minute else 0 end as at_minute,
        case when is_end = 1 then close else open end as price
      from (${barsAsKnown}
      ) as bars
      cross join (values (0), (1)) as edges (is_end)
      where is_end = 1 or start_minute = 0
    )
    select
      points.symbol, points.session, points.feed, at_minute, points.interval_minutes, price, d.previous_close,
      price / d.previous_close - 1 as return_since_previous_close,
      price / d.open - 1 as return_since_open
    from points
    join ${intradayShape} d on ${sameSeries('d', 'points')}
  `,
})
