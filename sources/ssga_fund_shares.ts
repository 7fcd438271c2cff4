/**
 * State Street fund history (XLSX): NAV and shares outstanding of the SPDR funds. Each response holds the whole
 * history.
 */
import { emptyAnswer } from '../schemas/empty-answers.ts'
import { fundShares } from '../schemas/tables/fund_shares.ts'
import { fundSheet, isData, ssga, ssgaUrl } from './shared/ssga-sheet.ts'
import { cellReader, changed } from './shared/wire.ts'
import { decoded, defineSource } from './source.ts'

export const ssgaFundShares = defineSource({
  ...ssga,
  name: 'ssga_fund_shares',
  doc: 'Daily NAV, shares outstanding and net assets of SPDR funds. They give the flows of a fund.',
  tables: [fundShares],
  proof: { on: 'documented shape', since: '2026-11-23' },
  request: (_, { universe }) => universe.funds.map((fund) => ({ key: fund, url: ssgaUrl('navhist', fund) })),
  rows: async (payload) => {
    const sheet = await fundSheet(payload, 3, ['Date', 'NAV', 'Shares Outstanding', 'Total Net Assets'])
    const rows = sheet.rows.filter((row) => isData(row) || /\d/.test(row[0] ?? ''))
    if (rows.length === 0) throw changed(payload, emptyAnswer.noRows)
    return rows.map(([day, nav, shares, assets], i) => {
      const cell = cellReader(payload, fundShares, i + 1, `${sheet.fund}, ${day}`)
      return decoded(fundShares, i + 1, {
        symbol: sheet.fund,
        session: cell.date('session', day, 'dd-MMM-yyyy'),
        nav: cell.double('nav', nav),
        shares_outstanding: cell.double('shares_outstanding', shares),
        total_net_assets: cell.double('total_net_assets', assets),
      })
    })
  },
})
