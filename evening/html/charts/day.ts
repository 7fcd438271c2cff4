/** The path of the day: returns from the previous close by the minute, with the catalysts that came out inside it. */
import * as Plot from '@observablehq/plot'
import { sessionOf } from '../../../calendar/sessions.ts'
import type { Row } from '../../gather/subject.ts'
import { clockAt } from '../../language/numbers.ts'
import type { ChartContext, Drawing } from '../exhibit.ts'
import { colour, drawn, endLabels, figures, firstSize, known, lineColours, marginFor } from './frame.ts'

export interface Mark {
  readonly at: string
  readonly title: string
}

const minuteMs = 60_000

/** Lines in order: the fund first. Marks are numbered; their titles are below the picture. */
export const dayPath = (rows: readonly Row[], context: ChartContext, marks: readonly Mark[]): Drawing => {
  const { opensAt, closesAt } = sessionOf(context.session)!
  const length = (closesAt - opensAt) / minuteMs
  const symbols = [...new Set(rows.map((row) => String(row.symbol)))].sort(
    (a, b) => Number(b === 'SPY') - Number(a === 'SPY'),
  )
  const column = 'return_since_previous_close'
  const own = symbols
    .map((symbol, i) => ({
      symbol,
      stroke: lineColours[i]!,
      points: known(rows, column).filter((row) => row.symbol === symbol),
    }))
    .filter(({ points }) => points.length > 0)
  const labels = own.map(({ symbol, stroke, points }) => {
    const last = points.at(-1)!
    return {
      x: Number(last.at_minute),
      y: Number(last[column]),
      text: `${symbol} ${figures.change.written(Number(last[column]))}`,
      colour: stroke,
    }
  })
  const before = marks.map(({ at }, i) => ({ minute: (Date.parse(at) - opensAt) / minuteMs, name: String(i + 1) }))
  const first = Math.min(0, ...before.map(({ minute }) => minute))
  // News of the evening before stands at the edge.
  const start = Math.max(first, -75)
  const shown = before.map(({ minute, name }) => ({ minute: Math.max(minute, start), name }))
  // Every second hour. The last one needs room beside the end.
  const hours = [90, 210, 330].filter((minute) => minute < length - 75)
  return drawn(
    context,
    {
      marginTop: 30,
      marginLeft: 66,
      marginBottom: 36,
      marginRight: marginFor(
        labels.map(({ text }) => text),
        firstSize.fontSize,
      ),
      x: {
        domain: [start, length],
        label: null,
        ticks: [0, ...hours, length],
        tickFormat: (minute: number) => clockAt(context.session, minute),
      },
      y: { label: null, grid: true, ticks: 6, nice: true, tickFormat: figures.change.tick },
      marks: [
        Plot.ruleY([0], { stroke: colour.ink }),
        Plot.ruleX(shown, { x: 'minute', stroke: colour.faint, strokeDasharray: '3,3', ariaLabel: () => 'catalyst' }),
        Plot.text(shown, {
          x: 'minute',
          frameAnchor: 'top',
          dy: -16,
          text: 'name',
          fontWeight: 600,
          fill: colour.ink,
          ariaLabel: () => 'label',
        }),
        ...own.map(({ symbol, stroke, points }) =>
          Plot.lineY(points as Row[], { x: 'at_minute', y: column, stroke, strokeWidth: 1.8, ariaLabel: () => symbol }),
        ),
        endLabels(labels, firstSize.fontSize),
      ],
    },
    firstSize,
  )
}
