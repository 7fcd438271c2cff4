/** The path of the day: returns from the previous close by the minute, with the catalysts that came out inside it. */
import * as Plot from '@observablehq/plot'
import { sessionOf } from '../../../calendar/sessions.ts'
import type { Row } from '../../gather/subject.ts'
import { clockAt } from '../../language/numbers.ts'
import type { ChartContext, Drawing } from '../exhibit.ts'
import { colour, drawn, endLabels, figures, firstSize, known, lineColours, marginFor, widthOf } from './frame.ts'

export interface Mark {
  readonly at: string
  readonly title: string
}

const minuteMs = 60_000

interface Named {
  readonly minute: number
  readonly name: string
}

/** Names that would run into one another become one, between their lines: "1, 2". */
const named = (lines: readonly Named[], minuteWidth: number): readonly Named[] => {
  const groups: Named[][] = []
  const nameOf = (group: readonly Named[]) => group.map(({ name }) => name).join(', ')
  for (const line of [...lines].sort((a, b) => a.minute - b.minute)) {
    const group = groups.at(-1)
    const room = group && (line.minute - group.at(-1)!.minute) * minuteWidth
    if (room !== undefined && room < widthOf(nameOf(group!), firstSize.fontSize) + 4) group!.push(line)
    else groups.push([line])
  }
  return groups.map((group) => ({
    minute: (group[0]!.minute + group.at(-1)!.minute) / 2,
    name: nameOf(group),
  }))
}

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
  const marginLeft = 66
  const marginRight = marginFor(
    labels.map(({ text }) => text),
    firstSize.fontSize,
  )
  const minuteWidth = (firstSize.width - marginLeft - marginRight) / (length - start)
  // Every second hour. The last one needs room beside the end.
  const hours = [90, 210, 330].filter((minute) => minute < length - 75)
  return drawn(
    context,
    {
      marginTop: 35,
      marginLeft,
      marginBottom: 36,
      marginRight,
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
        Plot.text(named(shown, minuteWidth), {
          x: 'minute',
          frameAnchor: 'top',
          dy: -21,
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
