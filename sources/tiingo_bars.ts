/** Tiingo daily prices: raw bars, and the split factors and dividends of each day. Requires an API key. */
import * as z from 'zod'
import { emptyAnswer } from '../schemas/empty-answers.ts'
import { corporateActions } from '../schemas/tables/corporate_actions.ts'
import { dailyBars } from '../schemas/tables/daily_bars.ts'
import { cellReader, changed, jsonOf } from './shared/wire.ts'
import { decoded, defineSource } from './source.ts'

const shape = z.array(
  z.object({
    date: z.string(),
    open: z.number().nullable(),
    high: z.number().nullable(),
    low: z.number().nullable(),
    close: z.number().nullable(),
    volume: z.number().nullable(),
    divCash: z.number(),
    splitFactor: z.number(),
  }),
)

/** Tiingo writes a day as its midnight, such as 2025-11-20T00:00:00.000Z. */
const midnight = /^(\d{4}-\d\d-\d\d)T00:00:00(?:\.0+)?(?:Z|\+00:00)$/

export const tiingoBars = defineSource({
  name: 'tiingo_bars',
  doc: 'Daily raw bars of stocks and ETFs from Tiingo, with splits and dividends.',
  homepage: 'https://www.tiingo.com',
  licence: 'Tiingo terms: free keys are for internal use.',
  tables: [dailyBars, corporateActions],
  proof: { on: 'recorded bytes', since: '2026-11-23' },
  hosts: ['api.tiingo.com'],
  rate: { requests: 50, seconds: 3600 },
  headers: { accept: 'application/json' },
  secret: { name: 'TIINGO_API_KEY', required: true },
  extension: 'json',
  request: ({ from, to }, { universe }) =>
    universe.tiingo.map((symbol) => ({
      key: symbol,
      url: `https://api.tiingo.com/tiingo/daily/${encodeURIComponent(symbol)}/prices?format=json&startDate=${from}&endDate=${to}`,
      secret: { name: 'TIINGO_API_KEY', header: 'authorization', prefix: 'Token ' },
    })),
  rows: (payload) => {
    const bars = jsonOf(payload, shape)
    if (bars.length === 0) throw changed(payload, emptyAnswer.noRows)
    const symbol = payload.key
    return bars.flatMap((each, i) => {
      const row = i + 1
      const cell = cellReader(payload, dailyBars, row, `${symbol}, ${each.date}`)
      const [, day = each.date] = midnight.exec(each.date) ?? []
      const session = cell.date('session', day)
      const { open, high, low, close, volume } = each
      const rows = [decoded(dailyBars, row, { symbol, session, open, high, low, close, volume })]
      const event = { symbol, session, split_factor: null, dividend: null }
      if (each.splitFactor !== 1) {
        rows.push(decoded(corporateActions, row, { ...event, action: 'split', split_factor: each.splitFactor }))
      }
      if (each.divCash !== 0) {
        rows.push(decoded(corporateActions, row, { ...event, action: 'dividend', dividend: each.divCash }))
      }
      return rows
    })
  },
})
