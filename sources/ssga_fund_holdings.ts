/** State Street fund holdings (XLSX): what the SPDR funds hold today. There is no history. */
import { fundHoldings } from '../schemas/tables/fund_holdings.ts'
import { fundSheet, isData, ssga, ssgaUrl } from './shared/ssga-sheet.ts'
import { cellReader, changed } from './shared/wire.ts'
import { decoded, defineSource } from './source.ts'

const blank = (text: string | undefined) => (text === undefined || text === '' || text === '-' ? null : text)

export const ssgaFundHoldings = defineSource({
  ...ssga,
  name: 'ssga_fund_holdings',
  doc: 'Daily holdings and weights of SPDR funds. They give the concentration of a fund.',
  tables: [fundHoldings],
  proof: { on: 'recorded bytes', since: '2026-11-23' },
  rhythm: 'event',
  request: (_, { universe }) => universe.holdings.map((fund) => ({ key: fund, url: ssgaUrl('holdings-daily', fund) })),
  rows: async (payload) => {
    const header = ['Name', 'Ticker', 'Identifier', 'SEDOL', 'Weight', 'Sector', 'Shares Held', 'Local Currency']
    const { fund, heading, rows } = await fundSheet(payload, 4, header)
    const at = /As of (\S+)/.exec(heading[2]?.[1] ?? '')?.[1]
    const held = rows.filter(isData)
    if (!at || held.length === 0) throw changed(payload, 'no holdings with their date')
    return held.map(([name, ticker, identifier, , weight, sector], i) => {
      const cell = cellReader(payload, fundHoldings, i + 1, `${fund}, ${name}`)
      const percent = cell.double('weight', weight)
      return decoded(fundHoldings, i + 1, {
        fund,
        session: cell.date('session', at, 'dd-MMM-yyyy'),
        identifier: identifier || null,
        symbol: blank(ticker),
        name: name || null,
        weight: percent === null ? null : percent / 100,
        sector: blank(sector),
      })
    })
  },
})
