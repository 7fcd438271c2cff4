/** An exhibit drawn as lines by session, with the sentence that says where the first one begins and stands. */

import type { Row } from '../gather/subject.ts'
import { grouped, lines } from './charts.ts'
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
      alternative: (rows, { say }) => {
        const sentence = (name: string, own: readonly Row[]) => {
          const present = own.filter((row) => row[column] !== null)
          const value = (row: Row | undefined) => (row ? written(Number(row[column])) : '–')
          return say('alternative_line', {
            what: name ? `${say(exhibit.title)} (${name})` : say(exhibit.title),
            from: String(present[0]?.session ?? '–'),
            first: value(present[0]),
            last: value(present.at(-1)),
          })
        }
        return grouped(rows, options.by)
          .map(([name, own]) => sentence(name, own))
          .join(' ')
      },
    },
  }
}
