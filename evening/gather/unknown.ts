/** What an evening did not know: overdue releases, figures of the session that come the next morning, and what became known later. */
import { catalysts } from '../../schemas/tables/catalysts.ts'
import { sql } from '../../schemas/view.ts'
import { catalystCoverage } from '../../schemas/views/catalysts/catalyst_coverage.ts'
import { crashPrecursors } from '../../schemas/views/composite/crash_precursors.ts'
import { sessionFacts } from '../../schemas/views/composite/session_facts.ts'
import { macroTimetable } from '../../schemas/views/macro/macro_timetable.ts'
import { overdueReleases } from '../../schemas/views/macro/overdue_releases.ts'
import { releaseFacts } from '../../schemas/views/shared/macro-figures.ts'
import { isOneOf } from '../fragments.ts'
import { listOf, oneOf, type Subject } from './subject.ts'

export interface Overdue {
  readonly title: string
  readonly status: string
  readonly overdue_days: number
}

/**
 * Each release under the title that it had by then. `overdue_releases` counts whole days. A release that was due on the session itself and has
 * not come by its evening is overdue by 0 days here.
 */
export const overdue = listOf<Overdue>(
  (sessions) => sql`
    with scheduled as (
      select
        c.session, t.release, t.reference_period, t.status, t.first_scheduled_at,
        row_number() over (partition by c.session, t.release, t.reference_period order by t.known_at desc) as age
      from ${macroTimetable} t
      join ${catalystCoverage} c
        on c.kind = t.release and c.is_timetable_known and t.known_session <= c.session and cast(t.first_scheduled_at as date) = c.session
      where ${isOneOf('c.session', sessions)}
    ),
    late as (
      select session, release, reference_period, status, first_scheduled_at, overdue_days, weight
      from ${overdueReleases}
      where ${isOneOf('session', sessions)}
      union all
      select session, scheduled.release, reference_period, status, first_scheduled_at, 0 as overdue_days, weight
      from scheduled
      join ${releaseFacts} on releases.release = scheduled.release
      where age = 1 and status <> 'released' and weight > 0
    ),
    titles as (
      select
        l.session, c.kind, c.reference_period, c.title,
        row_number() over (partition by l.session, c.kind, c.reference_period order by c.known_at desc) as age
      from ${catalysts} c
      join (select distinct session from late) l on c.known_session <= l.session
      where c.reference_period is not null
    )
    select l.session, l.release, l.reference_period, coalesce(t.title, l.release) as title, l.status,
      l.first_scheduled_at, l.overdue_days, l.weight
    from late l
    left join titles t
      on t.session = l.session and t.kind = l.release and t.reference_period = l.reference_period and t.age = 1
    order by l.session, l.overdue_days desc, title`,
)

export type MorningFigure = 'etf_share' | 'fund_flows' | 'dealer_gamma'

/** Figures of the session that its sources publish the next morning: those that this evening had for the session before. */
export const nextMorning: Subject<readonly MorningFigure[]> = {
  sql: (sessions) => sql`
    select session, etf_share_known, etf_net_flow_5_known, net_gamma_known
    from ${crashPrecursors}
    where ${isOneOf('session', sessions)}`,
  of: ([row]) => [
    ...(row?.etf_share_known == null ? [] : ['etf_share' as const]),
    ...(row?.etf_net_flow_5_known == null ? [] : ['fund_flows' as const]),
    ...(row?.net_gamma_known == null ? [] : ['dealer_gamma' as const]),
  ],
}

/** Figures of the session that became known after its evening. */
export interface Later {
  readonly etf_share: number | null
  readonly etf_share_mean_60: number | null
  readonly etf_share_definition: string | null
  readonly etf_net_flow: number | null
  readonly net_gamma: number | null
}

export const later = oneOf<Later>(
  (sessions) => sql`
    select session, etf_share, etf_share_mean_60, etf_share_definition, etf_net_flow, net_gamma
    from ${sessionFacts}
    where ${isOneOf('session', sessions)}`,
)
