import { date, string } from '../../column.ts'
import { sessions } from '../../tables/sessions.ts'
import { defineView, sql } from '../../view.ts'
import { vintagesSeen } from '../../watched.ts'
import { lastSessions } from './last_sessions.ts'

export const metaGaps = defineView({
  name: 'meta_gaps',
  doc: 'One row per missing session of a table, source and series, from the first session of the series to the newest one in the lake. A figure that comes on the next morning does not count as missing on that evening. A symbol that no longer trades is not missing after its last session.',
  grain: ['table_name', 'source', 'subject', 'session'],
  role: 'fact',
  columns: {
    table_name: string('Table.'),
    source: string('Source.'),
    subject: string('Subject of the series: a symbol, a fund or an index. `all` if the table has one series.'),
    session: date('XNYS session without a row.'),
  },
  // Each row spans the time to the next row of its series, so that the tables are read once. Of two rows of one session only the last spans any.
  sql: sql`
    with seen as (
      ${vintagesSeen}
    ),
    numbered as (
      select s.table_name, s.source, s.subject, s.is_next_morning, c.session_number
      from seen s
      join ${sessions} c on c.session = s.session
    ),
    spans as (
      select
        table_name,
        source,
        subject,
        session_number,
        coalesce(
          lead(session_number) over (partition by table_name, source, subject order by session_number),
          max(session_number) over () + case when is_next_morning then 0 else 1 end
        ) as next_number
      from numbered
    ),
    wide_spans as (
      select * from spans where next_number > session_number + 1
    )
    select w.table_name, w.source, w.subject, c.session
    from wide_spans w
    join ${sessions} c on c.session_number > w.session_number and c.session_number < w.next_number
    left join ${lastSessions} e on e.symbol = w.subject
    where e.last_session is null or c.session <= e.last_session
  `,
})
