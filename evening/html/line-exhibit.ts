/** An exhibit drawn as lines by session, with the sentence that says where the first one begins, and its value of the session. */

import type { Row } from '../gather/subject.ts'
import { lines } from './charts.ts'
import type { Column, Exhibit } from './exhibit.ts'

export const sessionColumn: Column = { label: 'column_session', format: 'date' }

export const lineExhibit = (
  exhibit: Pick<Exhibit, 'id' | 'title' | 'note' | 'sql' | 'columns'>,
  unit: NonNullable<Exhibit['chart']>['unit'],
  options: Parameters<typeof lines>[2],
  written: (value: number) => string = (value) => value.toFixed(2),
): Exhibit => {
  const { column } = options.series[0]!
  return {
    ...exhibit,
    columns: { session: sessionColumn, ...exhibit.columns },
    chart: {
      unit,
      draw: (rows, context) => lines(rows, context, options),
      alternative: (rows, { say, session }) => {
        const present = rows.filter((row) => row[column] !== null)
        const own = present.find((row) => row.session === session)
        // Of several sources, the caption tells of the one that has the session.
        const line = present.filter((row) => row.source === (own ?? present.at(-1))?.source)
        const [first, last] = [line[0], own ?? line.at(-1)]
        const what = say(exhibit.title)
        if (!first || !last) return say('alternative_line_none', { what })
        const value = (row: Row) => written(Number(row[column]))
        if (!own) return say('alternative_line_earlier', { what, on: String(last.session), last: value(last) })
        return say('alternative_line', { what, from: String(first.session), first: value(first), last: value(last) })
      },
    },
  }
}
