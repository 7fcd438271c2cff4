/** Cboe index history: VIX, VIX9D and VIX3M with open, high and low; VVIX and SKEW closes. */
import { isHoliday } from '../calendar/sessions.ts'
import { volatilityIndices } from '../schemas/tables/volatility_indices.ts'
import { cellReader, changed, csvRows, textOf } from './shared/wire.ts'
import { browserHeaders, decoded, defineSource } from './source.ts'

const usDate = 'MM/dd/yyyy'

export const cboeVolatility = defineSource({
  name: 'cboe_volatility',
  doc: 'Daily VIX, VIX9D, VIX3M, VVIX and SKEW from the exchange that publishes them. Each response holds the whole history.',
  homepage: 'https://www.cboe.com/tradable_products/vix/vix_historical_data/',
  licence: 'Cboe site terms; cite Cboe Exchange, Inc.',
  tables: [volatilityIndices],
  proof: { on: 'recorded bytes', since: '2026-11-23' },
  hosts: ['cdn.cboe.com'],
  rate: { requests: 2, seconds: 1 },
  headers: browserHeaders,
  extension: 'csv',
  request: (_, { universe }) =>
    universe.volatilityIndices.map((index) => ({
      key: index,
      url: `https://cdn.cboe.com/api/global/us_indices/daily_prices/${index}_History.csv`,
    })),
  rows: (payload) => {
    const index = payload.key.toUpperCase()
    const text = textOf(payload)
    // Some indices, such as VVIX and SKEW, have closes only, in a column with the name of the index.
    const close = text
      .split(/\r?\n/, 1)[0]!
      .toUpperCase()
      .split(/[\s",]+/)
      .includes(index)
      ? index
      : 'CLOSE'
    const rows = csvRows(payload, ['DATE', close, ...(close === index ? [] : ['OPEN', 'HIGH', 'LOW'])], text)
    if (rows.length === 0) throw changed(payload, 'no rows')
    return rows.flatMap(({ row, cells }) => {
      const cell = cellReader(payload, volatilityIndices, row, `${index}, ${cells.date}`)
      const session = cell.date('session', cells.date, usDate)
      const values = {
        symbol: index,
        session,
        open: cell.double('open', cells.open),
        high: cell.double('high', cells.high),
        low: cell.double('low', cells.low),
        close: cell.double('close', cells[close.toLowerCase()]),
      }
      // Cboe also publishes VIX on some NYSE holidays, such as 2025-11-27. Those rows stay in bronze.
      return isHoliday(session) ? [] : [decoded(volatilityIndices, row, values)]
    })
  },
})
