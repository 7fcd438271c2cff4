/** Alpaca market data: consolidated bars inside the session. Requires a key, which is a pair of an id and a secret. */
import * as z from 'zod'
import { instantWithOffset, newYorkDate, sessionsBetween } from '../calendar/sessions.ts'
import { intradayBars } from '../schemas/tables/intraday_bars.ts'
import { cellReader, changed, jsonOf, refuseOther } from './shared/wire.ts'
import { decoded, defineSource, type Payload, type Request, type Window } from './source.ts'

const shape = z.object({
  bars: z.record(
    z.string(),
    z.array(
      z.object({
        t: z.string(),
        o: z.number(),
        h: z.number(),
        l: z.number(),
        c: z.number(),
        v: z.number(),
        vw: z.number().nullable(),
      }),
    ),
  ),
  next_page_token: z.string().nullable(),
})

const minutesOf = { '1Min': 1, '5Min': 5 } as const
type Timeframe = keyof typeof minutesOf

const place = { name: 'ALPACA_API_KEY', header: 'APCA-API-KEY-ID', secondHeader: 'APCA-API-SECRET-KEY' } as const

/** Bars between the first opening bell and the last closing bell of a window. */
const requestOf = (symbol: string, timeframe: Timeframe, { from, to }: Window, page?: string): Request[] => {
  const sessions = sessionsBetween(from, to)
  const [first, last] = [sessions[0], sessions.at(-1)]
  if (!first || !last) return []
  const query = new URLSearchParams({
    symbols: symbol,
    timeframe,
    start: new Date(first.opensAt).toISOString(),
    end: new Date(last.closesAt - 60_000).toISOString(),
    feed: 'sip',
    adjustment: 'raw',
    limit: '10000',
    sort: 'asc',
    ...(page ? { page_token: page } : {}),
  })
  return [{ key: `${symbol} ${timeframe}`, url: `https://data.alpaca.markets/v2/stocks/bars?${query}`, secret: place }]
}

const askedFor = (payload: Payload): readonly [symbol: string, timeframe: Timeframe] => {
  const [symbol = '', timeframe = ''] = payload.key.split(' ')
  if (!Object.hasOwn(minutesOf, timeframe))
    throw changed(
      payload,
      `its key says no length of bars; expected a symbol and ${Object.keys(minutesOf).join(' or ')}`,
    )
  return [symbol, timeframe as Timeframe]
}

export const alpacaBars = defineSource({
  name: 'alpaca_bars',
  doc: 'Consolidated bars of five minutes of the ETFs, and of one minute of up to ten symbols that the universe names, as traded. The free plan has bars of all venues that are older than 15 minutes. The key is `id:secret`.',
  homepage: 'https://alpaca.markets',
  licence: 'Alpaca market data terms: personal use; no redistribution.',
  tables: [intradayBars],
  proof: { on: 'documented shape', since: '2026-11-27' },
  hosts: ['data.alpaca.markets'],
  lag: { kind: 'after_close', minutes: 15 },
  rate: { requests: 3, seconds: 1 },
  headers: { accept: 'application/json' },
  secret: { name: place.name, required: true },
  extension: 'json',
  lookBack: 3,
  request: (window, { universe }) => [
    ...universe.etfs.flatMap((symbol) => requestOf(symbol, '5Min', window)),
    ...universe.minuteBars.flatMap((symbol) => requestOf(symbol, '1Min', window)),
  ],
  follow: (payload, window) => {
    const { next_page_token } = jsonOf(payload, shape)
    return next_page_token ? requestOf(...askedFor(payload), window, next_page_token) : []
  },
  rows: (payload) => {
    const [asked, timeframe] = askedFor(payload)
    const { bars } = jsonOf(payload, shape)
    return Object.entries(bars).flatMap(([symbol, list]) => {
      refuseOther(payload, symbol, asked)
      return list.map(({ t, o: open, h: high, l: low, c: close, v: volume, vw }, i) => {
        const row = i + 1
        const start = instantWithOffset(t)
        if (!start)
          throw cellReader(payload, intradayBars, row, symbol).fail('bar_start', 'an instant with its offset', t)
        return decoded(intradayBars, row, {
          symbol,
          session: newYorkDate(start),
          bar_start: start.toISOString(),
          interval_minutes: minutesOf[timeframe],
          ...{ open, high, low, close, volume },
          vwap: vw,
          feed: 'consolidated',
        })
      })
    })
  },
})
