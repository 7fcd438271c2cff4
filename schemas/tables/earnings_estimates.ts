import { date, double, string } from '../column.ts'
import { defineTable, knowledge } from '../table.ts'

export const earningsEstimates = defineTable({
  name: 'earnings_estimates',
  doc: 'One row per symbol, concept, period, kind of estimate, source and vintage: the expected figure. A value captured after the results is not used.',
  grain: ['symbol', 'concept', 'period_end', 'estimate', 'source', 'known_at'],
  yearOf: 'period_end',
  columns: {
    symbol: string('Ticker.'),
    concept: string(
      'A concept of `earnings` (`revenue`, `eps_diluted`), a non-GAAP figure such as `eps_nongaap`, or guidance such as `revenue_guidance`.',
    ),
    period_end: date('Last day of the period.'),
    estimate: string('`consensus` or, if the source has one, `whisper`.', { default: 'consensus' }),
    value: double('Expected value, on the same accounting basis as the actual figure.', {
      unit: 'USD or USD per share',
    }),
    ...knowledge,
  },
  invariants: [{ name: 'estimate must be consensus or whisper', sql: "estimate in ('consensus', 'whisper')" }],
})
