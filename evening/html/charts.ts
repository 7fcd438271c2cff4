/** Charts as SVG by Observable Plot. Colours are those of the page, so that light and dark are its choice. */
import * as Plot from '@observablehq/plot'
import type { Row } from '../gather/subject.ts'
import type { ChartContext, Drawing } from './exhibit.ts'

const colour = {
  line: 'var(--line)',
  second: 'var(--second)',
  lit: 'var(--lit)',
  faint: 'var(--faint)',
} as const

const size = { width: 480, height: 240, marginLeft: 52, marginRight: 18, style: { fontSize: '13px' } } as const

const day = (row: Row) => new Date(`${row.session}T00:00:00Z`)
const at = (session: string) => new Date(`${session}T00:00:00Z`)
const known = (rows: readonly Row[], name: string) => rows.filter((row) => row[name] !== null)

/** Labels of marks are functions, because Plot takes a plain text for the name of a column and draws no line without a label. */
const drawn = (context: ChartContext, options: Plot.PlotOptions): Drawing =>
  Plot.plot({ ...size, document: context.document as never, ...options }) as unknown as Drawing

export interface Series {
  readonly column: string
  readonly label?: string
}

export interface LineOptions {
  readonly series: readonly Series[]
  /** Level at which it counts as lit. */
  readonly threshold?: number
  /** How the axis writes a value: a format of d3, or a function. */
  readonly tick?: string | ((value: number) => string)
  readonly zero?: boolean
  /** Rows of which each line is made: each name has lines of its own, labelled with it. Without it all rows are one line. */
  readonly by?: (row: Row) => string
}

/** The rows in groups by name, each in their order. A single group needs no name. */
export const grouped = (
  rows: readonly Row[],
  by: LineOptions['by'],
): readonly (readonly [string, readonly Row[]])[] => {
  if (!by) return [['', rows]]
  const groups = new Map<string, Row[]>()
  for (const row of rows) groups.set(by(row), [...(groups.get(by(row)) ?? []), row])
  return groups.size > 1 ? [...groups] : [['', rows]]
}

/** Lines by session; the session of the page is marked. */
export const lines = (
  rows: readonly Row[],
  context: ChartContext,
  { series, threshold, tick, zero, by }: LineOptions,
) => {
  const colours = [colour.line, colour.second]
  const dashes = ['', '6,3', '2,3', '8,3,2,3']
  const present = series.filter(({ column }) => known(rows, column).length > 0)
  const of = (name: string, rows: readonly Row[], place: number) => {
    const own = present.filter(({ column }) => known(rows, column).length > 0)
    const named = (each: Series, i: number) => (name && i === 0 ? { ...each, label: name } : each)
    return own.flatMap((each, i) => line(rows, named(each, i), i, place))
  }
  const line = (rows: readonly Row[], { column, label }: Series, i: number, place: number) => {
    const points = known(rows, column)
    const last = points.at(-1)!
    return [
      Plot.lineY(points, {
        x: day,
        y: column,
        stroke: colours[i]!,
        strokeWidth: 1.6,
        ...(place ? { strokeDasharray: dashes[place % dashes.length]! } : {}),
        ariaLabel: () => label ?? column,
      }),
      ...(label
        ? [
            Plot.text([last], {
              x: day,
              y: column,
              text: [label],
              fill: colours[i]!,
              dy: i ? 12 : -10,
              textAnchor: 'end',
            }),
          ]
        : []),
    ]
  }
  const marked = present[0]
    ? [
        Plot.dot(
          known(rows, present[0].column).filter((row) => row.session === context.session),
          { x: day, y: present[0].column, fill: colour.lit, r: 4.5, ariaLabel: () => context.session },
        ),
      ]
    : []
  return drawn(context, {
    x: { type: 'utc', label: null, ticks: 5 },
    y: { label: null, grid: true, ticks: 5, nice: true, zero: zero ?? false, ...(tick ? { tickFormat: tick } : {}) },
    marks: [
      Plot.ruleX([at(context.session)], { stroke: colour.lit, strokeDasharray: '2,3' }),
      ...(threshold === undefined
        ? []
        : [Plot.ruleY([threshold], { stroke: colour.faint, strokeDasharray: '6,4', ariaLabel: () => 'threshold' })]),
      ...grouped(rows, by).flatMap(([name, own], place) => of(name, own, place)),
      ...marked,
    ],
  })
}

