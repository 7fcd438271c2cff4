import { bigint, date, string, timestamp } from '../../column.ts'
import { dailyBars } from '../../tables/daily_bars.ts'
import { payloads } from '../../tables/payloads.ts'
import { sessions } from '../../tables/sessions.ts'
import { defineView, sql } from '../../view.ts'
import { vintagesSeen } from '../../watched.ts'
import { sourceCoverage } from '../shared/coverage.ts'

export const metaCoverage = defineView({
  name: 'meta_coverage',
  doc: 'One row per source, table, subject and span of consecutive sessions that the source covers. A table with a row for every session covers the sessions that it has. For a table of events the subject is a kind of catalyst, or a kind and a company, and the spans end with the newest bar.',
  grain: ['source', 'table_name', 'subject', 'first_session'],
  role: 'fact',
  columns: {
    source: string('Source.'),
    table_name: string('Table.'),
    subject: string(
      'Symbol, fund or index of a table with a row for every session, `all` if it has one series; else the kind of catalyst, followed by the company if the kind is about companies.',
    ),
    first_session: date('First session of the span.'),
    last_session: date('Last session of the span.'),
    session_count: bigint('Number of sessions in it.', { unit: 'sessions' }),
    known_by: string('`rows`: each session has a row. `signs`: the source answered, or its last row is recent enough.'),
    last_fetched_at: timestamp.nullable('When the source last answered. NULL for an import.'),
  },
  // A span begins where the row before is not the session before, and ends with the row before the next beginning. Repeated sessions do no harm.
  sql: sql`
    with seen as (
      ${vintagesSeen}
    ),
    covered as (
      select source, table_name, subject, session, 'rows' as known_by from seen
      union all
      select source, table_name, case when company = '' then kind else concat(kind, ' ', company_name) end, session, 'signs'
      from (${sourceCoverage}
      ) as signs
      where covers_now = 1
    ),
    horizon as (select max(session) as last_session from ${dailyBars}),
    paired as (
      select
        c.source, c.table_name, c.subject, c.known_by, c.session, s.session_number,
        lag(c.session) over w as previous_session,
        lag(s.session_number) over w as previous_number,
        max(c.session) over (partition by c.source, c.table_name, c.subject, c.known_by) as newest_session,
        max(s.session_number) over (partition by c.source, c.table_name, c.subject, c.known_by) as newest_number
      from covered c
      join ${sessions} s on s.session = c.session
      cross join horizon
      where c.session <= last_session
      window w as (partition by c.source, c.table_name, c.subject, c.known_by order by c.session)
    ),
    spans as (
      select
        source, table_name, subject, known_by,
        session as first_session,
        coalesce(lead(previous_session) over w, newest_session) as last_session,
        coalesce(lead(previous_number) over w, newest_number) - session_number + 1 as session_count
      from paired
      where previous_number is null or previous_number < session_number - 1
      window w as (partition by source, table_name, subject, known_by order by session)
    ),
    fetched as (select source, max(fetched_at) as last_fetched_at from ${payloads} where status <> 'unanswered' group by source)
    select s.source, table_name, subject, first_session, last_session, session_count, known_by, last_fetched_at
    from spans s
    left join fetched f on f.source = s.source
  `,
})
