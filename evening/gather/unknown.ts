/** What an evening did not know: overdue releases, figures of the session that come the next morning, and what became known later. */
import { catalysts } from '../../schemas/tables/catalysts.ts'
import { sql } from '../../schemas/view.ts'
import { crashPrecursors } from '../../schemas/views/composite/crash_precursors.ts'
import { sessionFacts } from '../../schemas/views/composite/session_facts.ts'
import { overdueReleases } from '../../schemas/views/macro/overdue_releases.ts'
import { isOneOf } from '../fragments.ts'
import { listOf, oneOf, type Subject } from './subject.ts'

export interface Overdue {
  readonly title: string
  readonly status: string
  readonly overdue_days: number
}

/** Each release under the title that it had by then. */
export const overdue = listOf<Overdue>(
  (sessions) => sql`
    with titles as (
      select
        o.session, c.kind, c.reference_period, c.title,
        row_number() over (partition by o.session, c.kind, c.reference_period order by c.known_at desc) as age
      from ${catalysts} c
      join (select distinct session from ${overdueReleases} where ${isOneOf('session', sessions)}) o
        on c.known_session <= o.session
      where c.reference_period is not null
    )
    select o.session, o.release, o.reference_period, coalesce(t.title, o.release) as title, o.status,
      o.first_scheduled_at, o.overdue_days, o.weight
    from ${overdueReleases} o
    left join titles t
      on t.session = o.session and t.kind = o.release and t.reference_period = o.reference_period and t.age = 1
    where ${isOneOf('o.session', sessions)}
    order by o.session, o.overdue_days desc, title`,
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
