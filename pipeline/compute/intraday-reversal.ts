/** `intraday_reversal` with the mean true range in memory. The SQL of the view is the definition. */
import { fourteen, fromAverages, ranges, shapes } from '../../schemas/views/bars/intraday_reversal.ts'
import { divided, totals } from './blocks.ts'
import type { Series } from './series.ts'

export const reversalSeries: Series<
  'true_range' | (typeof shapes.names)[number],
  'average_true_range_14' | (typeof shapes.names)[number]
> = {
  terms: ranges,
  names: ['true_range'],
  beside: shapes,
  made: ['average_true_range_14', ...shapes.names],
  windows: ({ true_range, ...minutes }, space) => ({
    average_true_range_14: divided(space, totals(space, true_range, fourteen), fourteen.count),
    ...minutes,
  }),
  rows: fromAverages.text,
}
