import { bigint, date, double, string } from '../column.ts'
import { defineTable, knowledge } from '../table.ts'

const fraction = { unit: 'fraction' }

export const analogStatistics = defineTable({
  name: 'analog_statistics',
  doc: 'One row per benchmark, threshold, gap-and-reverse session and horizon: the returns that followed the earlier cases, as known on that evening.',
  grain: ['symbol', 'threshold', 'session', 'horizon'],
  yearOf: 'session',
  origin: 'compute',
  columns: {
    symbol: string('The S&P 500 as an index or as a fund.'),
    threshold: double('Smallest opening gap that counts as a case.', fraction),
    session: date('XNYS session of the case.'),
    horizon: bigint('Horizon: sessions after each earlier case.', { unit: 'sessions' }),
    case_count: bigint('Number of earlier cases whose horizon had passed.', { unit: 'cases' }),
    mean_return: double.nullable('Mean return over the horizon after them. NULL without a case.', fraction),
    median_return: double.nullable('Median return over the horizon after them. NULL without a case.', fraction),
    hit_rate: double.nullable('Share of the cases with a positive return. NULL without a case.', fraction),
    mean_low_95: double.nullable(
      'Lower end of the 95 % bootstrap interval of the mean. NULL for fewer than two cases.',
      fraction,
    ),
    mean_high_95: double.nullable('Upper end of the same interval.', fraction),
    unconditional_count: bigint('Sessions with usable opens whose horizon had passed.', { unit: 'sessions' }),
    unconditional_mean: double.nullable('Mean return after all of these sessions, for comparison.', fraction),
    ...knowledge,
  },
})
