import { date, double, string } from '../column.ts'
import { defineTable, knowledge } from '../table.ts'

export const effectiveSpreads = defineTable({
  name: 'effective_spreads',
  doc: 'One row per symbol and session with 21 consecutive bars: the bid-ask spread by the EDGE estimator, which would take too long in SQL.',
  grain: ['symbol', 'session'],
  yearOf: 'session',
  origin: 'compute',
  columns: {
    symbol: string('Ticker.'),
    session: date('XNYS session.'),
    edge_21: double(
      'Bid-ask spread estimated from open, high, low and close of 21 bars, as a fraction of the price. Ardia, Guidotti and Kroencke 2024, Journal of Financial Economics 161.',
      { unit: 'fraction' },
    ),
    ...knowledge,
  },
})
