/** The term structure of implied volatility on the evening. */
import * as Plot from '@observablehq/plot'
import type { Row } from '../../gather/subject.ts'
import { onAxis } from '../../language/numbers.ts'
import type { ChartContext, Drawing } from '../exhibit.ts'
import { colour, drawn, known } from './frame.ts'

/** A label at the side of its point away from the neighbour, so that the line does not run through it. */
const labelOf = (own: readonly Row[], i: number) => {
  const close = (n: number) => Number(own[n]!.close)
  const isFirst = i === 0
  const isOuter = isFirst || i === own.length - 1
  const isAbove = !isOuter || close(i) >= close(isFirst ? i + 1 : i - 1)
  return {
    dy: isAbove ? -13 : 15,
    // The outer labels reach inwards, so that they lie neither on the axis nor beyond the chart.
    dx: isFirst ? -2 : isOuter ? 2 : 0,
    textAnchor: isFirst ? ('start' as const) : isOuter ? ('end' as const) : ('middle' as const),
  }
}

/** One point for each index by the days that it looks ahead, at least two, and the curve of a month before for comparison. */
export const curve = (rows: readonly Row[], context: ChartContext): Drawing => {
  const [own, before] = [known(rows, 'close'), known(rows, 'close_before')]
  const place = { x: 'days_ahead', y: 'close' }
  const label = (row: Row) => `${row.symbol} ${Number(row.close).toFixed(2)}`
  return drawn(context, {
    marginLeft: 40,
    marginRight: 40,
    marginTop: 26,
    x: {
      type: 'log',
      label: null,
      ticks: own.map((row) => Number(row.days_ahead)),
      tickFormat: (days: number) => context.say('count_days', { count: days }),
    },
    y: { label: null, grid: true, ticks: 4, nice: true, insetBottom: 14, tickFormat: onAxis.number },
    marks: [
      Plot.lineY(before as Row[], {
        x: 'days_ahead',
        y: 'close_before',
        stroke: colour.faint,
        strokeWidth: 1.6,
        strokeDasharray: '5,3',
        ariaLabel: () => 'before',
      }),
      Plot.lineY(own as Row[], {
        ...place,
        stroke: colour.line,
        strokeWidth: 2,
        ariaLabel: () => context.session,
      }),
      Plot.dot(own as Row[], {
        ...place,
        fill: colour.line,
        r: 3.5,
        ariaLabel: () => context.session,
      }),
      ...own.map((row, i) =>
        Plot.text([row] as Row[], {
          ...place,
          text: label,
          ...labelOf(own, i),
          fill: colour.line,
          fontWeight: 600,
          stroke: 'var(--ground)',
          strokeWidth: 4,
          ariaLabel: () => 'label',
        }),
      ),
    ],
  })
}
