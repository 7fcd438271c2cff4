/** What the workbooks of State Street share: one sheet, the fund named in its first rows, a header in a known row. */
import { unzipSync } from 'fflate'
import { type CellValue, readSheet, type SheetData } from 'read-excel-file/node'
import { messageOf } from '../../core/errors.ts'
import { browserHeaders, type Payload } from '../source.ts'
import { bytesOf, changed } from './wire.ts'

const maxInflated = 64 * 1024 * 1024

export const ssga = {
  homepage: 'https://www.ssga.com/us/en/intermediary/fund-finder',
  licence: 'State Street site terms; no redistribution.',
  hosts: ['www.ssga.com'],
  rate: { requests: 1, seconds: 1 },
  headers: browserHeaders,
  extension: 'xlsx',
} as const

export const ssgaUrl = (file: string, fund: string) =>
  `https://www.ssga.com/library-content/products/fund-data/etfs/us/${file}-us-en-${fund.toLowerCase()}.xlsx`

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

interface FundSheet {
  readonly fund: string
  /** Cells above the header, as text. */
  readonly heading: readonly (readonly string[])[]
  readonly rows: readonly (readonly string[])[]
}

/** @param headerRow row of the header, from 0. */
export const fundSheet = async (payload: Payload, headerRow: number, header: readonly string[]): Promise<FundSheet> => {
  const sheet = await sheetOf(payload)
  const found = (sheet[headerRow] ?? []).slice(0, header.length).map(text)
  if (found.join() !== header.join())
    throw changed(payload, `row ${headerRow + 1} is "${found.join(',')}", not "${header.join(',')}"`)
  // "GLD(R)" is the ticker with its registered mark.
  const fund = text(sheet[1]?.[1]).replace(/\(R\)|®/g, '')
  if (!fund) throw changed(payload, 'row 2 names no ticker symbol')
  const cells = (rows: SheetData) => rows.map((row) => row.map(text))
  return { fund, heading: cells(sheet.slice(0, headerRow)), rows: cells(sheet.slice(headerRow + 1)) }
}
