import { bigint, type Column, date, double, string } from '../../column.ts'
import { type Group, groups } from '../../precursors.ts'
import { defineView, join, raw, sql } from '../../view.ts'
import { precursorContributions } from './precursor_contributions.ts'

const groupColumns = Object.fromEntries(
  groups.map((group) => [
    `${group}_percentile`,
    double.nullable(`Mean percentile of the ${group} precursors. NULL if none is known.`, { unit: 'fraction' }),
  ]),
) as Record<`${Group}_percentile`, Column<number | null>>

export const precursorScore = defineView({
  name: 'precursor_score',
  doc: 'One row per session: the score, which tells how unusual its precursors are against their own history. All groups have equal weights. The score is not a probability, and it ranks drawdowns no better than VIX alone (docs/evaluation.md).',
  grain: ['session'],
  mart: true,
  columns: {
    session: date('XNYS session.'),
    score: double.nullable('Score from 0 to 100. NULL if too few precursors are known.', { unit: 'points' }),
    coverage: double('Share of the precursors of the score that are known.', { unit: 'fraction' }),
    group_count: bigint('Groups present.', { unit: 'groups' }),
    ...groupColumns,
    missing_groups: string.nullable(
      'Groups that are left out of the mean because nothing is known of them, comma-separated. NULL if there are none.',
    ),
  },
  sql: sql`
    select
      session, max(score) as score, max(coverage) as coverage, max(group_count) as group_count,
      ${join(
        groups.map((group) => raw(`max(case when component = '${group}' then percentile end) as ${group}_percentile`)),
        ',\n',
      )},
      nullif(array_join(array[${join(
        groups.map((group) =>
          raw(`case when count(case when component = '${group}' then percentile end) = 0 then '${group}' end`),
        ),
        ', ',
      )}], ', '), '') as missing_groups
    from ${precursorContributions}
    where level = 'group'
    group by session
  `,
})
