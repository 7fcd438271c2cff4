/** Grouped daily bars of Massive, which was Polygon until 2025: volume and average price of every US stock in one answer. */
import { DateTime } from 'luxon'
import * as z from 'zod'
import { newYorkDate, sessionsBetween } from '../calendar/sessions.ts'
import { symbolVolume } from '../schemas/tables/symbol_volume.ts'
import { cellReader, changed, jsonOf, refuseOther } from './shared/wire.ts'
import { decoded, defineSource } from './source.ts'

const shape = z.object({
  status: z.enum(['OK', 'DELAYED']),
  resultsCount: z.number(),
  results: z
    .array(z.object({ T: z.string(), v: z.number(), vw: z.number().nullish(), t: z.number() }))
    .nullish()
    .transform((results) => results ?? []),
})
const secret = { name: 'MASSIVE_API_KEY', required: true }
const path = (session: string) => `/v2/aggs/grouped/locale/us/market/stocks/${session}?adjusted=false&include_otc=false`

export const massiveGroupedBars = defineSource({
  name: 'massive_grouped_bars',
  doc: 'Shares and dollars traded in every US stock and ETF, by session. With the ETF flag of the symbol directory they measure the ETF share of volume. Dollars are shares times the volume-weighted average price.',
  homepage: 'https://massive.com',
  licence: 'Massive terms: free keys are for personal use; no redistribution.',
  tables: [symbolVolume],
  proof: { on: 'documented shape', since: '2026-11-26', scope: "and the provider's own example of one row" },
  hosts: ['api.massive.com', 'api.polygon.io'],
  rate: { requests: 5, seconds: 60 },
  headers: { accept: 'application/json' },
  secret,
  extension: 'json',
  lookBack: 3,
  request: ({ from, to }, { universe }) =>
    universe.symbolVolumes
      ? sessionsBetween(from, to).map(({ session }) => ({
          key: session,
          url: `https://api.massive.com${path(session)}`,
          // The name of the same service before 2026.
          alternatives: [`https://api.polygon.io${path(session)}`],
          secret: { name: secret.name, header: 'authorization', prefix: 'Bearer ' },
        }))
      : [],
  rows: (payload) => {
    const { resultsCount, results } = jsonOf(payload, shape)
    if (resultsCount !== results.length)
      throw changed(payload, `${resultsCount} results are announced, and there are ${results.length}`)
    // One symbol can be without an average price. Where all are, the key has another name.
    if (results.length && results.every(({ vw }) => vw === undefined))
      throw changed(payload, 'no result has the key vw')
    return results.map(({ T, v: shares, vw, t }, i) => {
      const row = i + 1
      const symbol = T.trim() || null
      const at = DateTime.fromMillis(t)
      if (!at.isValid) throw cellReader(payload, symbolVolume, row, T).fail('session', 'epoch milliseconds', t)
      const session = newYorkDate(at.toJSDate())
      refuseOther(payload, session)
      const notional = typeof vw === 'number' ? shares * vw : null
      return decoded(symbolVolume, row, { session, venue: 'consolidated', symbol, shares, notional })
    })
  },
})
