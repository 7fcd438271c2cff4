/** Rows that are wider than the terminal, one record below the other. */
import type { Answer } from '../../core/engine.ts'
import { textOf } from '../print.ts'

/** The width that a table of the answer takes. */
const widthOf = ({ columns, rows }: Answer): number =>
  columns.reduce(
    (sum, name, i) => sum + 3 + rows.reduce((most, row) => Math.max(most, String(row[i] ?? '').length), name.length),
    1,
  )

export const recordsOf = ({ columns, rows }: Answer): string => {
  const at = columns.reduce((most, name) => Math.max(most, name.length), 0)
  const one = (row: Answer['rows'][number], i: number) => [
    `row ${i + 1}`,
    ...columns.map((name, j) => {
      const [, shown = ''] = textOf({ columns: ['x'], rows: [[row[j] ?? null]] }, 'csv').split(/\r?\n/)
      return `  ${name.padEnd(at)}  ${shown}`
    }),
  ]
  return `${rows.flatMap(one).join('\n')}\n${rows.length} row${rows.length === 1 ? '' : 's'}\n`
}

/** `auto` folds an answer to records if it is wider than the terminal. */
export type Records = 'on' | 'off' | 'auto'

export const shownAs = (answer: Answer, format: string, records: Records, width: number): string => {
  const isFolded = records === 'on' || (records === 'auto' && widthOf(answer) > width)
  return format === 'table' && isFolded ? recordsOf(answer) : textOf(answer, format)
}
