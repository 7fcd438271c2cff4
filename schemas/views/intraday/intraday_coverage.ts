import { bigint, date, string } from '../../column.ts'
import { intradayBars } from '../../tables/intraday_bars.ts'
import { sessions } from '../../tables/sessions.ts'
import { defineView, sql } from '../../view.ts'

export const intradayCoverage = defineView({
  name: 'intraday_coverage',
  doc: 'One row per symbol, session, feed, source and length of bars: how many bars the session has, and how many it has room for. `meta_gaps` reads it, so that a session without bars is found without reading the bars.',
  grain: ['symbol', 'session', 'feed', 'source', 'interval_minutes'],
  role: 'fact',
  materialized: { yearOf: 'session', daysBack: 0, yearsAtOnce: 1, isByDay: true },
  columns: {
    symbol: string('Ticker.'),
    session: date('XNYS session.'),
    feed: string('Trades that the bars are made of: `consolidated`, or the name of a venue.'),
    source: string('Source of the bars.'),
    interval_minutes: bigint('Length of a bar.', { unit: 'minutes' }),
    bar_count: bigint('Bars of the session. Several vintages of one bar count once.', { unit: 'bars' }),
    expected_bar_count: bigint('Bars that the regular hours of the session have room for.', { unit: 'bars' }),
  },
  sql: sql`
    select
      symbol, session, feed, source, interval_minutes,
      count(*) as bar_count,
      cast(floor(cast(max(session_minutes) as double) / interval_minutes) as bigint) as expected_bar_count
    from (
      select distinct
        b.symbol, b.session, b.feed, b.source, b.interval_minutes, b.bar_start,
        date_diff('minute', s.opens_at, s.closes_at) as session_minutes
      from ${intradayBars} b
      join ${sessions} s on s.session = b.session
    ) as bars
    group by symbol, session, feed, source, interval_minutes
  `,
})
