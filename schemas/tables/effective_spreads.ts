import { date, double, string } from '../column.ts'
import { defineTable, knowledge } from '../table.ts'

export const effectiveSpreads = defineTable({
  name: 'effective_spreads',
  doc: 'One row per symbol and session with 21 bars in a row: the efficient spread estimator (EDGE), which SQL cannot compute in reasonable time.',
  grain: ['symbol', 'session'],
  yearOf: 'session',
  origin: 'compute',
  columns: {
    symbol: string('Ticker.'),
    session: date('XNYS session.'),
    edge_21: double(
      'Bid-ask spread from open, high, low and close of 21 bars, as a fraction of the price. Ardia, Guidotti, Kroencke 2024, JFE 161.',
      { unit: 'fraction' },
    ),
    ...knowledge,
  },
})
