import { bigint, type Column, date, double } from '../../column.ts'
import { type Group, groups } from '../../precursors.ts'
import { defineView, join, raw, sql } from '../../view.ts'
import { precursorContributions } from './precursor_contributions.ts'

const groupColumns = Object.fromEntries(
  groups.map((group) => [
    `${group}_percentile`,
    double.nullable(`Mean percentile of the ${group} precursors; NULL where none is known.`, { unit: 'fraction' }),
  ]),
) as Record<`${Group}_percentile`, Column<number | null>>

export const precursorScore = defineView({
  name: 'precursor_score',
  doc: 'One row per session: how unusual its precursors were in their own past, all groups weighing the same. No probability, and no better than VIX alone: see the evaluation.',
  grain: ['session'],
  mart: true,
  columns: {
    session: date('XNYS session.'),
    score: double.nullable('0 to 100; NULL where too little is known.', { unit: 'points' }),
    coverage: double('Share of the precursors of the score that are present.', { unit: 'fraction' }),
    group_count: bigint('Groups present.', { unit: 'groups' }),
    ...groupColumns,
  },
  sql: sql`
    select
      session, max(score) as score, max(coverage) as coverage, max(group_count) as group_count,
      ${join(
        groups.map((group) => raw(`max(case when component = '${group}' then percentile end) as ${group}_percentile`)),
        ',\n',
      )}
    from ${precursorContributions}
    where level = 'group'
    group by session
  `,
})
