/**
 * Cboe delayed option chains: open interest and implied volatility. Reads the JSON of the site and its CSV download.
 */
import { DateTime } from 'luxon'
import * as z from 'zod'
import { lastClosedSession, newYork } from '../calendar/sessions.ts'
import { optionChains } from '../schemas/tables/option_chains.ts'
import { cellReader, changed, csvRows, jsonOf, refuseOther, textOf } from './shared/wire.ts'
import { browserHeaders, type Decoded, decoded, defineSource, type Payload } from './source.ts'

const chain = z.object({
  symbol: z.string().optional(),
  data: z.object({
    symbol: z.string().optional(),
    current_price: z.number(),
    last_trade_time: z.string(),
    options: z.array(
      z.object({
        option: z.string(),
        bid: z.number().nullable(),
        ask: z.number().nullable(),
        iv: z.number().nullable(),
        open_interest: z.number().nullable(),
        volume: z.number().nullable(),
      }),
    ),
  }),
})

interface Quote {
  readonly row: number
  /** OCC option symbol: root, expiry as yymmdd, C or P, and the strike in thousandths of a dollar. */
  readonly option: string
  readonly bid: number | null
  readonly ask: number | null
  readonly volume: number | null
  readonly iv: number | null
  readonly open_interest: number | null
}

interface Snapshot {
  readonly session: string
  readonly underlying_price: number
}

/** The session of the last trade: the latest one that closes by the end of that day in New York. */
const sessionAt = (payload: Payload, text: string, format?: string): string => {
  const at = format
    ? DateTime.fromFormat(text, format, { zone: newYork, locale: 'en-US' })
    : DateTime.fromISO(text, { zone: newYork })
  const session = at.isValid ? lastClosedSession(at.endOf('day').toJSDate())?.session : undefined
  if (!session) throw changed(payload, `"${text}" is not the time of a quote`)
  return session
}

/** What follows the symbol in a root: SPX, SPXW of weekly options, NDXP settled at the close, AAPL7 after a corporate action. */
const rootEnd = /^[WP]?\d?$/

/** Options without open interest have no gamma exposure; they stay in bronze and become no rows. */
const rowsOf = (payload: Payload, snapshot: Snapshot, quotes: readonly Quote[]): Decoded[] =>
  quotes.flatMap(({ row, option, bid, ask, volume, iv, open_interest }) => {
    const parts = /^(\w+?)(\d{6})([CP])(\d{8})$/.exec(option)
    if (!parts) throw changed(payload, `row ${row}: "${option}" is not an OCC option symbol`)
    const root = parts[1]!
    if (!(root.startsWith(payload.key) && rootEnd.test(root.slice(payload.key.length)))) refuseOther(payload, root)
    if (!open_interest) return []
    const cell = cellReader(payload, optionChains, row, option)
    return [
      decoded(optionChains, row, {
        symbol: payload.key,
        ...snapshot,
        root,
        expires_on: cell.date('expires_on', parts[2], 'yyMMdd'),
        strike: Number(parts[4]) / 1000,
        option_type: parts[3] === 'C' ? 'call' : 'put',
        open_interest,
        implied_volatility: iv || null,
        bid,
        ask,
        volume,
        rate: 0,
        dividend_yield: 0,
      }),
    ]
  })

const fromJson = (payload: Payload, text: string): Decoded[] => {
  const { symbol, data } = jsonOf(payload, chain, text)
  // Cboe writes indices as _SPX in addresses and as ^SPX in answers.
  for (const name of [symbol, data.symbol]) if (name !== undefined) refuseOther(payload, name.replace(/^[_^]/, ''))
  if (data.options.length === 0) throw changed(payload, 'no options')
  const snapshot = { session: sessionAt(payload, data.last_trade_time), underlying_price: data.current_price }
  return rowsOf(
    payload,
    snapshot,
    data.options.map((each, i) => ({ ...each, row: i + 1 })),
  )
}

/** Three lines above the header give the index, its last price and the date. Each row holds a call and a put. */
const fromCsv = (payload: Payload, text: string): Decoded[] => {
  const lines = text.split(/\r?\n/)
  const heading = lines.findIndex((line) => line.startsWith('Expiration Date,'))
  const preamble = lines.slice(0, heading).join('\n')
  const last = /Last:\s*([\d.]+)/.exec(preamble)?.[1]
  const at = /Date:\s*(\w+ \d{1,2}, \d{4})/.exec(preamble)?.[1]
  if (heading < 0 || !last || !at) throw changed(payload, 'no line with Last, Date and Expiration Date')
  const snapshot = { session: sessionAt(payload, at, 'MMMM d, yyyy'), underlying_price: Number(last) }
  // Calls and puts share column names, so the put columns get a suffix.
  const sides = ['Last Sale', 'Net', 'Bid', 'Ask', 'Volume', 'IV', 'Delta', 'Gamma', 'Open Interest']
  const header = ['Expiration Date', 'Calls', ...sides, 'Strike', 'Puts', ...sides.map((name) => `${name} (put)`)]
  if (lines[heading] !== header.join(',').replaceAll(' (put)', ''))
    throw changed(payload, `the header is "${lines[heading]}"`)
  const body = [header.join(','), ...lines.slice(heading + 1)].join('\n')
  const quotes = csvRows(payload, header, body).flatMap(({ row, cells }) =>
    (['calls', 'puts'] as const).map((side) => {
      const of = (name: string) => cells[side === 'calls' ? name : `${name} (put)`]
      const cell = cellReader(payload, optionChains, row, cells[side]!)
      return {
        row,
        option: cells[side]!,
        bid: cell.double('bid', of('bid')),
        ask: cell.double('ask', of('ask')),
        volume: cell.whole('volume', of('volume')),
        iv: cell.double('implied_volatility', of('iv')),
        open_interest: cell.whole('open_interest', of('open interest')),
      }
    }),
  )
  return rowsOf(payload, snapshot, quotes)
}

export const cboeOptions = defineSource({
  name: 'cboe_options',
  doc: 'Delayed option chains with open interest and implied volatility, for dealer gamma. The site has no history: each evening fetches that evening only. The interest rate and the dividend yield are taken as 0.',
  homepage: 'https://www.cboe.com/delayed_quotes/spx/quote_table',
  licence: 'Cboe site terms: personal use; cite Cboe Exchange, Inc.',
  tables: [optionChains],
  proof: {
    on: 'recorded bytes',
    since: '2026-11-23',
    scope: 'the CSV download; the JSON of the site on a documented shape',
  },
  hosts: ['cdn.cboe.com'],
  rate: { requests: 1, seconds: 1 },
  headers: browserHeaders,
  extension: 'json',
  lookBack: 0,
  rhythm: 'event',
  request: (_, { universe }) =>
    universe.optionChains.map((symbol) => ({
      key: symbol,
      url: `https://cdn.cboe.com/api/global/delayed_quotes/options/_${symbol}.json`,
    })),
  rows: (payload) => {
    const text = textOf(payload)
    return /^\s*[{<]/.test(text) ? fromJson(payload, text) : fromCsv(payload, text)
  },
})
