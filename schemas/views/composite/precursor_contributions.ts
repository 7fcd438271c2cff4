import { bigint, date, double, string } from '../../column.ts'
import { fewestCovered, fewestGroups, groups, precursors } from '../../precursors.ts'
import { precursorPercentiles } from '../../tables/precursor_percentiles.ts'
import { defineView, raw, sql } from '../../view.ts'
import { steadySum } from '../shared/steady-sum.ts'

const points = { unit: 'points' }

export const precursorContributions = defineView({
  name: 'precursor_contributions',
  doc: 'One row per session and component of the score: the points that each group and each precursor contributes.',
  grain: ['session', 'level', 'component'],
  mart: true,
  columns: {
    session: date('XNYS session.'),
    level: string(
      '`group` or `precursor`. The groups sum to the score, and the precursors of a group sum to the group.',
    ),
    component: string('Name of the group, or column of crash_precursors.'),
    precursor_group: string(`${groups.join(', ')}.`),
    value: double.nullable('Value of the precursor. NULL for a group.', { unit: 'of the column' }),
    percentile: double.nullable(
      'Mid-rank percentile in the history so far. For a group, the mean over its precursors.',
      {
        unit: 'fraction',
      },
    ),
    contribution: double.nullable(
      'Points that the component contributes to the score. NULL if there is no score.',
      points,
    ),
    group_count: bigint('Number of groups with a known precursor. All groups have equal weights.', { unit: 'groups' }),
    coverage: double('Share of the precursors of the score that are known.', { unit: 'fraction' }),
    score: double.nullable(
      `100 times the mean over groups of their mean percentile. NULL for a coverage below ${fewestCovered} or fewer than ${fewestGroups} groups.`,
      points,
    ),
  },
  sql: sql`
    with present as (
      select session, precursor, precursor_group, value, percentile
      from ${precursorPercentiles}
      where percentile is not null
    ),
    grouped as (
      select session, precursor_group, ${steadySum('percentile', 15)} / count(*) as percentile, count(*) as precursor_count
      from present
      group by session, precursor_group
    ),
    counted as (
      select
        grouped.*,
        count(*) over w as group_count,
        sum(precursor_count) over w as present_count,
        ${steadySum('percentile', 15, 'over w')} / count(*) over w as mean_percentile
      from grouped
      window w as (partition by session)
    ),
    scored as (
      select
        counted.*,
        cast(present_count as double) / ${raw(String(precursors.length))} as coverage,
        case
          when present_count >= ${raw((fewestCovered * precursors.length).toExponential())} - 1e-9 and group_count >= ${fewestGroups}
          then 1e2 * mean_percentile
        end as score
      from counted
    )
    select
      session, 'group' as level, precursor_group as component, precursor_group, cast(null as double) as value, percentile,
      case when score is not null then 1e2 * percentile / group_count end as contribution,
      group_count, coverage, score
    from scored
    union all
    select
      s.session, 'precursor' as level, p.precursor as component, p.precursor_group, p.value, p.percentile,
      case when score is not null then 1e2 * p.percentile / (s.precursor_count * group_count) end as contribution,
      group_count, coverage, score
    from scored s
    join present p on p.session = s.session and p.precursor_group = s.precursor_group
  `,
})
