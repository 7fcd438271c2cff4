/** SqueezeMetrics DIX.csv: dealer gamma of the S&P 500 and the dark index, one row per session since 2011. */
import { dealerGamma } from '../schemas/tables/dealer_gamma.ts'
import { cellReader, changed, csvRows } from './shared/wire.ts'
import { browserHeaders, decoded, defineSource } from './source.ts'

export const squeezemetricsGamma = defineSource({
  name: 'squeezemetrics_gamma',
  doc: 'Estimated dealer gamma of the S&P 500 (USD per 1 % move) and the dark index.',
  homepage: 'https://squeezemetrics.com/monitor/dix',
  licence: 'No published terms allow redistribution: personal use; cite SqueezeMetrics.',
  tables: [dealerGamma],
  proof: { on: 'recorded bytes', since: '2026-11-23' },
  hosts: ['squeezemetrics.com'],
  rate: { requests: 1, seconds: 1 },
  headers: browserHeaders,
  extension: 'csv',
  request: () => [{ key: 'SPX', url: 'https://squeezemetrics.com/monitor/static/DIX.csv' }],
  rows: (payload) => {
    const rows = csvRows(payload, ['date', 'price', 'dix', 'gex'])
    if (rows.length === 0) throw changed(payload, 'no rows')
    return rows.map(({ row, cells }) => {
      const cell = cellReader(payload, dealerGamma, row, `SPX, ${cells.date}`)
      return decoded(dealerGamma, row, {
        symbol: 'SPX',
        session: cell.date('session', cells.date),
        underlying_price: cell.double('underlying_price', cells.price),
        net_gamma: cell.double('net_gamma', cells.gex),
        dark_index: cell.double('dark_index', cells.dix),
        sign_convention: 'calls_long_puts_short',
      })
    })
  },
})
