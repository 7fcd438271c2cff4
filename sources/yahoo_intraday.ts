/** Yahoo v8 chart: bars inside the session, of five minutes for the ETFs of the universe and of one minute for symbols that it names. */
import { newYorkDate, newYorkInstant, sessionsBetween } from '../calendar/sessions.ts'
import { intradayBars } from '../schemas/tables/intraday_bars.ts'
import { changed, refuseOther } from './shared/wire.ts'
import { barsOf, chartOf, chartUrl, yahooChart } from './shared/yahoo.ts'
import { decoded, defineSource, type Request, type Window } from './source.ts'

/** Days that one request may span, and days for which Yahoo keeps the bars, each a little less than its limit. */
const intervals = {
  '1m': { minutes: 1, days: 6, kept: 29 },
  '5m': { minutes: 5, days: 50, kept: 59 },
} as const
type Interval = keyof typeof intervals

const dayMs = 86_400_000

/** The window in parts that are short enough for one request each, without parts that have no session. */
const partsOf = ({ from, to }: Window, days: number): Window[] => {
  const parts: Window[] = []
  for (let start = Date.parse(from); start <= Date.parse(to); start += days * dayMs) {
    const end = Math.min(start + (days - 1) * dayMs, Date.parse(to))
    const [first, last] = [start, end].map((at) => new Date(at).toISOString().slice(0, 10)) as [string, string]
    if (sessionsBetween(first, last).length > 0) parts.push({ from: first, to: last })
  }
  return parts
}

const seconds = (day: string, time: string) => newYorkInstant(day, time).getTime() / 1000

/** The part of a window that Yahoo still has. */
const stillKept = ({ from, to }: Window, days: number, today: string | undefined): Window => {
  const oldest = today && new Date(Date.parse(today) - days * dayMs).toISOString().slice(0, 10)
  return { from: oldest && oldest > from ? oldest : from, to }
}

const requestsOf = (symbol: string, interval: Interval, window: Window, today: string | undefined): Request[] =>
  partsOf(stillKept(window, intervals[interval].kept, today), intervals[interval].days).map(({ from, to }) => ({
    key: `${symbol} ${interval}`,
    url: chartUrl(
      symbol.replace('.', '-'),
      `interval=${interval}&includePrePost=false&period1=${seconds(from, '00:00')}&period2=${seconds(to, '23:59')}`,
    ),
  }))

export const yahooIntraday = defineSource({
  ...yahooChart,
  name: 'yahoo_intraday',
  doc: 'Bars of five minutes of the ETFs, and of one minute of up to ten symbols that the universe names, from the Yahoo chart endpoint. Yahoo has five minutes for 60 days and one minute for 30. It does not say which venues its bars include, so the feed is `yahoo`.',
  tables: [intradayBars],
  proof: { on: 'documented shape', since: '2026-11-27', scope: 'and the recorded shape of its daily bars' },
  // The bars that were asked for are older than Yahoo keeps them.
  absent: [422],
  lookBack: 3,
  request: (window, { universe, today }) => [
    ...universe.etfs.flatMap((symbol) => requestsOf(symbol, '5m', window, today)),
    ...universe.minuteBars.flatMap((symbol) => requestsOf(symbol, '1m', window, today)),
  ],
  rows: (payload) => {
    const chart = chartOf(payload)
    const symbol = chart.meta.symbol.replace('-', '.')
    const granularity = chart.meta.dataGranularity as Interval | undefined
    const interval = granularity && intervals[granularity]
    if (!interval) throw changed(payload, `bars of ${granularity}, expected ${Object.keys(intervals).join(' or ')}`)
    refuseOther(payload, `${symbol} ${granularity}`)
    const length = interval.minutes * 60
    // The live row can repeat the last bar under a later timestamp: the later one counts.
    const byStart = new Map(
      barsOf(payload, chart).map(([stamp, bar], i) => [Math.floor(stamp / length) * length, { row: i + 1, bar }]),
    )
    return [...byStart].flatMap(([start, { row, bar }]) => {
      // Yahoo writes minutes without a trade as nulls.
      if (bar.open === null && bar.high === null && bar.low === null && bar.close === null) return []
      const bar_start = new Date(start * 1000)
      return [
        decoded(intradayBars, row, {
          symbol,
          session: newYorkDate(bar_start),
          bar_start: bar_start.toISOString(),
          interval_minutes: interval.minutes,
          ...bar,
          vwap: null,
          feed: 'yahoo',
        }),
      ]
    })
  },
})
