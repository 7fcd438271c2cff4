/** The chart endpoint of Yahoo, version 8: one series of bars as columns beside their timestamps. */
import * as z from 'zod'
import { emptyAnswer } from '../../schemas/empty-answers.ts'
import { browserHeaders, type Payload } from '../source.ts'
import { changed, jsonOf } from './wire.ts'

const numbers = z.array(z.number().nullable())
const answer = z.object({
  chart: z.object({
    error: z.unknown(),
    result: z
      .array(
        z.object({
          meta: z.object({ symbol: z.string(), dataGranularity: z.string().optional() }),
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

export type Chart = NonNullable<z.output<typeof answer>['chart']['result']>[number]

interface Bar {
  readonly open: number | null
  readonly high: number | null
  readonly low: number | null
  readonly close: number | null
  readonly volume: number | null
}

/** What both sources on this endpoint declare. */
export const yahooChart = {
  homepage: 'https://finance.yahoo.com',
  licence: 'Personal use; no redistribution.',
  hosts: ['query2.finance.yahoo.com', 'query1.finance.yahoo.com'],
  rate: { requests: 1, seconds: 2 },
  headers: browserHeaders,
  extension: 'json',
} as const

export const chartUrl = (symbol: string, query: string) =>
  `https://query2.finance.yahoo.com/v8/finance/chart/${encodeURIComponent(symbol)}?${query}`

/** The series of an answer. An answer without bars is an error. */
export const chartOf = (payload: Payload): Chart => {
  const { chart } = jsonOf(payload, shape)
  const result = chart.result?.[0]
  if (chart.error || !result) throw changed(payload, `chart error ${JSON.stringify(chart.error)}`)
  return result
}

/** The bars of a series, each with its timestamp in seconds since 1970. */
export const barsOf = (
  payload: Payload,
  { timestamp: stamps, indicators }: Chart,
): readonly (readonly [number, Bar])[] => {
  const quote = indicators.quote[0]
  if (!quote?.close || !stamps?.length) throw changed(payload, emptyAnswer.noRows)
  const lengths = [quote.open, quote.high, quote.low, quote.close, quote.volume].map((each) => each?.length)
  if (lengths.some((length) => length !== stamps.length)) {
    throw changed(payload, `timestamps ${stamps.length}, but columns of ${lengths.join(', ')}`)
  }
  const at = (column: readonly (number | null)[] | undefined, i: number) => column?.[i] ?? null
  return stamps.map((stamp, i) => [
    stamp,
    {
      open: at(quote.open, i),
      high: at(quote.high, i),
      low: at(quote.low, i),
      close: at(quote.close, i),
      volume: at(quote.volume, i),
    },
  ])
}
