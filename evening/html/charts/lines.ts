/** Lines by session: one continuous path for each series, with its name and value at its end. */
import * as Plot from '@observablehq/plot'
import type { Row } from '../../gather/subject.ts'
import type { Key } from '../../language/language.ts'
import type { ChartContext, Drawing, LineData } from '../exhibit.ts'
import {
  at,
  colour,
  day,
  drawn,
  endLabels,
  type Figure,
  figures,
  known,
  type Label,
  lineColours,
  marginFor,
  sessionAxis,
  widthOf,
} from './frame.ts'

export interface Series {
  readonly column: string
  /** Its name, if the chart has several. */
  readonly label: Key
}

export interface LineOptions {
  readonly series: readonly Series[]
  readonly figure: Figure
  /** Level at which it counts as lit. */
  readonly threshold?: number
  readonly zero?: boolean
  /** Rows of which each line is made: each name has lines of its own, labelled with it. Without it all rows are one line. */
  readonly by?: (row: Row, context: Pick<ChartContext, 'say'>) => string
}

/** The first part of each name if that tells them apart, else the whole names. */
const shortNames = (names: readonly string[]): readonly string[] => {
  const first = names.map((name) => name.split(', ')[0]!)
  return new Set(first).size === names.length ? first : names
}

/** The rows in groups by name, each in their order. A single group needs no name. */
export const grouped = (
  rows: readonly Row[],
  by: LineOptions['by'],
  context: Pick<ChartContext, 'say'>,
): readonly (readonly [string, readonly Row[]])[] => {
  if (!by) return [['', rows]]
  const groups = new Map<string, Row[]>()
  for (const row of rows) {
    const name = by(row, context)
    groups.set(name, [...(groups.get(name) ?? []), row])
  }
  const names = shortNames([...groups.keys()])
  return groups.size > 1 ? [...groups.values()].map((own, i) => [names[i]!, own] as const) : [['', rows]]
}

interface Line {
  readonly name: string
  readonly column: string
  readonly points: readonly Row[]
  readonly stroke: string
  readonly isSecond: boolean
}

/** One line for each name and series that has values. */
const linesOf = (rows: readonly Row[], { series, by }: LineOptions, context: ChartContext): Line[] => {
  const groups = grouped(rows, by, context)
  const found = groups.flatMap(([name, own], place) =>
    series.flatMap(({ column, label }, i) => {
      const points = known(own, column)
      if (points.length === 0) return []
      const stroke = lineColours[(groups.length > 1 ? place : i) % lineColours.length]!
      const named = name && i === 0 ? name : context.say(label)
      return [{ name: named, column, points, stroke, isSecond: groups.length > 1 && i > 0 }]
    }),
  )
  return found
}

const sessionOf = ({ session }: Row) => String(session)

/** The name of the line and its last value; with its date if that is not the end of the chart. */
const labelOf = ({ name, column, points, stroke }: Line, isAlone: boolean, figure: Figure, end: string): Label => {
  const last = points.at(-1)!
  const value = figures[figure].written(Number(last[column]))
  const text = `${isAlone ? '' : `${name} `}${value}${last.session === end ? '' : ` (${String(last.session).slice(5)})`}`
  return { x: day(last), y: Number(last[column]), text, colour: stroke }
}

const levelText = (level: number, { figure }: LineOptions, { say }: ChartContext): string =>
  say('lit_beyond', { level: figures[figure].tick(level) })

/** The same lines for a chart that a script draws: a value of each line for every session that one of them has. */
export const lineData = (rows: readonly Row[], context: ChartContext, options: LineOptions): LineData => {
  const own = linesOf(rows, options, context)
  const sessions = [...new Set(own.flatMap(({ points }) => points.map((row) => String(row.session))))].sort()
  const valuesOf = ({ points, column }: Line) => {
    const found = new Map(points.map((row) => [String(row.session), Number(row[column])]))
    return sessions.map((session) => found.get(session) ?? null)
  }
  const { figure, threshold } = options
  return {
    sessions,
    lines: own.map((line) => ({ name: line.name, values: valuesOf(line) })),
    figure,
    ...(threshold === undefined ? {} : { level: threshold, levelText: levelText(threshold, options, context) }),
  }
}

/** The session of the page is marked by a rule and a dot on each line. */
export const lines = (rows: readonly Row[], context: ChartContext, options: LineOptions): Drawing => {
  const { threshold, zero, figure } = options
  const own = linesOf(rows, options, context)
  const end =
    own
      .map(({ points }) => String(points.at(-1)!.session))
      .sort()
      .at(-1) ?? context.session
  const labels = own.map((each) => labelOf(each, own.length === 1, figure, end))
  const { tick } = figures[figure]
  const atLevel = threshold === undefined ? [] : [threshold]
  const litAt = atLevel.map((level) => levelText(level, options, context))
  const start = own[0]?.points[0]
  return drawn(context, {
    marginRight: marginFor(labels.map(({ text }) => text)),
    marginLeft: Math.max(
      40,
      12 +
        Math.max(
          ...own.flatMap(({ points, column }) =>
            points.map((row) => widthOf(tick(Number(row[column])).replace(/\.\d+/, '.0'))),
          ),
          0,
        ),
    ),
    x: sessionAxis(context, 4, [context.session, ...own.flatMap(({ points }) => points.map(sessionOf))]),
    y: { label: null, grid: true, ticks: 5, nice: true, zero: zero ?? false, tickFormat: tick },
    marks: [
      Plot.ruleX([at(context.session)], { stroke: colour.lit, strokeDasharray: '2,3', ariaLabel: () => 'session' }),
      Plot.ruleY(atLevel, {
        stroke: colour.lit,
        strokeDasharray: '6,4',
        strokeOpacity: 0.8,
        ariaLabel: () => 'threshold',
      }),
      ...own.map(({ name, column, points, stroke, isSecond }) =>
        Plot.lineY(points as Row[], {
          x: day,
          y: column,
          stroke,
          strokeWidth: isSecond ? 1.2 : 1.8,
          ...(isSecond ? { strokeDasharray: '5,3' } : {}),
          ariaLabel: () => name,
        }),
      ),
      ...own.map(({ column, points, stroke }) =>
        Plot.dot(
          points.filter((row) => row.session === context.session),
          { x: day, y: column, fill: stroke, stroke: 'var(--ground)', r: 4, ariaLabel: () => context.session },
        ),
      ),
      ...(start && atLevel.length
        ? [
            Plot.text(litAt, {
              x: () => day(start),
              y: () => threshold,
              text: (text: string) => text,
              textAnchor: 'start',
              dy: -7,
              fill: colour.lit,
              stroke: 'var(--ground)',
              strokeWidth: 4,
              ariaLabel: () => 'label',
            }),
          ]
        : []),
      endLabels(labels),
    ],
  })
}
