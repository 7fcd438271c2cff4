import { boolean, date, string } from '../../column.ts'
import { defineView, sql } from '../../view.ts'
import { sourceCoverage } from '../shared/coverage.ts'
import { catalystCoverage } from './catalyst_coverage.ts'

export const catalystCoverageNow = defineView({
  name: 'catalyst_coverage_now',
  doc: 'One row per kind of catalyst and session since the first one in the lake: whether the sources of the kind cover the session as known now, on its evening or by a later answer. It is for reports, not for signals; those read `catalyst_coverage`.',
  grain: ['session', 'kind'],
  role: 'fact',
  // The first relation gives the years that are stored. A later answer makes good for every session before it.
  materialized: { yearOf: 'session', daysBack: Number.POSITIVE_INFINITY },
  columns: {
    session: date('XNYS session.'),
    kind: string('Catalyst kind.'),
    is_covered: boolean.nullable(
      'True if `catalyst_coverage` says so, or if a source of the kind has since answered for the session. A kind about companies is covered only if that holds for every company that the lake follows. NULL for a kind that only people record.',
    ),
  },
  sql: sql`
    with known as (select session, kind, is_covered from ${catalystCoverage}),
    by_company as (
      select kind, session, max(covers_now) as covers from (${sourceCoverage}
      ) as signs
      group by kind, session, company
    ),
    covered as (select kind, session from by_company group by kind, session having min(covers) = 1)
    select c.session, c.kind, case when c.is_covered is not null then c.is_covered or covered.kind is not null end as is_covered
    from known c
    left join covered on covered.session = c.session and covered.kind = c.kind
  `,
})
