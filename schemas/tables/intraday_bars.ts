import { bigint, date, double, string, timestamp } from '../column.ts'
import { defineTable, knowledge } from '../table.ts'

const usd = { unit: 'USD' }

export const intradayBars = defineTable({
  name: 'intraday_bars',
  doc: 'One row per symbol, bar, feed, source and vintage: the prices of some minutes of the regular hours of a session.',
  grain: ['symbol', 'session', 'bar_start', 'interval_minutes', 'feed', 'source', 'known_at'],
  yearOf: 'session',
  // 500 symbols have 49 million one-minute bars a year.
  partition: 'session',
  firstYear: 2020,
  lag: { kind: 'after_close', minutes: 120 },
  bars: { start: 'bar_start', minutes: 'interval_minutes' },
  aliases: { ticker: 'symbol', datetime: 'bar_start', time: 'bar_start', timestamp: 'bar_start' },
  optional: ['vwap'],
  columns: {
    symbol: string('Ticker on that session.'),
    session: date('XNYS session that the bar belongs to. An import may leave it out: it follows from bar_start.'),
    bar_start: timestamp('Start of the bar. It lies a whole number of intervals after the opening bell.'),
    interval_minutes: bigint('Length of the bar.', { unit: 'minutes' }),
    open: double('First price of the bar.', usd),
    high: double('Highest price of the bar.', usd),
    low: double('Lowest price of the bar.', usd),
    close: double('Last price of the bar.', usd),
    volume: double.nullable('Shares traded in the bar on the venues of the feed. Some vendors report fractions.', {
      unit: 'shares',
    }),
    vwap: double.nullable('Volume-weighted average price of the bar. NULL if the source has none.', usd),
    feed: string(
      'Trades that the bar is made of: `consolidated` for all US venues, or the name of a venue such as `iex`.',
    ),
    ...knowledge,
  },
  invariants: [
    { name: 'interval_minutes must be within 1 and 60', sql: 'interval_minutes between 1 and 60' },
    { name: 'low must be above zero', sql: 'low > 0' },
    { name: 'high must not be below open or close', sql: 'high >= greatest(open, close) * (1 - 1e-9)' },
    { name: 'low must not be above open or close', sql: 'low <= least(open, close) * (1 + 1e-9)' },
    { name: 'high must be below ten times low', sql: 'high < 10 * low' },
    { name: 'volume must not be negative', sql: 'volume >= 0' },
    { name: 'vwap must be above zero', sql: 'vwap > 0' },
  ],
})
