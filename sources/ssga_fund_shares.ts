/** State Street fund history (XLSX): NAV and shares outstanding of the SPDR funds, the whole history each time. */
import { unzipSync } from 'fflate'
import { type CellValue, readSheet, type SheetData } from 'read-excel-file/node'
import { messageOf } from '../pipeline/errors.ts'
import { fundShares } from '../schemas/tables/fund_shares.ts'
import { browserHeaders, decoded, defineSource, type Payload } from './source.ts'
import { bytesOf, cellReader, changed } from './wire.ts'

const header = ['Date', 'NAV', 'Shares Outstanding', 'Total Net Assets']
const headerRow = 3
const maxInflated = 64 * 1024 * 1024

/** Adds up what the archive says it inflates to, before anything is inflated. */
const refuseBomb = (payload: Payload, body: Uint8Array) => {
  let inflated = 0
  try {
    unzipSync(body, {
      filter: (file) => {
        inflated += file.originalSize
        return false
      },
    })
  } catch (error) {
    throw changed(payload, `not an XLSX, ${messageOf(error)}: "${new TextDecoder().decode(body.slice(0, 40))}"`)
  }
  if (inflated > maxInflated) throw changed(payload, `inflates to ${inflated} bytes, more than ${maxInflated}`)
}

const sheetOf = async (payload: Payload): Promise<SheetData> => {
  const body = bytesOf(payload)
  refuseBomb(payload, body)
  try {
    return await readSheet(Buffer.from(body))
  } catch (error) {
    throw changed(payload, `XLSX cannot be read, ${messageOf(error)}`)
  }
}

const text = (cell: CellValue | null | undefined) => (cell === null || cell === undefined ? '' : String(cell).trim())

export const ssgaFundShares = defineSource({
  name: 'ssga_fund_shares',
  doc: 'Daily NAV, shares outstanding and net assets of SPDR funds, for flows.',
  homepage: 'https://www.ssga.com/us/en/intermediary/fund-finder',
  licence: 'State Street site terms; no redistribution.',
  tables: [fundShares],
  hosts: ['www.ssga.com'],
  rate: { requests: 1, seconds: 1 },
  headers: browserHeaders,
  extension: 'xlsx',
  request: (_, { universe }) =>
    universe.funds.map((fund) => ({
      key: fund,
      url: `https://www.ssga.com/library-content/products/fund-data/etfs/us/navhist-us-en-${fund.toLowerCase()}.xlsx`,
    })),
  rows: async (payload) => {
    const sheet = await sheetOf(payload)
    const found = (sheet[headerRow] ?? []).slice(0, header.length).map(text)
    if (found.join() !== header.join())
      throw changed(payload, `row 4 is "${found.join(',')}", not "${header.join(',')}"`)
    // "GLD(R)" is the ticker with its registered mark.
    const symbol = text(sheet[1]?.[1]).replace(/\(R\)|®/g, '')
    if (!symbol) throw changed(payload, 'row 2 names no ticker symbol')
    const rows = sheet.slice(headerRow + 1).filter((cells) => /\d/.test(text(cells[0])))
    if (rows.length === 0) throw changed(payload, 'no rows')
    return rows.map((cells, i) => {
      const [day, nav, shares, assets] = cells.map(text)
      const cell = cellReader(payload, fundShares, i + 1, `${symbol}, ${day}`)
      return decoded(fundShares, i + 1, {
        symbol,
        session: cell.date('session', day, 'dd-MMM-yyyy'),
        nav: cell.double('nav', nav),
        shares_outstanding: cell.double('shares_outstanding', shares),
        total_net_assets: cell.double('total_net_assets', assets),
      })
    })
  },
})