/** Horizontal bars, the widest first unless the rows have an order. */
export const bars = (
  rows: readonly Row[],
  context: ChartContext,
  {
    value,
    name,
    tick,
    isLit,
  }: { value: string; name: (row: Row) => string; tick?: string; isLit: (row: Row) => boolean },
) => {
  const shown = known(rows, value)
  return drawn(context, {
    marginLeft: 170,
    height: 40 + 22 * shown.length,
    x: { label: null, grid: true, ticks: 5, ...(tick ? { tickFormat: tick } : {}) },
    y: { label: null, domain: shown.map(name) },
    marks: [
      Plot.barX(shown, { x: value, y: name, fill: (row: Row) => (isLit(row) ? colour.lit : colour.line) }),
      Plot.ruleX([0]),
    ],
  })
}

/** The day of each symbol against its previous close: the range, the open as a tick, the close as a dot. */
export const daysPath = (rows: readonly Row[], context: ChartContext) => {
  const shown = known(rows, 'close_return')
  const withOpen = known(shown, 'gap_return')
  return drawn(context, {
    marginLeft: 60,
    height: 50 + 26 * shown.length,
    x: { label: null, grid: true, ticks: 6, tickFormat: '+.1%' },
    y: { label: null, domain: shown.map((row) => row.symbol) },
    marks: [
      Plot.ruleX([0], { stroke: 'currentColor' }),
      Plot.ruleY(known(shown, 'high_return'), {
        y: 'symbol',
        x1: 'low_return',
        x2: 'high_return',
        stroke: colour.faint,
        strokeWidth: 7,
        ariaLabel: () => 'range',
      }),
      Plot.arrow(withOpen, {
        y: 'symbol',
        x1: 'gap_return',
        x2: 'close_return',
        stroke: (row: Row) => (Number(row.close_return) < Number(row.gap_return) ? colour.lit : colour.second),
        strokeWidth: 2,
        headLength: 6,
        ariaLabel: () => 'open to close',
      }),
      Plot.tickX(withOpen, {
        x: 'gap_return',
        y: 'symbol',
        stroke: colour.line,
        strokeWidth: 2.5,
        ariaLabel: () => 'open',
      }),
    ],
  })
}

/** Gaps against what the day came to; the session of the page is marked. */
export const gapsAndCloses = (rows: readonly Row[], context: ChartContext) => {
  const own = rows.filter((row) => row.session === context.session)
  return drawn(context, {
    height: 320,
    grid: true,
    x: { label: null, tickFormat: '+.0%', ticks: 6 },
    y: { label: null, tickFormat: '+.0%', ticks: 6 },
    marks: [
      Plot.ruleX([0], { stroke: 'currentColor' }),
      Plot.ruleY([0], { stroke: 'currentColor' }),
      Plot.dot(
        rows.filter((row) => row.session !== context.session),
        {
          x: 'gap_return',
          y: 'close_return',
          r: 2.6,
          fill: (row: Row) => (row.is_gap_and_reverse ? colour.second : colour.faint),
          ariaLabel: () => 'sessions',
        },
      ),
      Plot.dot(own, { x: 'gap_return', y: 'close_return', r: 6, fill: colour.lit, ariaLabel: () => context.session }),
      Plot.text(own, { x: 'gap_return', y: 'close_return', text: 'session', dy: 14, fill: colour.lit }),
    ],
  })
}
