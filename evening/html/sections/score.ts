/** The composite score and its contributors. */
import type { SignalLevels } from '../../../schemas/signal-levels.ts'
import { sql } from '../../../schemas/view.ts'
import { crashPrecursors } from '../../../schemas/views/composite/crash_precursors.ts'
import { precursorContributions } from '../../../schemas/views/composite/precursor_contributions.ts'
import { precursorScore } from '../../../schemas/views/composite/precursor_score.ts'
import { date, last } from '../../fragments.ts'
import type { Row } from '../../gather/subject.ts'
import { litDays } from '../../gather/year.ts'
import { plainNames } from '../../language/names.ts'
import { points } from '../../language/numbers.ts'
import { changeInUnit, changes, inUnit } from '../../language/units.ts'
import { bars, waterfall } from '../charts/bars.ts'
import { heat } from '../charts/heat.ts'
import type { Column, Section } from '../exhibit.ts'
import { lineExhibit, sessionColumn } from '../line-exhibit.ts'

const units: Readonly<Record<string, { readonly unit?: string }>> = crashPrecursors.columns

/** A value in the unit that its precursor declares. */
const ofPrecursor: Column['write'] = (value, { component }, say) => {
  const name = String(component)
  return (changes.includes(name) ? changeInUnit : inUnit)(value, units[name]?.unit, say)
}

export const scoreSection = (own: string, levels: SignalLevels): Section => ({
  id: 'score',
  title: 'section_score',
  exhibits: [
    {
      id: 'lit_year',
      title: 'exhibit_lit_year',
      sql: litDays(last(own, 252), levels),
      columns: {
        session: sessionColumn,
        lit_count: { label: 'column_lit_count', format: 'count' },
        known_count: { label: 'column_known_count', format: 'count' },
      },
      chart: {
        unit: 'unit_lit_signals',
        draw: heat,
        alternative: (rows, { say, session }) => {
          const own = rows.find((row) => row.session === session)
          if (!Number(own?.known_count)) return say('alternative_lit_year_unknown')
          const most = rows.reduce<Row | undefined>(
            (top, row) => (top && Number(top.lit_count) >= Number(row.lit_count) ? top : row),
            undefined,
          )
          const count = Number(own!.lit_count)
          if (count > 0 && most?.session === session) return say('alternative_lit_year_top', { count })
          return say('alternative_lit_year', {
            count,
            most: Number(most?.lit_count ?? 0),
            on: String(most?.session ?? say('unknown')),
          })
        },
      },
    },
    {
      id: 'groups',
      title: 'exhibit_groups',
      note: 'note_score',
      sql: sql`
        select component, percentile, contribution, score, coverage, group_count
        from ${precursorContributions}
        where session = ${date(own)} and level = 'group'
        order by contribution desc, component`,
      columns: {
        component: { label: 'column_group', format: 'name' },
        percentile: { label: 'column_mean_percentile', format: 'share' },
        contribution: { label: 'column_contribution', format: 'points' },
        score: { label: 'column_score', format: 'points' },
        coverage: { label: 'column_coverage', format: 'share' },
      },
      chart: {
        unit: 'unit_points_of_score',
        value: 'contribution',
        draw: (rows, context) =>
          waterfall(rows, context, {
            value: 'contribution',
            name: ({ component }) => plainNames(String(component), context.say),
            total: context.say('column_score'),
          }),
        alternative: (rows, { say }) => {
          const first = rows.find(({ contribution }) => contribution !== null)
          if (!first) return say('alternative_no_score')
          return say('alternative_groups', {
            first: plainNames(String(first.component), say),
            points: points(Number(first.contribution)),
            score: points(Number(first.score)),
          })
        },
      },
    },
    {
      id: 'contributions',
      title: 'exhibit_contributions',
      note: 'note_contributions',
      sql: sql`
        select precursor_group, component, value, percentile, contribution
        from ${precursorContributions}
        where session = ${date(own)} and level = 'precursor'
        order by contribution desc, component`,
      columns: {
        precursor_group: { label: 'column_group', format: 'name' },
        component: { label: 'column_precursor', format: 'name' },
        value: { label: 'column_value', format: 'number', write: ofPrecursor },
        percentile: { label: 'column_percentile', format: 'share' },
        contribution: { label: 'column_contribution', format: 'points' },
      },
      chart: {
        unit: 'unit_points_of_score',
        value: 'contribution',
        draw: (rows, context) =>
          bars(rows, context, {
            value: 'contribution',
            name: ({ component }) => plainNames(String(component), context.say),
            figure: 'points',
            isLit: ({ percentile }) => Number(percentile) >= 0.9,
          }),
        alternative: (rows, { say }) => {
          const first = rows.find(({ contribution }) => contribution !== null)
          if (!first) return say('alternative_no_score')
          return say('alternative_contributions', {
            first: plainNames(String(first.component), say),
            points: points(Number(first.contribution)),
          })
        },
      },
    },
    lineExhibit(
      {
        id: 'score_year',
        title: 'exhibit_score_year',
        sql: sql`
          select session, score
          from ${precursorScore}
          where ${last(own, 252)} and score is not null
          order by session`,
        columns: { score: { label: 'column_score', format: 'points' } },
      },
      'unit_points_of_100',
      { series: [{ column: 'score', label: 'column_score' }], figure: 'points' },
    ),
  ],
})
