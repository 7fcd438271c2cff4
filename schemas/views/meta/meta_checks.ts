import { bigint, boolean, date, string, timestamp } from '../../column.ts'
import { checks } from '../../tables/checks.ts'
import { runs } from '../../tables/runs.ts'
import { defineView, sql } from '../../view.ts'

export const metaChecks = defineView({
  name: 'meta_checks',
  doc: 'One row per check and subject with a finding: when it was first found, on how many sessions, and whether the last check found it again.',
  grain: ['rule', 'subject'],
  role: 'fact',
  columns: {
    rule: string('Name of the check.'),
    subject: string('Table, symbol or source of the finding.'),
    is_open: boolean('True if the check of the last checked session found it.'),
    first_session: date('First session whose check found it.'),
    last_session: date('Last one.'),
    session_count: bigint('Number of sessions whose check found it.', { unit: 'sessions' }),
    finding_count: bigint('Number of findings on the last of those sessions.', { unit: 'findings' }),
    detail: string.nullable('The first of those findings, in words.'),
    first_seen_at: timestamp('When it was first found.'),
  },
  sql: sql`
    with checked as (
      select max(session) as last_checked
      from (
        select session from ${runs} where step = 'check'
        union all
        select session from ${checks}
      ) as checked_sessions
    ),
    found as (
      select
        rule,
        subject,
        min(session) as first_session,
        max(session) as last_session,
        count(*) as session_count,
        max_by(finding_count, session) as finding_count,
        max_by(detail, session) as detail,
        min(known_at) as first_seen_at
      from ${checks}
      group by rule, subject
    )
    select
      f.rule,
      f.subject,
      f.last_session = c.last_checked as is_open,
      f.first_session,
      f.last_session,
      f.session_count,
      f.finding_count,
      f.detail,
      f.first_seen_at
    from found f
    cross join checked c
  `,
})
