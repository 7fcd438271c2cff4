/** What all charts share: size, colours, rows with a value, and labels that stand apart. Charts are SVG by Observable Plot. */
import * as Plot from '@observablehq/plot'
import type { Row } from '../../gather/subject.ts'
import { decimal, dollars, onAxis, percent, points, signedPercent } from '../../language/numbers.ts'
import type { ChartContext, Drawing, Figure } from '../exhibit.ts'

/** Colours are those of the page, so a chart follows its light or dark mode. */
export const colour = {
  line: 'var(--line)',
  second: 'var(--second)',
  third: 'var(--good)',
  lit: 'var(--lit)',
  faint: 'var(--faint)',
  ink: 'currentColor',
} as const

/** Colours of several lines in one chart, in order. */
export const lineColours = [colour.line, colour.second, colour.third, colour.faint] as const

/** Drawn at the width of a phone, so that its text is readable there. */
export const size = { width: 400, height: 210, fontSize: 12 } as const

/** The first chart is wider. Its letters are those of a phone, and the page makes them smaller where it has more room. */
export const firstSize = { width: 480, height: 290, fontSize: 15 } as const

/** How a figure is written beside a mark, and on an axis. */
export const figures = {
  number: { written: decimal, tick: onAxis.number },
  points: { written: points, tick: onAxis.points },
  share: { written: percent, tick: onAxis.share },
  change: { written: signedPercent, tick: onAxis.change },
  dollars: { written: dollars, tick: onAxis.dollars },
} as const satisfies Readonly<Record<Figure, unknown>>

/**
 * A tick of a time axis in Chinese: years, months or days, and the year below the first tick of each. The library gives all ticks, which its
 * types leave out.
 */
const chineseTick = (at: Date, i: number, all: readonly Date[] = []): string => {
  const isFirstOf = (part: 'month' | 'year') => (each: Date) =>
    each.getUTCDate() === 1 && (part === 'month' || each.getUTCMonth() === 0)
  const year = `${at.getUTCFullYear()}年`
  if (all.every(isFirstOf('year'))) return year
  const month = `${at.getUTCMonth() + 1}月`
  const own = all.every(isFirstOf('month')) ? month : `${month}${at.getUTCDate()}日`
  return all[i - 1]?.getUTCFullYear() === at.getUTCFullYear() ? own : `${own}\n${year}`
}

/** A tick of an axis of a few days in English, with the year below the first tick of each. */
const englishDay = (at: Date, i: number, all: readonly Date[] = []): string => {
  const own = at.toLocaleDateString('en-US', { month: 'short', day: 'numeric', timeZone: 'UTC' })
  const year = at.getUTCFullYear()
  return all[i - 1]?.getUTCFullYear() === year ? own : `${own}\n${year}`
}

const dayMs = 86_400_000

/**
 * The axis of these sessions. The chart library writes its ticks in English, and puts hours between fewer days than ticks. Such an axis has a
 * tick for each session.
 */
export const sessionAxis = ({ say }: Pick<ChartContext, 'say'>, count: number, sessions: readonly string[]) => {
  const isChinese = say('language') === 'zh'
  const own = [...new Set(sessions)].sort()
  const days = own.length ? (Date.parse(own.at(-1)!) - Date.parse(own[0]!)) / dayMs : 0
  const format = isChinese ? chineseTick : days < count ? englishDay : undefined
  return {
    type: 'utc',
    label: null,
    ticks: days < count ? own.map(at) : count,
    ...(format ? { tickFormat: format } : {}),
  } as const
}

export type { Figure }

export const day = (row: Row) => new Date(`${row.session}T00:00:00Z`)
export const at = (session: string) => new Date(`${session}T00:00:00Z`)
export const known = (rows: readonly Row[], name: string) =>
  rows.filter((row) => row[name] !== null && row[name] !== undefined)

/** Room that a text takes in a chart. Fonts differ, so this is on the safe side. */
export const widthOf = (text: string, fontSize: number = size.fontSize): number =>
  [...text].reduce((sum, letter) => sum + (letter > '\u2e80' ? fontSize : fontSize * 0.58), 0)

/** Labels of marks are functions, because Plot takes a plain text for the name of a column and draws no line without a label. */
export const drawn = (
  context: ChartContext,
  options: Plot.PlotOptions,
  { width, height, fontSize }: typeof size | typeof firstSize = size,
): Drawing =>
  Plot.plot({
    width,
    height,
    marginTop: 18,
    marginBottom: 32,
    marginLeft: 48,
    marginRight: 18,
    style: { fontSize: `${fontSize}px` },
    document: context.document as never,
    ...options,
  }) as unknown as Drawing

export interface Label {
  readonly x: Date | number | string
  readonly y: number | string
  readonly text: string
  readonly colour: string
}

/** Places in order of height, pushed apart until each has a line of its own, and kept above the lower end. */
export const apart = (
  places: readonly number[],
  lowest: number,
  highest: number,
  fontSize: number = size.fontSize,
): number[] => {
  const lineHeight = fontSize + 3
  const order = places.map((_, i) => i).sort((a, b) => places[a]! - places[b]!)
  const found = [...places]
  for (const [n, i] of order.entries())
    found[i] = Math.max(places[i]!, n === 0 ? highest : found[order[n - 1]!]! + lineHeight)
  for (const [n, i] of order.toReversed().entries())
    found[i] = Math.min(found[i]!, n === 0 ? lowest : found[order.toReversed()[n - 1]!]! - lineHeight)
  return found
}

/** Texts at the right ends of lines: beside the last point, and not on top of one another. */
export const endLabels = (labels: readonly Label[], fontSize: number = size.fontSize): Plot.Markish => {
  const options: Plot.TextOptions = {
    x: 'x',
    y: 'y',
    text: 'text',
    fill: 'colour',
    dx: 7,
    textAnchor: 'start',
    fontWeight: 600,
    ariaLabel: () => 'label',
  }
  const spread: Plot.InitializerFunction = (_data, facets, channels, scales, dimensions) => {
    const { y } = scales as unknown as Record<string, (value: unknown) => number>
    const values = (channels as Record<string, { value: ArrayLike<unknown> }>).y!.value
    const places = Array.from(values, (value) => y!(value))
    const { height, marginTop, marginBottom } = dimensions as unknown as Record<string, number>
    return {
      data: _data,
      facets,
      channels: { y: { value: apart(places, height! - marginBottom! - 4, marginTop! + 4, fontSize) } },
    }
  }
  return Plot.text(labels as Label[], Plot.initializer(options, spread) as Plot.TextOptions)
}

/** Bold letters are wider. */
const boldness = 1.1

/** Margin that the longest of these texts needs beside a line. */
export const marginFor = (texts: readonly string[], fontSize: number = size.fontSize): number =>
  14 + Math.max(8, ...texts.map((text) => widthOf(text, fontSize) * boldness))
