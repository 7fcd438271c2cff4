import { bigint, date, double } from '../../column.ts'
import { dailyBars } from '../../tables/daily_bars.ts'
import { sessions } from '../../tables/sessions.ts'
import { defineView, sql } from '../../view.ts'
import { steadySum } from '../shared/steady-sum.ts'
import { macroTimetable } from './macro_timetable.ts'
import { overdueReleases } from './overdue_releases.ts'

const days = { unit: 'days' }

export const dataVacuum = defineView({
  name: 'data_vacuum',
  doc: 'One row per session since the first announcement in the lake: the macro releases that were overdue on that evening.',
  grain: ['session'],
  columns: {
    session: date('XNYS session.'),
    overdue_count: bigint('Releases overdue.', { unit: 'releases' }),
    weighted_overdue: double('Sum of the weights of the overdue releases.', { unit: 'ratio' }),
    overdue_days: bigint('Sum of the days by which the releases were overdue.', days),
    longest_overdue_days: bigint('Largest number of days by which a release was overdue.', days),
    weighted_overdue_days: double('Sum of weight times days overdue.', days),
  },
  sql: sql`
    with span as (
      select min(t.known_session) as first_session, (select max(session) from ${dailyBars}) as last_session from ${macroTimetable} t
    ),
    missing as (
      select
        session,
        count(*) as overdue_count,
        ${steadySum('weight', 9)} as weighted_overdue,
        sum(overdue_days) as overdue_days,
        max(overdue_days) as longest_overdue_days,
        ${steadySum('weight * overdue_days', 9)} as weighted_overdue_days
      from ${overdueReleases}
      group by session
    )
    select
      s.session,
      coalesce(overdue_count, 0) as overdue_count,
      coalesce(weighted_overdue, 0e0) as weighted_overdue,
      coalesce(overdue_days, 0) as overdue_days,
      coalesce(longest_overdue_days, 0) as longest_overdue_days,
      coalesce(weighted_overdue_days, 0e0) as weighted_overdue_days
    from ${sessions} s
    join span on s.session between span.first_session and span.last_session
    left join missing on missing.session = s.session
  `,
})
