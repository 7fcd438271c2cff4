/** Yahoo v8 chart: split-adjusted bars of indices, and their splits and dividends. */
import { newYorkDate, newYorkInstant } from '../calendar/sessions.ts'
import { corporateActions } from '../schemas/tables/corporate_actions.ts'
import { dailyBars } from '../schemas/tables/daily_bars.ts'
import { refuseOther } from './shared/wire.ts'
import { barsOf, type Chart, chartOf, chartUrl, yahooChart } from './shared/yahoo.ts'
import { type Decoded, decoded, defineSource } from './source.ts'

/** Yahoo writes indices as ^GSPC; the lake writes GSPC. */
const symbolOf = (yahoo: string) => yahoo.replace(/^\^/, '')
const sessionAt = (epochSeconds: number) => newYorkDate(new Date(epochSeconds * 1000))

const actions = (chart: Chart): Decoded[] => {
  const symbol = symbolOf(chart.meta.symbol)
  const splits = Object.values(chart.events?.splits ?? {}).map((each, i) =>
    decoded(corporateActions, i + 1, {
      symbol,
      session: sessionAt(each.date),
      action: 'split',
      split_factor: each.numerator / each.denominator,
      dividend: null,
    }),
  )
  const dividends = Object.values(chart.events?.dividends ?? {}).map((each, i) =>
    decoded(corporateActions, splits.length + i + 1, {
      symbol,
      session: sessionAt(each.date),
      action: 'dividend',
      split_factor: null,
      dividend: each.amount,
    }),
  )
  return [...splits, ...dividends]
}

export const yahooBars = defineSource({
  ...yahooChart,
  name: 'yahoo_bars',
  doc: 'Daily bars of indices, such as the S&P 500, from the Yahoo chart endpoint.',
  tables: [dailyBars, corporateActions],
  proof: { on: 'recorded bytes', since: '2026-11-23' },
  restates: true,
  request: ({ from, to }, { universe }) =>
    universe.indices.map((symbol) => {
      const period1 = newYorkInstant(from, '00:00').getTime() / 1000
      const period2 = newYorkInstant(to, '23:59').getTime() / 1000
      return {
        key: symbol,
        url: chartUrl(`^${symbol}`, `interval=1d&events=div%7Csplit&period1=${period1}&period2=${period2}`),
      }
    }),
  rows: (payload) => {
    const result = chartOf(payload)
    const symbol = symbolOf(result.meta.symbol)
    refuseOther(payload, symbol, symbolOf(payload.key))
    const stamped = barsOf(payload, result)
    const sessions = stamped.map(([stamp]) => sessionAt(stamp))
    const bars = stamped.flatMap(([_, bar], i) => {
      // On the day itself the last bar can come twice: first as of the bell, then as of the last quote. The later one counts.
      if (i === sessions.length - 2 && sessions[i] === sessions.at(-1)) return []
      return [decoded(dailyBars, i + 1, { symbol, session: sessions[i]!, ...bar })]
    })
    return [...bars, ...actions(result)]
  },
})
