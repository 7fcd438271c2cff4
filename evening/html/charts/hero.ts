/** The year up to the session: the index, and below it how many signals were lit on each evening. */
import * as Plot from '@observablehq/plot'
import type { YearDay } from '../../gather/year.ts'
import { onAxis } from '../../language/numbers.ts'
import type { ChartContext, Drawing } from '../exhibit.ts'
import { at, colour, drawn, endLabels, figures, firstSize, marginFor, sessionAxis } from './frame.ts'

export const litYear = (days: readonly YearDay[], context: ChartContext): Drawing => {
  const closes = days.filter(({ close }) => close !== null)
  const values = closes.map(({ close }) => close!)
  const [low, high] = values.length ? [Math.min(...values), Math.max(...values)] : [0, 1]
  const room = (high - low || 1) * 0.3
  const floor = low - room * 1.15
  const most = Math.max(1, ...days.map(({ lit_count }) => lit_count))
  const top = (day: YearDay) => floor + (room * day.lit_count) / most
  const last = closes.at(-1)
  const labels = last
    ? [{ x: at(last.session), y: last.close!, text: figures.number.written(last.close!), colour: colour.line }]
    : []
  const own = days.find(({ session }) => session === context.session)
  const counts = own?.known_count
    ? [{ x: at(own.session), y: top(own), text: context.say('hero_lit', { count: own.lit_count }), colour: colour.lit }]
    : []
  const texts = [...labels, ...counts]
  return drawn(
    context,
    {
      marginLeft: 56,
      marginBottom: 40,
      marginRight: marginFor(
        texts.map(({ text }) => text),
        firstSize.fontSize,
      ),
      x: sessionAxis(context, 5, [context.session, ...days.map(({ session }) => session)]),
      y: {
        label: null,
        grid: false,
        domain: [floor, high + room * 0.1],
        ticks: [low, high],
        tickFormat: onAxis.number,
      },
      marks: [
        Plot.axisY({
          ticks: 4,
          label: null,
          tickFormat: (value: number) => (value < low ? '' : onAxis.number(value)),
          tickSize: 0,
        }),
        Plot.ruleX(
          days.filter(({ lit_count }) => lit_count > 0),
          {
            x: ({ session }: YearDay) => at(session),
            y1: floor,
            y2: top,
            stroke: colour.lit,
            strokeWidth: 1.3,
            strokeOpacity: 0.75,
            ariaLabel: () => 'lit',
          },
        ),
        Plot.ruleX([at(context.session)], { stroke: colour.lit, strokeDasharray: '2,3', ariaLabel: () => 'session' }),
        Plot.lineY(closes as YearDay[], {
          x: ({ session }) => at(session),
          y: 'close',
          stroke: colour.line,
          strokeWidth: 2,
          ariaLabel: () => context.say('series_index'),
        }),
        Plot.dot(
          closes.filter(({ session }) => session === context.session),
          {
            x: ({ session }: YearDay) => at(session),
            y: 'close',
            fill: colour.line,
            stroke: 'var(--ground)',
            r: 4.5,
            ariaLabel: () => context.session,
          },
        ),
        endLabels(texts, firstSize.fontSize),
      ],
    },
    firstSize,
  )
}
