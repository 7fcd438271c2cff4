/** Early warning of a session beside VIX: its level, what raised it since last week, and what followed such levels. */
import { sql } from '../../schemas/view.ts'
import { earlyWarning } from '../../schemas/views/early_warning/early_warning.ts'
import { earlyWarningCases } from '../../schemas/views/early_warning/early_warning_cases.ts'
import { isOneOf } from '../fragments.ts'
import { oneOf } from './subject.ts'

export interface Warning {
  readonly early_warning: number
  readonly percentile: number | null
  readonly change_5: number | null
  readonly vix_change_5: number | null
  readonly term_structure_change_5: number | null
  readonly credit_change_5: number | null
  readonly level_from: number
  readonly case_count: number
  readonly fall_share: number | null
  readonly fall_low_95: number | null
  readonly fall_high_95: number | null
  readonly base_rate: number | null
}

export const warning = oneOf<Warning>(
  (sessions) => sql`
    select c.session, c.early_warning, c.percentile, e.vix_close_percentile, e.vix_term_structure_percentile,
      e.credit_stress_63_percentile, c.change_5, c.vix_change_5, c.term_structure_change_5, c.credit_change_5, c.level_from,
      c.case_count, c.fall_share, c.fall_low_95, c.fall_high_95, c.base_rate
    from ${earlyWarningCases} c
    join ${earlyWarning} e on e.session = c.session
    where ${isOneOf('c.session', sessions)}`,
)
