import type { Catalyst } from '../../catalyst.ts'
import { catalystKinds } from '../../catalysts/index.ts'
import { boolean, date, string } from '../../column.ts'
import { dailyBars } from '../../tables/daily_bars.ts'
import { releaseCalendar } from '../../tables/release_calendar.ts'
import { sessions } from '../../tables/sessions.ts'
import { defineView, quoted, raw, sql } from '../../view.ts'
import { sourceCoverage } from '../shared/coverage.ts'
import { timetabled, timetabledReleases } from '../shared/macro-figures.ts'

const factsOf = ({ kind, coverage }: Catalyst) => {
  const silence = timetabledReleases.includes(kind) && typeof coverage !== 'string' ? coverage.longestSilence : 'null'
  return `(${quoted(kind)}, ${quoted(typeof coverage === 'string' ? coverage : 'sources')}, ${silence})`
}
const kinds = raw(catalystKinds.map(factsOf).join(', '))

export const catalystCoverage = defineView({
  name: 'catalyst_coverage',
  doc: 'One row per kind of catalyst and session since the first one in the lake: whether the sources of the kind cover the session, as known on its evening. If a covered kind has no catalyst on the session, none occurred. If a kind is not covered, one may have occurred that the lake does not know.',
  grain: ['session', 'kind'],
  // The last row of a source can be older than a year.
  materialized: { yearOf: 'session', daysBack: Number.POSITIVE_INFINITY },
  columns: {
    session: date('XNYS session.'),
    kind: string('Catalyst kind.'),
    is_covered: boolean.nullable(
      'True if the exchange calendar determines the kind, if one of its sources answered after the close, or if the last row of such a source is not older than the longest usual silence of the kind and no request of that evening was refused or left without an answer. A kind about companies is covered only if that holds for every company that the lake follows. NULL for a kind that only people record.',
    ),
    is_timetable_known: boolean.nullable(
      'For a release: true if its calendar was known by the evening, and its last entry is not older than the longest usual silence or the kind is covered. Only then can the release be called overdue or not. NULL for other kinds.',
    ),
    sources: string.nullable('Names of the sources that cover it, comma-separated.'),
    uncovered_companies: string.nullable(
      'For a kind about companies: the followed companies that no source covers on the session, comma-separated; NULL if there are none. The lake follows a company for twice the longest usual silence after its last row.',
    ),
  },
  // The bars come first, because the years of the first relation are the years that are stored.
  sql: sql`
    with horizon as (select max(session) as last_session from ${dailyBars}),
    by_company as (
      select
        kind, session, company_name,
        case when covers = 1 then source end as giver,
        max(covers) over (partition by kind, company, session) as is_company_covered
      from (${sourceCoverage}
      ) as signs
    ),
    covered as (
      select
        kind, session, min(is_company_covered) as is_covered,
        array_join(array_agg(distinct giver order by giver), ',') as sources,
        nullif(
          array_join(array_agg(distinct case when is_company_covered = 0 then company_name end order by case when is_company_covered = 0 then company_name end), ','),
          ''
        ) as uncovered_companies
      from by_company
      group by kind, session
    ),
    announced as (
      select
        release, known_session,
        max(case when cast(scheduled_at as date) > known_session then cast(scheduled_at as date) else known_session end) as reaches_to
      from ${releaseCalendar}
      where release in (${timetabled})
      group by release, known_session
    ),
    timetables as (
      select
        release, known_session,
        max(reaches_to) over (partition by release order by known_session) as reaches_to,
        lead(known_session) over (partition by release order by known_session) as next_known
      from announced
    ),
    span as (
      select min(session) as first_session, max(last_session) as last_session
      from (
        select session from ${dailyBars}
        union all
        select known_session from announced
        union all
        select session from covered
      ) as beginnings
      cross join horizon
    )
    select
      s.session, kinds.kind,
      case when kinds.coverage = 'calendar' then true when kinds.coverage = 'sources' then coalesce(covered.is_covered = 1, false) end as is_covered,
      case
        when kinds.longest_silence is null then null
        when t.release is null then false
        else coalesce(covered.is_covered = 1, false) or date_diff('day', t.reaches_to, s.session) <= kinds.longest_silence
      end as is_timetable_known,
      case when covered.is_covered = 1 then covered.sources end as sources,
      covered.uncovered_companies
    from ${sessions} s
    join span on s.session between span.first_session and span.last_session
    cross join (values ${kinds}) as kinds(kind, coverage, longest_silence)
    left join covered on covered.kind = kinds.kind and covered.session = s.session
    left join timetables t
      on t.release = kinds.kind and t.known_session <= s.session and (t.next_known is null or s.session < t.next_known)
  `,
})
