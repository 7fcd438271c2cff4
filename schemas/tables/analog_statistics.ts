import { bigint, date, double, string } from '../column.ts'
import { defineTable, knowledge } from '../table.ts'

const fraction = { unit: 'fraction' }

export const analogStatistics = defineTable({
  name: 'analog_statistics',
  doc: 'One row per benchmark, threshold, gap-and-reverse session and horizon: what had followed the earlier cases, as far as that evening could know.',
  grain: ['symbol', 'threshold', 'session', 'horizon'],
  yearOf: 'session',
  origin: 'compute',
  columns: {
    symbol: string('The S&P 500 as an index or as a fund.'),
    threshold: double('What the gap exceeded.', fraction),
    session: date('XNYS session of the case.'),
    horizon: bigint('Sessions looked ahead from each earlier case.', { unit: 'sessions' }),
    case_count: bigint('Earlier cases whose horizon had passed.', { unit: 'cases' }),
    mean_return: double.nullable('Mean of what followed them; NULL without a case.', fraction),
    median_return: double.nullable('Median of it.', fraction),
    hit_rate: double.nullable('Share that rose.', fraction),
    mean_low_95: double.nullable(
      'Lower end of the 95 % bootstrap interval of the mean; NULL below two cases.',
      fraction,
    ),
    mean_high_95: double.nullable('Upper end of it.', fraction),
    unconditional_count: bigint('Sessions with usable opens whose horizon had passed.', { unit: 'sessions' }),
    unconditional_mean: double.nullable('Mean of what followed all of them: what a case must differ from.', fraction),
    ...knowledge,
  },
})
