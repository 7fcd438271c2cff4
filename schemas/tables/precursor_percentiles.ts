import { bigint, date, double, string } from '../column.ts'
import { defineTable, knowledge } from '../table.ts'

const fraction = { unit: 'fraction' }

export const precursorPercentiles = defineTable({
  name: 'precursor_percentiles',
  doc: 'One row per session and precursor of the score that has a value: where it stands in its own past, this session included.',
  grain: ['session', 'precursor'],
  yearOf: 'session',
  origin: 'compute',
  columns: {
    session: date('XNYS session.'),
    precursor: string('Column of crash_precursors.'),
    precursor_group: string('price, volatility, correlation, liquidity, flow, catalyst or macro.'),
    direction: bigint('1 where a high value is the risk, -1 where a low one is.', { unit: 'sign' }),
    value: double('Value of the column.', { unit: 'of the column' }),
    observation_count: bigint('Values so far.', { unit: 'sessions' }),
    percentile: double.nullable('Share of the values so far that are no riskier; NULL before 252.', fraction),
    rarity: double(
      '(1 + earlier values as risky or riskier) / (1 + earlier values): a p-value on the own past.',
      fraction,
    ),
    ...knowledge,
  },
})
