import { date, double, string } from '../column.ts'
import { defineTable, knowledge } from '../table.ts'

export const earningsEstimates = defineTable({
  name: 'earnings_estimates',
  doc: 'One row per symbol, concept, period, kind of estimate, source and vintage: what was expected. Captured after the results it is no expectation.',
  grain: ['symbol', 'concept', 'period_end', 'estimate', 'source', 'known_at'],
  yearOf: 'period_end',
  columns: {
    symbol: string('Ticker.'),
    concept: string(
      'As in `earnings`: `revenue`, `eps_diluted`; or non-GAAP and guidance, such as `eps_nongaap`, `revenue_guidance`.',
    ),
    period_end: date('Last day of the period.'),
    estimate: string('`consensus`, or `whisper` where a source gives one.', { default: 'consensus' }),
    value: double('Expected value; on the same basis as the actual.', { unit: 'USD or USD per share' }),
    ...knowledge,
  },
  invariants: [{ name: 'estimate must be consensus or whisper', sql: "estimate in ('consensus', 'whisper')" }],
})
