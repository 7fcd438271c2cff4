import { bigint, date, double, string } from '../column.ts'
import { defineTable, knowledge } from '../table.ts'

export const dailyBars = defineTable({
  name: 'daily_bars',
  doc: 'One row per symbol, session, source and vintage: the bar of regular trading hours, in the price basis of its source.',
  grain: ['symbol', 'session', 'source', 'known_at'],
  yearOf: 'session',
  lag: { kind: 'after_close', minutes: 120 },
  aliases: { date: 'session', ticker: 'symbol' },
  columns: {
    symbol: string('Ticker on that session. GSPC is the S&P 500 index.'),
    session: date('XNYS session that the bar belongs to.'),
    open: double('First price of the regular session, as the source reports it.', { unit: 'USD' }),
    high: double('Highest price of the regular session.', { unit: 'USD' }),
    low: double('Lowest price of the regular session.', { unit: 'USD' }),
    close: double('Closing price.', { unit: 'USD' }),
    volume: bigint.nullable('Shares traded. NULL if the source has no volume.', { unit: 'shares' }),
    ...knowledge,
  },
  // The tolerance allows for floating-point errors in adjusted prices.
  invariants: [
    { name: 'low must be above zero', sql: 'low > 0' },
    { name: 'high must not be below open or close', sql: 'high >= greatest(open, close) * (1 - 1e-9)' },
    { name: 'low must not be above open or close', sql: 'low <= least(open, close) * (1 + 1e-9)' },
    { name: 'high must be below ten times low', sql: 'high < 10 * low' },
    { name: 'volume must not be negative', sql: 'volume >= 0' },
  ],
  steady: ['close'],
  coded: ['symbol', 'source', 'known_basis', 'bronze_key'],
  level: 2,
})
