/** An exhibit drawn as lines by session, with the sentence that says where the first one begins, and its value of the session. */

import type { Row } from '../gather/subject.ts'
import { figures } from './charts/frame.ts'
import { grouped, type LineOptions, lineData, lines } from './charts/lines.ts'
import type { Column, Exhibit } from './exhibit.ts'

export const sessionColumn: Column = { label: 'column_session', format: 'date' }

export const lineExhibit = (
  exhibit: Pick<Exhibit, 'id' | 'title' | 'note' | 'sql' | 'columns'>,
  unit: NonNullable<Exhibit['chart']>['unit'],
  options: LineOptions,
): Exhibit => {
  const { column } = options.series[0]!
  const { written } = figures[options.figure]
  return {
    ...exhibit,
    columns: { session: sessionColumn, ...exhibit.columns },
    chart: {
      unit,
      columns: options.series.map((each) => each.column),
      lines: (rows, context) => lineData(rows, context, options),
      draw: (rows, context) => lines(rows, context, options),
      alternative: (rows, context) => {
        const { say, session } = context
        const sentence = (name: string, own: readonly Row[]) => {
          const present = own.filter((row) => row[column] !== null)
          const ofSession = present.find((row) => row.session === session)
          const [first, last] = [present[0], ofSession ?? present.at(-1)]
          const what = `${say(exhibit.title)}${name ? say('remark', { remark: name }) : ''}`
          if (!first || !last) return say('alternative_line_none', { what })
          const value = (row: Row) => written(Number(row[column]))
          if (!ofSession) return say('alternative_line_earlier', { what, on: String(last.session), last: value(last) })
          if (first === last) return say('alternative_line_one', { what, last: value(last) })
          return say('alternative_line', { what, from: String(first.session), first: value(first), last: value(last) })
        }
        return grouped(rows, options.by, context)
          .map(([name, own]) => sentence(name, own))
          .join(' ')
      },
    },
  }
}
