import { bigint, date, double, string } from '../column.ts'
import { defineTable, knowledge } from '../table.ts'

const fraction = { unit: 'fraction' }

export const precursorPercentiles = defineTable({
  name: 'precursor_percentiles',
  doc: 'One row per session and precursor of the score that has a value: its percentile in its history, including this session.',
  grain: ['session', 'precursor'],
  yearOf: 'session',
  origin: 'compute',
  columns: {
    session: date('XNYS session.'),
    precursor: string('Column of crash_precursors.'),
    precursor_group: string('Group: price, volatility, correlation, liquidity, flow, catalyst or macro.'),
    direction: bigint('1 if a high value means risk, -1 if a low value does.', { unit: 'sign' }),
    value: double('Value of the precursor.', { unit: 'of the column' }),
    observation_count: bigint('Number of values up to this session.', { unit: 'sessions' }),
    percentile: double.nullable(
      'Mid-rank: share of the values up to this session that are less risky, plus half of the share that are equal. NULL for fewer than 252 values, and if all of them are equal.',
      fraction,
    ),
    rarity: double(
      '(1 + number of earlier values at least as risky) / (1 + number of earlier values): an empirical p-value against its history.',
      fraction,
    ),
    ...knowledge,
  },
})
