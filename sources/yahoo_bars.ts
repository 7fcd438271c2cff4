/** Yahoo v8 chart: split-adjusted bars of indices, and their splits and dividends. */
import { z } from 'zod'
import { newYorkDate, newYorkInstant } from '../calendar/sessions.ts'
import { emptyAnswer } from '../schemas/empty-answers.ts'
import { corporateActions } from '../schemas/tables/corporate_actions.ts'
import { dailyBars } from '../schemas/tables/daily_bars.ts'
import { changed, jsonOf, refuseOther } from './shared/wire.ts'
import { browserHeaders, type Decoded, decoded, defineSource } from './source.ts'

const numbers = z.array(z.number().nullable())
const answer = z.object({
  chart: z.object({
    error: z.unknown(),
    result: z
      .array(
        z.object({
          meta: z.object({ symbol: z.string() }),
          timestamp: z.array(z.number()).optional(),
          events: z
            .object({
              splits: z
                .record(z.string(), z.object({ date: z.number(), numerator: z.number(), denominator: z.number() }))
                .optional(),
              dividends: z.record(z.string(), z.object({ date: z.number(), amount: z.number() })).optional(),
            })
            .optional(),
          indicators: z.object({
            quote: z
              .array(
                z.object({ open: numbers, high: numbers, low: numbers, close: numbers, volume: numbers }).partial(),
              )
              .max(1),
          }),
        }),
      )
      .max(1)
      .nullable(),
  }),
})

/** A recorded exchange wraps the response body in its request and response. */
const unwrapped = (value: unknown) =>
  (value as { response?: { bodyJson?: unknown } } | null)?.response?.bodyJson ?? value
const shape = z.preprocess(unwrapped, answer)

type Chart = NonNullable<z.output<typeof answer>['chart']['result']>[number]

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
  name: 'yahoo_bars',
  doc: 'Daily bars of indices, such as the S&P 500, from the Yahoo chart endpoint.',
  homepage: 'https://finance.yahoo.com',
  licence: 'Personal use; no redistribution.',
  tables: [dailyBars, corporateActions],
  proof: { on: 'recorded bytes', since: '2026-11-23' },
  hosts: ['query2.finance.yahoo.com', 'query1.finance.yahoo.com'],
  rate: { requests: 1, seconds: 2 },
  headers: browserHeaders,
  extension: 'json',
  restates: true,
  request: ({ from, to }, { universe }) =>
    universe.indices.map((symbol) => {
      const period1 = newYorkInstant(from, '00:00').getTime() / 1000
      const period2 = newYorkInstant(to, '23:59').getTime() / 1000
      return {
        key: symbol,
        url: `https://query2.finance.yahoo.com/v8/finance/chart/%5E${symbol}?interval=1d&events=div%7Csplit&period1=${period1}&period2=${period2}`,
      }
    }),
  rows: (payload) => {
    const { chart } = jsonOf(payload, shape)
    const result = chart.result?.[0]
    if (chart.error || !result) throw changed(payload, `chart error ${JSON.stringify(chart.error)}`)
    const symbol = symbolOf(result.meta.symbol)
    refuseOther(payload, symbol, symbolOf(payload.key))
    const quote = result.indicators.quote[0]
    const stamps = result.timestamp
    if (!quote?.close || !stamps?.length) throw changed(payload, emptyAnswer.noRows)
    const lengths = [quote.open, quote.high, quote.low, quote.close, quote.volume].map((each) => each?.length)
    if (lengths.some((length) => length !== stamps.length)) {
      throw changed(payload, `timestamps ${stamps.length}, but columns of ${lengths.join(', ')}`)
    }
    const sessions = stamps.map(sessionAt)
    const bars = sessions.flatMap((session, i) => {
      // On the day itself the last bar can come twice: first as of the bell, then as of the last quote. The later one counts.
      if (i === sessions.length - 2 && session === sessions.at(-1)) return []
      const at = (column: readonly (number | null)[] | undefined) => column?.[i] ?? null
      return [
        decoded(dailyBars, i + 1, {
          symbol,
          session,
          open: at(quote.open),
          high: at(quote.high),
          low: at(quote.low),
          close: at(quote.close),
          volume: at(quote.volume),
        }),
      ]
    })
    return [...bars, ...actions(result)]
  },
})
