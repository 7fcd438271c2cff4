import { bigint, date, double, string, timestamp } from '../../column.ts'
import { dailyBars } from '../../tables/daily_bars.ts'
import { sessions } from '../../tables/sessions.ts'
import { defineView, sql } from '../../view.ts'
import { catalystCoverage } from '../catalysts/catalyst_coverage.ts'
import { releaseFacts } from '../shared/macro-figures.ts'
import { macroTimetable } from './macro_timetable.ts'

export const overdueReleases = defineView({
  name: 'overdue_releases',
  doc: 'One row per session and overdue release: a release whose first schedule was before the session and whose figure was not known by its evening. A cancelled release stays overdue until its figure is published. A release whose timetable catalyst_coverage does not know on the session has no row.',
  grain: ['session', 'release', 'reference_period'],
  columns: {
    session: date('XNYS session.'),
    release: string('Name of the release, which is also its catalyst kind.'),
    reference_period: date('First day of the reference period.'),
    first_scheduled_at: timestamp('Scheduled instant, as first announced.'),
    scheduled_at: timestamp('Scheduled instant, as announced last.'),
    status: string('`tentative`, `confirmed`, `delayed`, `cancelled` or `merged`, as known by the evening.'),
    overdue_days: bigint('Calendar days from the first schedule to the session.', { unit: 'days' }),
    weight: double('Weight of the release, fixed beforehand.', { unit: 'ratio' }),
  },
  sql: sql`
    with evenings as (
      select
        release, reference_period, known_session,
        max_by(status, known_at) as status,
        max_by(first_scheduled_at, known_at) as first_scheduled_at,
        max_by(scheduled_at, known_at) as scheduled_at
      from ${macroTimetable}
      group by release, reference_period, known_session
    ),
    spans as (
      select
        evenings.*,
        lead(known_session) over (partition by release, reference_period order by known_session) as next_known
      from evenings
    ),
    horizon as (select max(session) as last_session from ${dailyBars})
    select
      s.session, spans.release, reference_period, first_scheduled_at, scheduled_at, status,
      date_diff('day', cast(first_scheduled_at as date), s.session) as overdue_days, weight
    from spans
    join ${releaseFacts} on releases.release = spans.release
    join ${sessions} s
      on s.session >= spans.known_session
      and (spans.next_known is null or s.session < spans.next_known)
      and s.session > cast(first_scheduled_at as date)
    join ${catalystCoverage} c on c.kind = spans.release and c.session = s.session and c.is_timetable_known
    cross join horizon
    where status <> 'released' and weight > 0 and s.session <= last_session
  `,
})
