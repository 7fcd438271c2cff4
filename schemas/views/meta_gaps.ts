import { date, string } from '../column.ts'
import { sessions } from '../tables/sessions.ts'
import { defineView, sql } from '../view.ts'
import { sessionsSeen } from '../watched.ts'

export const metaGaps = defineView({
  name: 'meta_gaps',
  doc: 'One row per table, source, series and session that is missing, from the first session of the series to the newest in the lake; what comes the next morning is not missing on that evening.',
  grain: ['table_name', 'source', 'subject', 'session'],
  role: 'fact',
  columns: {
    table_name: string('Table.'),
    source: string('Source.'),
    subject: string('What the series is about: a symbol, a fund, an index; `all` where there is only one.'),
    session: date('XNYS session without a row.'),
  },
  sql: sql`
    with seen as (
      ${sessionsSeen}
    ),
    series as (
      select table_name, source, subject, is_next_morning, min(session) as first_session
      from seen
      group by table_name, source, subject, is_next_morning
    ),
    newest as (
      select max(session) as newest_session
      from seen
    ),
    expected as (
      select s.table_name, s.source, s.subject, c.session
      from series s
      cross join newest n
      join ${sessions} c
        on c.session > s.first_session
        and (c.session < n.newest_session or (c.session = n.newest_session and not s.is_next_morning))
    )
    select e.table_name, e.source, e.subject, e.session
    from expected e
    left join seen s
      on s.table_name = e.table_name and s.source = e.source and s.subject = e.subject and s.session = e.session
    where s.session is null
  `,
})
