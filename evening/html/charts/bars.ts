/** Horizontal bars with their values, and a waterfall of contributions that add up. */
import * as Plot from '@observablehq/plot'
import type { Row } from '../../gather/subject.ts'
import { points } from '../../language/numbers.ts'
import type { ChartContext, Drawing } from '../exhibit.ts'
import { colour, drawn, type Figure, figures, known, widthOf } from './frame.ts'

const rowHeight = 22

export interface BarOptions {
  readonly value: string
  readonly name: (row: Row) => string
  readonly figure: Figure
  readonly isLit: (row: Row) => boolean
}

/** In the order of the rows. The value is written beside each bar, so the chart needs no axis. */
export const bars = (
  rows: readonly Row[],
  context: ChartContext,
  { value, name, figure, isLit }: BarOptions,
): Drawing => {
  const shown = known(rows, value)
  const written = (row: Row) => figures[figure].written(Number(row[value]))
  const room = Math.max(0, ...shown.map((row) => widthOf(written(row)))) + 8
  const hasNegative = shown.some((row) => Number(row[value]) < 0)
  const label = (sign: 1 | -1): Plot.Markish =>
    Plot.text(
      shown.filter((row) => Number(row[value]) < 0 === sign < 0),
      {
        x: value,
        y: name,
        text: written,
        dx: 5 * sign,
        textAnchor: sign > 0 ? 'start' : 'end',
        fill: colour.ink,
        ariaLabel: () => 'label',
      },
    )
  const names = Math.max(0, ...shown.map((row) => widthOf(name(row)))) + 12
  return drawn(context, {
    marginLeft: names + (hasNegative ? room : 0),
    marginRight: room,
    marginTop: 4,
    marginBottom: 4,
    height: 8 + rowHeight * shown.length,
    x: { axis: null },
    y: { label: null, domain: shown.map(name), tickSize: 0, axis: null },
    marks: [
      Plot.axisY({ tickSize: 0, label: null, dx: hasNegative ? -room : 0, lineWidth: 30 }),
      Plot.barX(shown, { x: value, y: name, inset: 3, fill: (row: Row) => (isLit(row) ? colour.lit : colour.line) }),
      Plot.ruleX([0]),
      label(1),
      label(-1),
    ],
  })
}

export interface Step {
  readonly name: string
  readonly from: number
  readonly to: number
}

/** Parts that add up, each beginning where the one before ends; the last bar is their sum. */
export const waterfall = (
  rows: readonly Row[],
  context: ChartContext,
  { value, name, total }: { value: string; name: (row: Row) => string; total: string },
): Drawing => {
  const steps: (Step & { isTotal: boolean })[] = []
  let sum = 0
  for (const row of known(rows, value)) {
    const to = sum + Number(row[value])
    steps.push({ name: name(row), from: sum, to, isTotal: false })
    sum = to
  }
  const all = [...steps, { name: total, from: 0, to: sum, isTotal: true }]
  const written = (step: Step & { isTotal: boolean }) => `${step.isTotal ? '' : '+'}${points(step.to - step.from)}`
  return drawn(context, {
    marginLeft: Math.max(...all.map((each) => widthOf(each.name))) + 12,
    marginRight: 44,
    marginTop: 4,
    marginBottom: 4,
    height: 8 + rowHeight * all.length,
    x: { axis: null, domain: [0, Math.max(sum, 1)] },
    y: { label: null, domain: all.map((each) => each.name), tickSize: 0 },
    marks: [
      Plot.barX(all, {
        x1: 'from',
        x2: 'to',
        y: 'name',
        inset: 3,
        fill: (step) => (step.isTotal ? colour.ink : colour.line),
      }),
      Plot.ruleX([0]),
      Plot.text(all, {
        x: 'to',
        y: 'name',
        text: written,
        dx: 5,
        textAnchor: 'start',
        fill: colour.ink,
        ariaLabel: () => 'label',
      }),
    ],
  })
}
