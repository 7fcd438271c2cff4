/** Cboe put/call ratios: the daily statistics of each session, and the older CSV files, which end in October 2019. */
import * as z from 'zod'
import { isHoliday, sessionsBetween } from '../calendar/sessions.ts'
import { putCallRatios } from '../schemas/tables/put_call_ratios.ts'
import { cellReader, changed, csvRows, jsonOf, refuseOther, textOf } from './shared/wire.ts'
import { browserHeaders, type Decoded, decoded, defineSource, type Payload } from './source.ts'

const statistics = z.object({ ratios: z.array(z.object({ name: z.string(), value: z.string() })) })

/** The daily statistics that become rows, by name. Others, such as those of small indices, stay in bronze. */
const products: Readonly<Record<string, string>> = {
  'TOTAL PUT/CALL RATIO': 'total',
  'INDEX PUT/CALL RATIO': 'index',
  'EXCHANGE TRADED PRODUCTS PUT/CALL RATIO': 'etp',
  'EQUITY PUT/CALL RATIO': 'equity',
  'CBOE VOLATILITY INDEX (VIX) PUT/CALL RATIO': 'vix',
  'SPX + SPXW PUT/CALL RATIO': 'spx',
}

const fromDaily = (payload: Payload, text: string): Decoded[] => {
  const { ratios } = jsonOf(payload, statistics, text)
  const found = ratios.flatMap(({ name, value }, i) => {
    const product = products[name.trim().toUpperCase()]
    const cell = cellReader(payload, putCallRatios, i + 1, `${name}, ${payload.key}`)
    if (!product) return []
    return [
      decoded(putCallRatios, i + 1, {
        product,
        session: cell.date('session', payload.key),
        put_call_ratio: cell.double('put_call_ratio', value),
        call_volume: null,
        put_volume: null,
      }),
    ]
  })
  if (found.length === 0) throw changed(payload, `no ratio of ${Object.keys(products).join(', ')}`)
  return found
}

/** A file of the older kind: a disclaimer, the product, and then one row per day. */
const fromLegacy = (payload: Payload, text: string): Decoded[] => {
  const lines = text.split(/\r?\n/)
  const heading = lines.findIndex((line) => /^DATE,/i.test(line))
  const product = /PRODUCT:\s*(\w+)/.exec(lines.slice(0, heading).join('\n'))?.[1]?.toLowerCase()
  if (heading < 0 || !product) throw changed(payload, 'no line with PRODUCT and DATE')
  refuseOther(payload, product, payload.key.toLowerCase())
  // The file of all products writes its columns in the plural.
  const [calls, puts] = /^DATE,CALLS,PUTS,/i.test(lines[heading]!) ? ['calls', 'puts'] : ['call', 'put']
  const columns = ['DATE', calls!, puts!, 'P/C Ratio']
  return csvRows(payload, columns, lines.slice(heading).join('\n')).flatMap(({ row, cells }) => {
    const cell = cellReader(payload, putCallRatios, row, `${product}, ${cells.date}`)
    const session = cell.date('session', cells.date, 'M/d/yyyy')
    // The files have rows for some holidays of the exchange.
    if (isHoliday(session)) return []
    return [
      decoded(putCallRatios, row, {
        product,
        session,
        put_call_ratio: cell.double('put_call_ratio', cells['p/c ratio']),
        call_volume: cell.double('call_volume', cells[calls!]),
        put_volume: cell.double('put_volume', cells[puts!]),
      }),
    ]
  })
}

export const cboePutCall = defineSource({
  name: 'cboe_put_call',
  doc: 'Put/call ratios at Cboe: all options, index, ETP and stock options. One request per session since October 2019.',
  homepage: 'https://www.cboe.com/us/options/market_statistics/daily/',
  licence: 'Cboe site terms; cite Cboe Exchange, Inc.',
  tables: [putCallRatios],
  proof: {
    on: 'recorded bytes',
    since: '2026-11-23',
    scope: 'the files up to 2019; the daily statistics on a documented shape',
  },
  hosts: ['cdn.cboe.com'],
  rate: { requests: 2, seconds: 1 },
  headers: browserHeaders,
  extension: 'json',
  absent: [403],
  lookBack: 3,
  request: ({ from, to }, { universe }) =>
    universe.putCallRatios
      ? sessionsBetween(from < '2019-10-07' ? '2019-10-07' : from, to).map(({ session }) => ({
          key: session,
          url: `https://cdn.cboe.com/data/us/options/market_statistics/daily/${session}_daily_options`,
        }))
      : [],
  rows: (payload) => {
    const text = textOf(payload)
    return /^\s*[{<]/.test(text) ? fromDaily(payload, text) : fromLegacy(payload, text)
  },
})
