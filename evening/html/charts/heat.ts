/** A calendar of the year: one cell for each session, darker the more signals were lit. */
import * as Plot from '@observablehq/plot'
import type { Row } from '../../gather/subject.ts'
import type { ChartContext, Drawing } from '../exhibit.ts'
import { colour, drawn, size } from './frame.ts'

const dayMs = 86_400_000
const weekOf = (session: string) => Math.floor((Date.parse(session) / dayMs + 3) / 7)
const weekdayOf = (session: string) => new Date(session).getUTCDay()

export const heat = (rows: readonly Row[], context: ChartContext): Drawing => {
  const first = weekOf(String(rows[0]?.session ?? context.session))
  const cells = rows.map((row) => ({
    week: weekOf(String(row.session)) - first,
    weekday: weekdayOf(String(row.session)),
    row,
  }))
  const weeks = Math.max(1, ...cells.map(({ week }) => week + 1))
  const months = cells.filter(
    ({ row }, i) => i > 0 && String(row.session).slice(5, 7) !== String(rows[i - 1]!.session).slice(5, 7),
  )
  const step = (size.width - 36) / weeks
  const most = Math.max(1, ...rows.map((row) => Number(row.lit_count)))
  const x = (week: number) => week + 0.5
  return drawn(context, {
    marginLeft: 30,
    marginRight: 6,
    marginTop: 20,
    marginBottom: 6,
    height: 26 + 5 * Math.max(14, step * 2),
    x: { domain: [0, weeks], axis: null },
    y: { domain: [1, 2, 3, 4, 5], axis: null, type: 'band', padding: 0.12 },
    marks: [
      Plot.text([1, 3, 5], {
        frameAnchor: 'left',
        y: (n: number) => n,
        dx: -26,
        textAnchor: 'start',
        text: (n: number) => context.say(n === 1 ? 'monday' : n === 3 ? 'wednesday' : 'friday'),
        fill: colour.ink,
        ariaLabel: () => 'label',
      }),
      Plot.barX(cells, {
        x1: ({ week }) => week + 0.06,
        x2: ({ week }) => week + 0.94,
        y: 'weekday',
        fill: ({ row }) => (Number(row.lit_count) === 0 ? colour.faint : colour.lit),
        fillOpacity: ({ row }) => (Number(row.lit_count) === 0 ? 0.18 : 0.2 + (0.8 * Number(row.lit_count)) / most),
        stroke: ({ row }) => (row.session === context.session ? colour.ink : 'none'),
        strokeWidth: 1.6,
        ariaLabel: () => 'sessions',
      }),
      Plot.text(
        months.filter(({ week }, i) => i === 0 || week - months[i - 1]!.week >= 3),
        {
          x: ({ week }) => x(week),
          frameAnchor: 'top',
          dy: -14,
          text: ({ row }) => String(Number(String(row.session).slice(5, 7))).padStart(2, '0'),
          fill: colour.ink,
          ariaLabel: () => 'label',
        },
      ),
    ],
  })
}
