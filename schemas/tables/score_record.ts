import { boolean, date, double, string } from '../column.ts'
import { defineTable, knowledge } from '../table.ts'

const fraction = { unit: 'fraction' }

export const scoreRecord = defineTable({
  name: 'score_record',
  doc: 'One row per evening and frozen score: its value as it was written on that evening. A row is never recomputed and never written later. Only what followed is filled in, once, when its 20 sessions have passed. `known_at` is the instant of the writing.',
  grain: ['session', 'score'],
  yearOf: 'session',
  origin: 'pipeline',
  columns: {
    session: date('XNYS session of the evening.'),
    score: string('Name of the frozen score.'),
    frozen_on: date('Day on which its definition was frozen. A later session is out of sample.'),
    value: double('Value on that evening.', { unit: 'of the score' }),
    percentile: double('Mid-rank percentile of the value in the history of the score up to that evening.', fraction),
    vix_close: double.nullable('Close of VIX on that evening, for the comparison.', { unit: 'points' }),
    index_drawdown_252: double.nullable(
      'S&P 500 on that evening: close / highest close of 252 sessions - 1. Above -0.03 the market is calm.',
      fraction,
    ),
    forward_minimum_return_20: double.nullable(
      'S&P 500: lowest close of the next 20 sessions / close - 1. NULL until they have passed.',
      fraction,
    ),
    is_drawdown_5: boolean.nullable('True if that is a fall of 5 % or more. NULL until the 20 sessions have passed.'),
    ...knowledge,
  },
})
