/** Charts of single days: the range of each symbol, and gaps against closes. */
import * as Plot from '@observablehq/plot'
import type { Row } from '../../gather/subject.ts'
import { onAxis } from '../../language/numbers.ts'
import type { ChartContext, Drawing } from '../exhibit.ts'
import { colour, drawn, known } from './frame.ts'

/** The day of each symbol against its previous close: the range, the open as a tick, the close as the head of an arrow. */
export const daysPath = (rows: readonly Row[], context: ChartContext): Drawing => {
  const shown = known(rows, 'close_return')
  const withOpen = known(shown, 'gap_return')
  return drawn(context, {
    marginLeft: 56,
    marginTop: 4,
    height: 36 + 24 * shown.length,
    x: { label: null, grid: true, ticks: 5, tickFormat: onAxis.change, nice: true },
    y: { label: null, domain: shown.map((row) => row.symbol), tickSize: 0 },
    marks: [
      Plot.ruleX([0], { stroke: colour.ink }),
      Plot.ruleY(known(shown, 'high_return') as Row[], {
        y: 'symbol',
        x1: 'low_return',
        x2: 'high_return',
        stroke: colour.faint,
        strokeWidth: 7,
        ariaLabel: () => 'range',
      }),
      Plot.arrow(withOpen as Row[], {
        y: 'symbol',
        x1: 'gap_return',
        x2: 'close_return',
        stroke: (row: Row) => (Number(row.close_return) < Number(row.gap_return) ? colour.lit : colour.line),
        strokeWidth: 2,
        headLength: 6,
        ariaLabel: () => 'open to close',
      }),
      Plot.dot(shown.filter((row) => !withOpen.includes(row)) as Row[], {
        x: 'close_return',
        y: 'symbol',
        r: 4.5,
        fill: (row: Row) => (Number(row.close_return) < 0 ? colour.lit : colour.line),
        ariaLabel: () => 'close',
      }),
      Plot.tickX(withOpen as Row[], {
        x: 'gap_return',
        y: 'symbol',
        stroke: colour.ink,
        strokeWidth: 2.5,
        ariaLabel: () => 'open',
      }),
    ],
  })
}

/** Gaps against what the day came to; the session of the page is marked. */
export const gapsAndCloses = (rows: readonly Row[], context: ChartContext): Drawing => {
  const own = rows.filter((row) => row.session === context.session)
  const gaps = rows.map((row) => Number(row.gap_return))
  const isRight = Number(own[0]?.gap_return) > (Math.min(0, ...gaps) + Math.max(...gaps)) / 2
  return drawn(context, {
    height: 280,
    marginRight: 26,
    grid: true,
    x: { label: null, tickFormat: onAxis.change, ticks: 4, nice: true },
    y: { label: null, tickFormat: onAxis.change, ticks: 5, nice: true },
    marks: [
      Plot.ruleX([0], { stroke: colour.ink }),
      Plot.ruleY([0], { stroke: colour.ink }),
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
      Plot.dot(own, {
        x: 'gap_return',
        y: 'close_return',
        r: 6,
        fill: colour.lit,
        stroke: 'var(--ground)',
        ariaLabel: () => context.session,
      }),
      Plot.text(own, {
        x: 'gap_return',
        y: 'close_return',
        text: 'session',
        dx: isRight ? -10 : 10,
        textAnchor: isRight ? 'end' : 'start',
        fill: colour.lit,
        stroke: 'var(--ground)',
        strokeWidth: 4,
        fontWeight: 600,
        ariaLabel: () => 'label',
      }),
    ],
  })
}
