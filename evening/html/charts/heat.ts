/**
 * A calendar of the year: one cell for each session, larger and darker the more signals were lit. Every cell has a contrast of 3
 * against the page, in both themes: one without a lit signal has an outline, and the faintest lit one is dark enough.
 */
import * as Plot from '@observablehq/plot'
import type { Row } from '../../gather/subject.ts'
import type { ChartContext, Drawing } from '../exhibit.ts'
import { colour, drawn, size } from './frame.ts'

const dayMs = 86_400_000
const weekOf = (session: string) => Math.floor((Date.parse(session) / dayMs + 3) / 7)
const weekdayOf = (session: string) => new Date(session).getUTCDay()

/** Opacity of the faintest lit cell. Colours of lit marks have a contrast of 6 and more against the page. */
const faintest = 0.66

/** Room for the names of the days, which keep apart from the first cell. */
const left = 40

/** Half of the height of a cell, in rows: from a third of the row to nearly all of it. */
const halfHeight = (share: number) => 0.17 + 0.27 * share

export const heat = (rows: readonly Row[], context: ChartContext): Drawing => {
  const first = weekOf(String(rows[0]?.session ?? context.session))
  const most = Math.max(1, ...rows.map((row) => Number(row.lit_count)))
  const cells = rows.map((row) => ({
    /** Share of the most signals that were lit in the year. 0 is the smallest cell, without a fill. */
    share: Number(row.lit_count) / most,
    week: weekOf(String(row.session)) - first,
    weekday: weekdayOf(String(row.session)),
    row,
  }))
  const weeks = Math.max(1, ...cells.map(({ week }) => week + 1))
  const months = cells.filter(
    ({ row }, i) => i > 0 && String(row.session).slice(5, 7) !== String(rows[i - 1]!.session).slice(5, 7),
  )
  const step = (size.width - left - 6) / weeks
  const x = (week: number) => week + 0.5
  return drawn(context, {
    marginLeft: left,
    marginRight: 6,
    marginTop: 20,
    marginBottom: 6,
    height: 26 + 5 * Math.max(14, step * 2),
    x: { domain: [0, weeks], axis: null },
    y: { domain: [5.5, 0.5], axis: null },
    marks: [
      Plot.text([1, 3, 5], {
        frameAnchor: 'left',
        y: (n: number) => n,
        dx: 4 - left,
        textAnchor: 'start',
        text: (n: number) => context.say(n === 1 ? 'monday' : n === 3 ? 'wednesday' : 'friday'),
        fill: colour.ink,
        ariaLabel: () => 'label',
      }),
      Plot.rect(cells, {
        x1: ({ week }) => week + 0.06,
        x2: ({ week }) => week + 0.94,
        y1: ({ weekday, share }) => weekday - halfHeight(share),
        y2: ({ weekday, share }) => weekday + halfHeight(share),
        fill: ({ share }) => (share === 0 ? 'none' : colour.lit),
        fillOpacity: ({ share }) => faintest + (1 - faintest) * share,
        stroke: ({ row, share }) =>
          row.session === context.session ? colour.ink : share === 0 ? colour.faint : 'none',
        strokeWidth: ({ row }) => (row.session === context.session ? 1.6 : 0.6),
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
