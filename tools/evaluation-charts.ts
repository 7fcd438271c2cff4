/** The charts of docs/evaluation.md, as SVG that needs no style sheet. */
import * as Plot from '@observablehq/plot'
import type { CurvePoint } from '../evaluate/curves.ts'
import { newDocument } from '../evening/html/document.ts'

const blue = '#1f6feb'
const grey = '#8b949e'
const red = '#cf222e'
const band = '#f3d6d6'

const drawn = (options: Plot.PlotOptions): string => {
  const element = Plot.plot({
    style: { background: 'white', fontSize: '13px', fontFamily: 'sans-serif', color: '#1f2328' },
    ...options,
    document: newDocument() as never,
  })
  const svg = element.outerHTML.replace('<svg ', '<svg xmlns="http://www.w3.org/2000/svg" ')
  return `${svg.replace(/(xmlns="[^"]*" )(.*?)xmlns="[^"]*"/, '$1$2')}\n`
}

/** Two ROC curves, and the diagonal that noise gives. */
export const rocChart = (
  curve: readonly CurvePoint[],
  vix: readonly CurvePoint[],
  names: readonly [string, string],
): string => {
  const of = (points: readonly CurvePoint[], stroke: string) =>
    Plot.lineY(points, { x: 'falseAlarmRate', y: 'hitRate', stroke, strokeWidth: 2 })
  return drawn({
    width: 560,
    height: 520,
    marginLeft: 60,
    marginBottom: 48,
    x: { label: 'share of other sessions at or above the level', domain: [0, 1], grid: true, labelAnchor: 'center' },
    y: { label: 'share of sessions before a fall at or above the level', domain: [0, 1], grid: true },
    marks: [
      Plot.line(
        [
          [0, 0],
          [1, 1],
        ],
        { stroke: grey, strokeDasharray: '4,4' },
      ),
      of(vix, grey),
      of(curve, blue),
      Plot.text(
        [
          { x: 0.98, y: 0.12, text: names[0], fill: blue },
          { x: 0.98, y: 0.06, text: names[1], fill: '#57606a' },
        ],
        { x: 'x', y: 'y', text: 'text', fill: 'fill', textAnchor: 'end', fontWeight: 'bold' },
      ),
    ],
  })
}

export interface YearPoint {
  readonly session: string
  readonly value: number
  readonly isAlarm: boolean
  readonly isBeforeFall: boolean
}

const dayMs = 86_400_000

/** One panel per year: the score, its alarms, and the sessions before falls as bands, each up to the next session. */
export const yearsChart = (points: readonly YearPoint[]): string => {
  const dayOf = ({ session }: YearPoint) => new Date(`2000${session.slice(4)}T00:00:00Z`)
  const yearOf = ({ session }: YearPoint) => session.slice(0, 4)
  const rows = points.map((point, i) => {
    const next = points[i + 1]
    const day = dayOf(point)
    const until = next && yearOf(next) === yearOf(point) ? dayOf(next) : new Date(day.getTime() + dayMs)
    return { ...point, year: yearOf(point), day, until }
  })
  return drawn({
    width: 900,
    height: 980,
    marginLeft: 48,
    marginRight: 56,
    marginTop: 40,
    x: { label: null, tickFormat: '%b' },
    y: { label: 'early warning', domain: [0, 1], ticks: 3, grid: true },
    fy: { label: null, padding: 0.18 },
    marks: [
      Plot.rectY(
        rows.filter(({ isBeforeFall }) => isBeforeFall),
        { x1: 'day', x2: 'until', y1: 0, y2: 1, fy: 'year', fill: band },
      ),
      Plot.lineY(rows, { x: 'day', y: 'value', fy: 'year', stroke: blue, strokeWidth: 1.5 }),
      Plot.dot(
        rows.filter(({ isAlarm }) => isAlarm),
        { x: 'day', y: 'value', fy: 'year', fill: red, r: 2.5 },
      ),
      Plot.frame({ stroke: '#d0d7de' }),
    ],
  })
}
