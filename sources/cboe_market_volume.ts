/** Cboe market history: shares, dollars and trades by venue and tape. Tape B is nearly all exchange-traded products. */
import { marketVolume } from '../schemas/tables/market_volume.ts'
import { cellReader, changed, csvRows, refuseOther } from './shared/wire.ts'
import { browserHeaders, decoded, defineSource } from './source.ts'

const tapes = ['A', 'B', 'C'] as const
const measures = ['Shares', 'Notional', 'Trade Count'] as const
const header = [
  'Day',
  'Market Participant',
  ...[...tapes.map((t) => `Tape ${t}`), 'Total'].flatMap((t) => measures.map((m) => `${t} ${m}`)),
]

export const cboeMarketVolume = defineSource({
  name: 'cboe_market_volume',
  doc: 'US equity volume by venue and tape, from the consolidated feeds. Cboe publishes one file per year.',
  homepage: 'https://www.cboe.com/us/equities/market_statistics/historical_market_volume/',
  licence: 'Cboe site terms; cite Cboe Exchange, Inc.',
  tables: [marketVolume],
  proof: { on: 'recorded bytes', since: '2026-11-26' },
  hosts: ['cdn.cboe.com', 'www.cboe.com'],
  rate: { requests: 1, seconds: 1 },
  headers: browserHeaders,
  extension: 'csv',
  request: ({ from, to }) => {
    const years = Array.from(
      { length: Number(to.slice(0, 4)) - Number(from.slice(0, 4)) + 1 },
      (_, i) => Number(from.slice(0, 4)) + i,
    )
    return years.map((year) => ({
      key: String(year),
      url: `https://cdn.cboe.com/resources/us/equities/market-statistics/historical-market-volume/market_history_${year}.csv`,
      // The address of before 2026.
      alternatives: [
        `https://www.cboe.com/us/equities/market_statistics/historical_market_volume/market_history_${year}.csv-dl`,
      ],
    }))
  },
  rows: (payload) => {
    const rows = csvRows(payload, header)
    if (rows.length === 0) throw changed(payload, 'no rows')
    return rows.flatMap(({ row, cells }) => {
      const venue = cells['market participant']!
      const cell = cellReader(payload, marketVolume, row, `${venue}, ${cells.day}`)
      const session = cell.date('session', cells.day)
      refuseOther(payload, session.slice(0, 4))
      const of = (segment: string, measure: string) => {
        const name = `${segment} ${measure}`.toLowerCase()
        const value = cell.double(measure.toLowerCase(), cells[name])
        if (value === null) throw cell.fail(name, 'double', cells[name])
        return value
      }
      for (const measure of measures) {
        const sum = tapes.reduce((total, tape) => total + of(`Tape ${tape}`, measure), 0)
        const total = of('Total', measure)
        if (Math.abs(sum - total) > 1 + 1e-6 * total)
          throw cell.fail(`total ${measure.toLowerCase()}`, `${sum}, the sum of the tapes`, total)
      }
      return tapes.map((tape) =>
        decoded(marketVolume, row, {
          session,
          venue,
          segment: `tape_${tape.toLowerCase()}`,
          shares: of(`Tape ${tape}`, 'Shares'),
          notional: of(`Tape ${tape}`, 'Notional'),
          trade_count: of(`Tape ${tape}`, 'Trade Count'),
        }),
      )
    })
  },
})
