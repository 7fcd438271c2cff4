import { bigint, date, double, string } from '../column.ts'
import { defineTable, knowledge } from '../table.ts'

export const systemicRisk = defineTable({
  name: 'systemic_risk',
  doc: 'One row per basket and session: measures of common movement that SQL cannot compute.',
  grain: ['basket', 'session'],
  yearOf: 'session',
  origin: 'compute',
  columns: {
    basket: string('Symbols measured together: `sectors`, `mega_caps`, or an imported basket.'),
    session: date('XNYS session.'),
    symbol_count: bigint('Members with all 253 returns.', { unit: 'symbols' }),
    absorption_ratio: double.nullable(
      'Share of variance in the first fifth of the eigenvectors of the exponentially weighted covariance, window 500, half-life 250. Kritzman, Li, Page, Rigobon 2011.',
      { unit: 'fraction' },
    ),
    absorption_ratio_unweighted: double.nullable('The same with equal weights over the 500 sessions.', {
      unit: 'fraction',
    }),
    turbulence: double.nullable(
      'Squared Mahalanobis distance of the returns from the 252 sessions before, divided by the count of symbols. Kritzman, Li 2010.',
      { unit: 'ratio' },
    ),
    ...knowledge,
  },
})
