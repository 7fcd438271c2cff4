/** The catalysts of a session on New York's clock, with the regular hours behind them. */
import * as Plot from '@observablehq/plot'
import { sessionOf } from '../../../calendar/sessions.ts'
import type { Row } from '../../gather/subject.ts'
import { afterSentence } from '../../language/language.ts'
import { plainNames } from '../../language/names.ts'
import { clock } from '../../language/numbers.ts'
import type { ChartContext, Drawing } from '../exhibit.ts'
import { colour, drawn, known, widthOf } from './frame.ts'

/** The sentence below the drawing counts its marks, and the catalysts without a time. */
export const timelineText = (rows: readonly Row[], { say }: Pick<ChartContext, 'say'>): string => {
  const count = known(rows, 'occurred_at').length
  const others = rows.length - count
  const text = say('alternative_timeline', { count })
  return others ? `${text}${afterSentence(say)}${say('alternative_timeline_others', { count: others })}` : text
}

/** New York's clock as if it were UTC, because the axis has no time zone. */
const onClock = (instant: string) => new Date(`${clock(instant).replace(' ', 'T')}:00Z`)

export const timeline = (rows: readonly Row[], context: ChartContext): Drawing => {
  const shown = known(rows, 'occurred_at').map((row, i) => ({
    line: i,
    at: onClock(String(row.occurred_at)),
    name: [row.entity ?? '', plainNames(String(row.kind), context.say)].filter(Boolean).join(' ').slice(0, 24),
  }))
  const { opensAt, closesAt } = sessionOf(context.session)!
  const [open, close] = [opensAt, closesAt].map((instant) => onClock(new Date(instant).toISOString()))
  const names = Math.max(40, ...shown.map(({ name }) => widthOf(name))) + 14
  return drawn(context, {
    height: 44 + 24 * shown.length,
    marginLeft: names,
    marginRight: 46,
    marginTop: 6,
    x: {
      type: 'utc',
      label: null,
      ticks: 4,
      tickFormat: (at: Date) => at.toISOString().slice(11, 16),
      domain: [new Date(Math.min(open!.getTime(), ...shown.map(({ at }) => at.getTime()))), close!],
    },
    y: { domain: shown.map(({ line }) => line), type: 'band', axis: null },
    marks: [
      Plot.axisY({ tickSize: 0, label: null, tickFormat: (line: number) => shown[line]!.name }),
      Plot.rectX([0], {
        x1: () => open,
        x2: () => close,
        fill: colour.line,
        fillOpacity: 0.1,
        ariaLabel: () => 'regular hours',
      }),
      // The ground alone is too faint to show where the hours begin and end.
      Plot.ruleX([open, close], { stroke: colour.faint, ariaLabel: () => 'edge of regular hours' }),
      Plot.dot(shown, { x: 'at', y: 'line', r: 5, fill: colour.lit, ariaLabel: () => 'catalyst' }),
      Plot.text(shown, {
        x: 'at',
        y: 'line',
        text: ({ at }) => at.toISOString().slice(11, 16),
        dx: 9,
        textAnchor: 'start',
        fontWeight: 600,
        fill: colour.lit,
        ariaLabel: () => 'label',
      }),
    ],
  })
}
