/** Bars inside a session at the limits of what can land: each symbol has another shape, and one series lacks bars. */
import { allSessions } from '../../calendar/sessions.ts'
import { type BarFigures, sessions, shapes } from './extreme-bars.ts'
import { largest, type Rows, smallest } from './extreme-figures.ts'

const days = sessions.slice(-6)
const interval = 5
const bounds: readonly number[] = [smallest, 1e-6, 1, 1e9, largest]

const timesOf = (session: string): string[] => {
  const { opensAt, closesAt } = allSessions().find((each) => each.session === session)!
  const count = (closesAt - opensAt) / (interval * 60_000)
  return Array.from({ length: count }, (_, i) => new Date(opensAt + i * interval * 60_000).toISOString())
}

const rowsOf = (symbol: string, feed: string, figuresOn: (i: number, n: number) => BarFigures | undefined): Rows =>
  days.flatMap((session, day) => {
    const times = timesOf(session)
    return times.flatMap((bar_start, i) => {
      const figures = figuresOn(day * times.length + i, days.length * times.length)
      if (!figures) return []
      return [{ symbol, session, bar_start, interval_minutes: interval, feed, vwap: '', ...figures }]
    })
  })

export const extremeIntraday: Rows = [
  ...Object.entries(shapes).flatMap(([name, shape]) => rowsOf(name.toUpperCase(), 'consolidated', shape)),
  ...rowsOf('TURNED', 'iex', (i) => shapes.ordinary(i)),
  ...bounds.flatMap((price, nth) =>
    rowsOf(`BOUND${nth}`, 'consolidated', (i) => ({
      ...{ open: price, high: price * 2, low: price, close: i % 2 ? price : price * 2 },
      volume: bounds[i % bounds.length]!,
    })),
  ),
]
