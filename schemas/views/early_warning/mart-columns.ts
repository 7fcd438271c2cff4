/** The columns of early warning in crash_precursors: the value, its part that is not there yet, and the percentiles. */
import { join, raw, type Sql } from '../../view.ts'
import { earlyWarning } from './early_warning.ts'
import { earlyWarningBreadth } from './early_warning_breadth.ts'

const { session: _, vix_close: _vix, vix_term_structure: _structure, ...ofWarning } = earlyWarning.columns

export const warningColumns = {
  ...ofWarning,
  early_warning_breadth: earlyWarningBreadth.columns.early_warning_breadth,
} as const

/** The same columns of `warning` (early_warning) and `with_breadth` (early_warning_breadth). */
export const warningValues: Sql = join(
  [...Object.keys(ofWarning).map((name) => raw(`warning.${name}`)), raw('with_breadth.early_warning_breadth')],
  ', ',
)
