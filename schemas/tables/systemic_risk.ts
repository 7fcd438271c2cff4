import { bigint, date, double, string } from '../column.ts'
import { defineTable, knowledge } from '../table.ts'

export const systemicRisk = defineTable({
  name: 'systemic_risk',
  doc: 'One row per basket and session: measures of comovement that SQL cannot compute.',
  grain: ['basket', 'session'],
  yearOf: 'session',
  origin: 'compute',
  columns: {
    basket: string('Basket: `sectors`, `mega_caps` or an imported one.'),
    session: date('XNYS session.'),
    symbol_count: bigint('Number of members with all 253 returns.', { unit: 'symbols' }),
    absorption_ratio: double.nullable(
      'Absorption ratio: share of the total variance that the first fifth of the eigenvectors explains. The covariance is exponentially weighted, with a window of 500 sessions and a half-life of 250. Kritzman, Li, Page and Rigobon 2011.',
      { unit: 'fraction' },
    ),
    absorption_ratio_unweighted: double.nullable('Absorption ratio with equal weights over the 500 sessions.', {
      unit: 'fraction',
    }),
    turbulence: double.nullable(
      'Turbulence: squared Mahalanobis distance of the returns from those of the previous 252 sessions, divided by the number of symbols. Kritzman and Li 2010.',
      { unit: 'ratio' },
    ),
    ...knowledge,
  },
})
