import { bigint, date, double, string } from '../../column.ts'
import { releaseEntries } from '../../releases.ts'
import { dailyBars } from '../../tables/daily_bars.ts'
import { sessions } from '../../tables/sessions.ts'
import { defineView, literals, sql } from '../../view.ts'
import { catalystCoverage } from '../catalysts/catalyst_coverage.ts'
import { firstRankReleases } from '../shared/coverage.ts'
import { steadySum } from '../shared/steady-sum.ts'
import { macroTimetable } from './macro_timetable.ts'
import { overdueReleases } from './overdue_releases.ts'

const days = { unit: 'days' }
const weighted = releaseEntries.flatMap(([name, { weight }]) => (weight > 0 ? [name] : [])).sort()

export const dataVacuum = defineView({
  name: 'data_vacuum',
  doc: 'One row per session since the first announcement in the lake: the macro releases that were overdue on that evening.',
  grain: ['session'],
  columns: {
    session: date('XNYS session.'),
    overdue_count: bigint.nullable(
      'Releases overdue, of those whose timetable is known; a lower bound if `unknown_release_count` is above 0. 0 only if the timetable of every release of the first rank is known; else NULL.',
      { unit: 'releases' },
    ),
    weighted_overdue: double.nullable('Sum of the weights of the overdue releases. NULL like overdue_count.', {
      unit: 'ratio',
    }),
    overdue_days: bigint.nullable('Sum of the days by which the releases were overdue. NULL like overdue_count.', days),
    longest_overdue_days: bigint.nullable(
      'Largest number of days by which a release was overdue. NULL like overdue_count.',
      days,
    ),
    weighted_overdue_days: double.nullable('Sum of weight times days overdue. NULL like overdue_count.', days),
    unknown_release_count: bigint(
      'Number of releases of the first rank (payrolls, consumer prices, GDP, consumption prices) whose timetable does not cover the session.',
      { unit: 'releases' },
    ),
    unknown_releases: string.nullable(
      'All releases with a weight whose timetable does not cover the session, comma-separated.',
    ),
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
    ),
    timetables as (
      select
        session,
        sum(case when kind in (${literals(firstRankReleases)}) and not is_timetable_known then 1 else 0 end) as unknown_count,
        nullif(array_join(array_agg(case when not is_timetable_known then kind end order by kind), ','), '') as unknown_releases
      from ${catalystCoverage}
      where kind in (${literals(weighted)})
      group by session
    ),
    counted as (
      select
        t.session, unknown_count, unknown_releases,
        overdue_count, weighted_overdue, overdue_days, longest_overdue_days, weighted_overdue_days,
        case when unknown_count = 0 then 0 end as zero
      from timetables t
      left join missing m on m.session = t.session
    )
    select
      s.session,
      coalesce(overdue_count, zero) as overdue_count,
      coalesce(weighted_overdue, zero) as weighted_overdue,
      coalesce(overdue_days, zero) as overdue_days,
      coalesce(longest_overdue_days, zero) as longest_overdue_days,
      coalesce(weighted_overdue_days, zero) as weighted_overdue_days,
      coalesce(unknown_count, ${firstRankReleases.length}) as unknown_release_count,
      case when counted.session is null then ${literals([weighted.join(',')])} else unknown_releases end as unknown_releases
    from ${sessions} s
    join span on s.session between span.first_session and span.last_session
    left join counted on counted.session = s.session
  `,
})
