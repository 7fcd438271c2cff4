import { date, double, string } from '../column.ts'
import { defineTable, knowledge } from '../table.ts'

export const volatilityIndices = defineTable({
  name: 'volatility_indices',
  doc: 'One row per index, session, source and vintage: daily values of VIX, VIX9D, VIX3M, VVIX and SKEW from their publisher.',
  grain: ['symbol', 'session', 'source', 'known_at'],
  yearOf: 'session',
  isAnsweredWhole: true,
  lag: { kind: 'after_close', minutes: 60 },
  aliases: { date: 'session', index: 'symbol' },
  columns: {
    symbol: string('Index: VIX, VIX9D, VIX3M, VVIX or SKEW.'),
    session: date('XNYS session.'),
    // Cboe's open is the value at 03:15 New York. In 47 rows it lies outside high and low. It is kept as published.
    open: double.nullable('First value of the day, before the cash session. NULL if only closes are published.', {
      unit: 'points',
    }),
    high: double.nullable('Highest value of the day.', { unit: 'points' }),
    low: double.nullable('Lowest value of the day.', { unit: 'points' }),
    close: double('Closing value, at 16:15 New York.', { unit: 'points' }),
    ...knowledge,
  },
  invariants: [
    { name: 'close must be above zero', sql: 'close > 0' },
    { name: 'high must not be below close', sql: 'high >= close * (1 - 1e-9)' },
    { name: 'low must not be above close', sql: 'low <= close * (1 + 1e-9)' },
  ],
  steady: ['close'],
})
