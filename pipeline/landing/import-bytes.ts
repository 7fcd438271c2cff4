/** The bytes of an import: checked while they are decompressed into a file that the engine can read. */
import { parse } from 'csv-parse/sync'
import { fileToRead } from '../../core/engine.ts'
import { ContractError, messageOf } from '../../core/errors.ts'
import { bytesOf, isGzip, twice } from '../../sources/shared/wire.ts'
import { type BronzeRecord, payloadOf, readBody, type StoredBody } from '../ingest/bronze.ts'
import type { Lake } from '../lake/lake.ts'
import { isOfMachine, reasonOf } from './faults.ts'
import { nameOf, type Part } from './import-columns.ts'

/** Largest file that is imported, in bytes, also when it is decompressed. */
export const largestImport = 256 * 1024 * 1024

/** A file of an import that the engine can read. */
export interface Opened extends Part {
  /** Whether its last line has its end. */
  readonly isWhole: boolean
  /** Whether a cell may hold a number that the reader of the engine takes for another one: 1_000 for a thousand. */
  readonly isDoubtful: boolean
}

/** Decompresses an import into a file of its own. */
export const open = async (lake: Lake, record: BronzeRecord, body: StoredBody): Promise<Opened> => {
  const head = body.head()
  if (head.length === 0 || isGzip(head) || isParquetFile(head)) return openAtOnce(lake, record)
  const header = headerOf(record, head)
  const path = await lake.platform.scratch('import.csv')
  const look = new Look()
  await lake.platform.writeScratch(path, look.over(body.pieces(largestImport)))
  if (look.hasNul) return openAtOnce(lake, record)
  const { isWhole, hasUnderscore, hasBlanks } = look
  return { record, path, isParquet: false, header, hasBlanks, isWhole, isDoubtful: hasUnderscore }
}

/** Below a header: bytes of a blank, and first bytes of an invisible mark (import-columns.ts), which other characters have, too. */
const blankBytes = [' ', '\t'].map((text) => text.charCodeAt(0)).concat(0xc2, 0xe2, 0xef)

/** What matters about the bytes of a CSV, found piece by piece. */
class Look {
  private isInHeader = true
  hasNul = false
  hasUnderscore = false
  hasBlanks = false
  isWhole = false

  async *over(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const piece of pieces) {
      this.add(piece)
      yield piece
    }
  }

  private add(piece: Uint8Array): void {
    const end = this.isInHeader ? piece.indexOf(lineFeed) : 0
    this.isInHeader = end < 0
    const has = (byte: number) => end >= 0 && piece.includes(byte, end)
    this.hasNul ||= piece.includes(0)
    this.hasUnderscore ||= has('_'.charCodeAt(0))
    this.hasBlanks ||= blankBytes.some(has)
    this.isWhole = endsWhole(piece)
  }
}

const lineFeed = '\n'.charCodeAt(0)

/** Whether the last line has its end. */
const endsWhole = (bytes: Uint8Array) => bytes.at(-1) === lineFeed || bytes.at(-1) === '\r'.charCodeAt(0)

const refuseNul = (record: BronzeRecord, bytes: Uint8Array) => {
  const at = bytes.indexOf(0)
  if (at < 0) return
  let row = 0
  for (let i = bytes.indexOf(lineFeed); i >= 0 && i < at; i = bytes.indexOf(lineFeed, i + 1)) row += 1
  throw new ContractError(
    `${record.table}: ${nameOf(record)} has a NUL byte in row ${row}; a CSV is text in UTF-8 (${record.body})`,
  )
}

const isParquetFile = (bytes: Uint8Array) => Buffer.from(bytes.subarray(0, 4)).toString('latin1') === 'PAR1'

const headerOf = (record: BronzeRecord, bytes: Uint8Array): string[] => {
  const wrong = (what: string) => new ContractError(`${record.table}: ${nameOf(record)} ${what} (${record.body})`)
  const start = textOfStart(bytes.subarray(0, 65_536), wrong)
  if (/^\s*</.test(start)) {
    throw new ContractError(`${record.table}: expected CSV, got markup "${start.trim().slice(0, 40)}" (${record.body})`)
  }
  const line = start.split(/\r?\n/, 1)[0] ?? ''
  if (line.includes('\r')) throw wrong('ends its lines with CR alone; save it with LF or CR LF')
  const [header = []] = readHeader(line, wrong)
  if (header.length > 1 && header.includes('')) throw wrong(`has a column without a name; its header is "${line}"`)
  const double = twice(header.map((name) => name.toLowerCase()))
  if (double !== undefined) throw wrong(`names ${double} twice in its header "${line}"`)
  return header
}

/** The first line, and as much of the others as can be decoded. */
const textOfStart = (bytes: Uint8Array, wrong: (what: string) => ContractError): string => {
  const end = bytes.indexOf(lineFeed)
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(0, end < 0 ? undefined : end), { stream: end < 0 })
  } catch {
    throw wrong('is not text in UTF-8')
  }
  return new TextDecoder().decode(bytes)
}

const readHeader = (line: string, wrong: (what: string) => ContractError) => {
  try {
    return parse(line, { trim: true }) as string[][]
  } catch (error) {
    throw wrong(`has a header that cannot be read, ${messageOf(error)}`)
  }
}

/** A file that is not a plain CSV in UTF-8: compressed, Parquet, or one that is refused. */
const openAtOnce = async (lake: Lake, record: BronzeRecord): Promise<Opened> => {
  const body = await readBody(lake.platform.store, record, largestImport)
  const bytes = bytesOf(payloadOf(record, body), largestImport)
  const isParquet = isParquetFile(bytes)
  const path = await lake.platform.scratch(`import.${isParquet ? 'parquet' : 'csv'}`)
  await lake.platform.writeScratch(path, bytes)
  if (!isParquet) {
    refuseNul(record, bytes)
    return { record, path, isParquet, header: headerOf(record, bytes), isWhole: endsWhole(bytes), isDoubtful: true }
  }
  const columns = await lake.engine.columnsOf(`select * from ${parquetOf(path)}`).catch((error) => {
    if (isOfMachine(error)) throw error
    const reason = reasonOf(error).replaceAll(path, nameOf(record))
    throw new ContractError(`${record.table}: ${nameOf(record)} cannot be read, ${reason} (${record.body})`)
  })
  const nested = new Map(columns.flatMap(({ name, type }) => (isNested(type) ? [[name, type] as const] : [])))
  return { record, path, isParquet, header: columns.map(({ name }) => name), nested, isWhole: true, isDoubtful: true }
}

const isNested = (type: string) => /[[\]]|^(STRUCT|MAP|UNION|VARIANT)/.test(type)

/** Some writers do not mark their text as text. Read as bytes, a letter beyond ASCII would become an escape. */
export const parquetOf = (path: string) =>
  `read_parquet(${fileToRead(path)}, hive_partitioning = false, binary_as_string = true)`
