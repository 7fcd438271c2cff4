import { bigint, boolean, date, string, timestamp } from '../../column.ts'
import { checks } from '../../tables/checks.ts'
import { runs } from '../../tables/runs.ts'
import { defineView, sql } from '../../view.ts'

export const metaChecks = defineView({
  name: 'meta_checks',
  doc: 'One row per check and subject that was ever found wrong: since when, on how many sessions, and whether it still was at the last check.',
  grain: ['rule', 'subject'],
  role: 'fact',
  columns: {
    rule: string('Name of the check.'),
    subject: string('Table, symbol or source that it is about.'),
    is_open: boolean('Whether the check of the last session that was checked found it.'),
    first_session: date('First session whose check found it.'),
    last_session: date('Last one.'),
    session_count: bigint('Sessions whose check found it.', { unit: 'sessions' }),
    finding_count: bigint('Findings at the last of them.', { unit: 'findings' }),
    detail: string.nullable('First of those in words.'),
    first_seen_at: timestamp('When it was found first.'),
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
