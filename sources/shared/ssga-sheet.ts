/** What the workbooks of State Street share: one sheet, the fund named in its first rows, a header in a known row. */
import { unzipSync } from 'fflate'
import { type CellValue, readSheet, type SheetData } from 'read-excel-file/universal'
import { messageOf, SourceChangedError } from '../../core/errors.ts'
import { browserHeaders, type Payload } from '../source.ts'
import { bytesOf, changed, refuseOther, twice } from './wire.ts'

const maxInflated = 64 * 1024 * 1024
const maxCells = 2_000_000
const endRecord = { signature: 'PK\u0005\u0006', length: 22, commentLengthAt: 20 }

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

/** A ZIP ends with its end record and the comment that this record announces. */
const refuseTail = (payload: Payload, body: Uint8Array) => {
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength)
  const at = bytes.lastIndexOf(endRecord.signature, undefined, 'latin1')
  if (at < 0 || at + endRecord.length > bytes.length) throw changed(payload, 'XLSX without the end of its archive')
  const surplus = bytes.length - (at + endRecord.length + bytes.readUInt16LE(at + endRecord.commentLengthAt))
  if (surplus !== 0)
    throw changed(
      payload,
      `XLSX whose archive is ${Math.abs(surplus)} bytes ${surplus > 0 ? 'longer' : 'shorter'} than it says`,
    )
}

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
  refuseTail(payload, body)
  if (inflated > maxInflated) throw changed(payload, `inflates to ${inflated} bytes, more than ${maxInflated}`)
}

/** A column by its letters, counted from 1. */
const columnOf = (letters: string): number =>
  [...letters].reduce((total, letter) => total * 26 + letter.charCodeAt(0) - 64, 0)

/** The reader makes a cell for each place up to the last one: one far away would take all memory. */
const refuseVast = (payload: Payload, body: Uint8Array) => {
  const sheets = unzipSync(body, { filter: ({ name }) => name.startsWith('xl/worksheets/') })
  for (const sheet of Object.values(sheets)) {
    let [rows, columns] = [0, 0]
    for (const [, letters = '', row] of new TextDecoder().decode(sheet).matchAll(/\sr=["']([A-Z]*)(\d+)["']/g)) {
      rows = Math.max(rows, Number(row))
      columns = Math.max(columns, columnOf(letters))
    }
    if (rows * columns > maxCells) throw changed(payload, `a sheet of ${rows} rows and ${columns} columns`)
  }
}

const sheetOf = async (payload: Payload): Promise<SheetData> => {
  const body = bytesOf(payload)
  refuseBomb(payload, body)
  try {
    refuseVast(payload, body)
    return await readSheet(new Uint8Array(body).buffer)
  } catch (error) {
    if (error instanceof SourceChangedError) throw error
    throw changed(payload, `XLSX cannot be read, ${messageOf(error)}`)
  }
}

const text = (cell: CellValue | null | undefined) => (cell === null || cell === undefined ? '' : String(cell).trim())

/** The disclaimer below the rows fills the first column only. */
export const isData = ([, ...others]: readonly string[]): boolean => others.some((cell) => cell !== '')

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
  refuseOther(payload, fund, payload.key.toUpperCase())
  const double = twice((sheet[headerRow] ?? []).map(text))
  if (double !== undefined) throw changed(payload, `row ${headerRow + 1} names ${double} twice`)
  const cells = (rows: SheetData) => rows.map((row) => row.map(text))
  return { fund, heading: cells(sheet.slice(0, headerRow)), rows: cells(sheet.slice(headerRow + 1)) }
}
