/** Early warning of a session beside VIX: its level, what raised it since last week, and what followed such levels. */
import { sessions as sessionsTable } from '../../schemas/tables/sessions.ts'
import { sql } from '../../schemas/view.ts'
import { earlyWarning } from '../../schemas/views/early_warning/early_warning.ts'
import { earlyWarningCases } from '../../schemas/views/early_warning/early_warning_cases.ts'
import { date, isOneOf } from '../fragments.ts'
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

/** For each part of early warning, whether it has a percentile on a session, and the last session with its value. */
export interface WarningParts {
  readonly vix_known: boolean
  readonly vix_last_on: string | null
  readonly term_structure_known: boolean
  readonly term_structure_last_on: string | null
  readonly credit_known: boolean
  readonly credit_last_on: string | null
}

export const warningParts = oneOf<WarningParts>(
  (sessions) => sql`
    select * from (
      select
        s.session,
        e.vix_close_percentile is not null as vix_known,
        max(case when e.vix_close is not null then s.session end) over w as vix_last_on,
        e.vix_term_structure_percentile is not null as term_structure_known,
        max(case when e.vix_term_structure is not null then s.session end) over w as term_structure_last_on,
        e.credit_stress_63_percentile is not null as credit_known,
        max(case when e.credit_stress_63 is not null then s.session end) over w as credit_last_on
      from ${sessionsTable} s
      left join ${earlyWarning} e on e.session = s.session
      where s.session <= ${date([...sessions].sort().at(-1)!)}
      window w as (order by s.session rows between unbounded preceding and current row)
    ) as all_sessions
    where ${isOneOf('session', sessions)}`,
)
