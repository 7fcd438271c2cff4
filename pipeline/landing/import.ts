/** Imports: an analyst's CSV or Parquet in a table's own columns, read by the engine itself. */
import { parse } from 'csv-parse/sync'
import { type Engine, fileToRead, quoted } from '../../core/engine.ts'
import { ContractError, messageOf, UsageError } from '../../core/errors.ts'
import type { Table } from '../../schemas/table.ts'
import { corporateActions } from '../../schemas/tables/corporate_actions.ts'
import { dailyBars } from '../../schemas/tables/daily_bars.ts'
import { tables } from '../../schemas/tables/index.ts'
import { bytesOf, cutFile, isGzip, twice } from '../../sources/shared/wire.ts'
import { decodeSeconds, largestAnswer } from '../../sources/source.ts'
import { type BronzeRecord, importSource, lengthOf, payloadOf, readBody, readHead, scanBody } from '../ingest/bronze.ts'
import type { Lake } from '../lake/lake.ts'
import { type Decoder, refuse, type Verdict } from './decoder.ts'
import { isOfMachine, reasonOf } from './faults.ts'
import {
  type Cell,
  cellsOf,
  extras,
  isBad,
  isNoNumber,
  isNumeric,
  nameOf,
  numberOf,
  type Part,
  typed,
  wordsFor,
} from './import-columns.ts'
import { payloadIndex, stageName } from './relations.ts'
import { openStages, stageColumns, takeBack } from './staging.ts'

/** Largest file that is imported, in bytes, also when it is decompressed. */
export const largestImport = 256 * 1024 * 1024

export const importableTables = tables.filter((table) => table.origin === 'payloads')

/** The table of that name, if an analyst's rows may go there. */
export const importableTable = (name: string | undefined): Table => {
  const table = importableTables.find((each) => each.name === name)
  const others = importableTables.map((each) => each.name).join(', ')
  if (!table) throw new UsageError(`no table ${name} to import into; there are ${others}`)
  return table
}

/** Tables that the imports of a batch fill. A history of bars on another basis reveals a corporate action. */
const tablesOf = (batch: readonly BronzeRecord[]) => {
  const names = new Set(batch.map((record) => record.table))
  if (names.has(dailyBars.name)) names.add(corporateActions.name)
  return importableTables.filter((table) => names.has(table.name))
}

/** Imports that read a file for so many seconds at most; for that long again per further `largestAnswer` bytes. */
export const importDecoderWithin = (seconds: number): Decoder => ({
  source: importSource,
  tables: tablesOf,
  restates: true,
  stage: async (lake, batch) => {
    await openStages(lake.engine, tablesOf(batch))
    const verdicts: Verdict[] = []
    for (const [payload, record] of batch.entries()) {
      try {
        const parts = Math.max(1, Math.ceil((await lengthOf(lake.platform.store, record)) / largestAnswer))
        const limit = seconds * parts
        const late = () =>
          new ContractError(`${record.table}: ${nameOf(record)} was given up after ${limit} seconds (${record.body})`)
        const rows = await lake.engine.within(limit, late, () => stageOne(lake, record, payload))
        verdicts.push({ rows, error: null })
      } catch (error) {
        if (isOfMachine(error)) throw error
        const table = importableTables.find((each) => each.name === record.table)
        if (table) await takeBack(lake.engine, table, payload)
        verdicts.push(refuse(lake, record, error))
      }
    }
    return verdicts
  },
})

export const importDecoder: Decoder = importDecoderWithin(decodeSeconds)

const stageOne = async (lake: Lake, record: BronzeRecord, payload: number): Promise<number> => {
  const { engine } = lake
  const table = importableTable(record.table)
  const stage: Stage = { name: stageName(table), columns: Object.keys(stageColumns(table)), payload }
  const isWhole =
    (await readKept(lake, table, record, stage)) ?? (await readText(lake, table, await open(lake, record), stage))
  const { first, n } = await staged(engine, stage)
  if (!n) throw new ContractError(`${table.name}: ${nameOf(record)} has a header and no rows (${record.body})`)
  if (!isWhole)
    throw new ContractError(
      `${table.name}: ${nameOf(record)}: ${cutFile}; if it is whole, end its last line and import it again (${record.body})`,
    )
  await engine.run(`update ${payloadIndex} set _first = ${first} where _payload = ${payload}`)
  return n
}

interface Stage {
  readonly name: string
  readonly columns: readonly string[]
  readonly payload: number
}

/** First rowid of a payload's staged rows, their count, and the row of the first bad cell. */
const staged = async (engine: Engine, { name, payload }: Stage) => {
  const [found] = await engine.rows<{ first: number; n: number; bad: number | null }>(
    `select min(rowid) as first, count(*) as n, min(case when _bad then rowid end) as bad from ${name} where _payload = ${payload}`,
  )
  const { first = 0, n = 0, bad } = found ?? {}
  return { first, n, badRow: bad == null ? null : bad - first + 1 }
}

/** Inserts rows whose columns are given in SQL, flagged where a cell is not what it should be. */
const insert = (
  engine: Engine,
  stage: Stage,
  values: ReadonlyMap<string, string>,
  bad: readonly string[],
  relation: string,
) => {
  const origin: Record<string, string> = {
    _payload: String(stage.payload),
    _row: 'null',
    _flaw: 'null',
    _source: `coalesce(${values.get('source')}, ${quoted(importSource)})`,
    _published_at: values.get('known_at') ?? 'null',
    _bad: `coalesce(${bad.join(' or ')}, false)`,
  }
  const selected = stage.columns.map((name) => origin[name] ?? values.get(name))
  return engine.run(`insert into ${stage.name} select ${selected.join(', ')} from ${relation}`)
}

const csvOf = (part: Part, options: string) =>
  `read_csv(${fileToRead(part.path)}, header = true, ${options}, delim = ',', quote = '"', strict_mode = true, null_padding = false, encoding = 'utf-8', auto_detect = false, hive_partitioning = false)`

/** Some writers do not mark their text as text. Read as bytes, a letter beyond ASCII would become an escape. */
const parquetOf = (path: string) =>
  `read_parquet(${fileToRead(path)}, hive_partitioning = false, binary_as_string = true)`

const columnsOf = (part: Part, typeOf: (header: string) => string) =>
  `columns = {${part.header.map((header) => `${quoted(header)}: ${quoted(typeOf(header))}`).join(', ')}}`

/** Fast: the reader parses the numbers. False where a cell is not what it should be, for readText to name. */
const readTyped = async ({ engine }: Lake, table: Table, part: Part, stage: Stage): Promise<boolean> => {
  const cells = cellsOf(table, part)
  const numeric = new Set(cells.filter(isNumeric).map((cell) => cell.header))
  const columns = columnsOf(part, (header) => (numeric.has(header) ? 'double' : 'varchar'))
  const values = new Map(
    cells.map((cell) => [cell.name, isNumeric(cell) ? numberOf(cell) : typed(cell.type, cell.text)]),
  )
  const bad = cells.map((cell) => (isNumeric(cell) ? isNoNumber(cell) : isBad(cell)))
  try {
    await insert(engine, stage, values, bad, csvOf(part, columns))
  } catch (error) {
    if (isOfMachine(error)) throw error
    return false
  }
  if ((await staged(engine, stage)).badRow === null) return true
  await takeBack(engine, table, stage.payload)
  return false
}

/** Thorough: every cell as text, typed here, and the first that is not what it should be is named. Returns whether the last line is whole. */
const readText = async (lake: Lake, table: Table, part: Opened, stage: Stage): Promise<boolean> => {
  const cells = cellsOf(table, part)
  const text = columnsOf(part, () => 'varchar')
  const relation = part.isParquet ? parquetOf(part.path) : csvOf(part, text)
  const values = new Map(cells.map((cell) => [cell.name, typed(cell.type, cell.text)]))
  try {
    await insert(lake.engine, stage, values, cells.map(isBad), relation)
  } catch (error) {
    if (isOfMachine(error)) throw error
    const reason = reasonOf(error).replaceAll(part.path, nameOf(part.record))
    throw new ContractError(`${table.name}: ${nameOf(part.record)} cannot be read, ${reason} (${part.record.body})`)
  }
  const { badRow } = await staged(lake.engine, stage)
  if (badRow === null) return part.isWhole
  throw await badCell(lake.engine, table, part.record, relation, cells, badRow)
}

/**
 * A plain CSV straight from bronze, numbers parsed by the reader. Returns whether the last line is whole; undefined if
 * the file needs a thorough look instead.
 */
const readKept = async (lake: Lake, table: Table, record: BronzeRecord, stage: Stage): Promise<boolean | undefined> => {
  const { store } = lake.platform
  const head = await readHead(store, record)
  if (head.length === 0 || isGzip(head) || isParquetFile(head)) return undefined
  const header = headerOf(record, head)
  const [path = ''] = await store.readable([record.body])
  const seen = new Look()
  const [isTyped] = await Promise.all([
    readTyped(lake, table, { record, path, isParquet: false, header }, stage),
    scanBody(store, record, largestImport, (piece) => seen.add(piece)),
  ])
  if (!isTyped) return undefined
  if (!seen.isDoubtful) return seen.isWhole
  await takeBack(lake.engine, table, stage.payload)
  return undefined
}

/** What matters about the bytes of a CSV, found piece by piece. */
class Look {
  private isInHeader = true
  /** A NUL byte, or an underscore below the header: the reader would take 1_000 for a thousand. */
  isDoubtful = false
  isWhole = false

  add(piece: Uint8Array): void {
    const end = this.isInHeader ? piece.indexOf(lineFeed) : 0
    this.isInHeader = end < 0
    this.isDoubtful ||= piece.includes(0) || (end >= 0 && piece.includes('_'.charCodeAt(0), end))
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

interface Opened extends Part {
  readonly isWhole: boolean
}

/** The bytes without compression as a file of their own. */
const open = async (lake: Lake, record: BronzeRecord): Promise<Opened> => {
  const body = await readBody(lake.platform.store, record, largestImport)
  const bytes = bytesOf(payloadOf(record, body), largestImport)
  const isParquet = isParquetFile(bytes)
  const path = await lake.platform.scratch(`import.${isParquet ? 'parquet' : 'csv'}`)
  await lake.platform.writeScratch(path, bytes)
  if (!isParquet) {
    refuseNul(record, bytes)
    return { record, path, isParquet, header: headerOf(record, bytes), isWhole: endsWhole(bytes) }
  }
  const columns = await lake.engine.columnsOf(`select * from ${parquetOf(path)}`).catch((error) => {
    if (isOfMachine(error)) throw error
    const reason = reasonOf(error).replaceAll(path, nameOf(record))
    throw new ContractError(`${record.table}: ${nameOf(record)} cannot be read, ${reason} (${record.body})`)
  })
  const nested = new Map(columns.flatMap(({ name, type }) => (isNested(type) ? [[name, type] as const] : [])))
  return { record, path, isParquet, header: columns.map(({ name }) => name), nested, isWhole: true }
}

const isNested = (type: string) => /[[\]]|^(STRUCT|MAP|UNION|VARIANT)/.test(type)

/** The error that names the first cell of a row that is not what its column declares. */
const badCell = async (
  engine: Engine,
  table: Table,
  record: BronzeRecord,
  relation: string,
  cells: readonly Cell[],
  row: number,
): Promise<ContractError> => {
  const texts = cells.map(({ name, text }) => `${text} as ${name}`).join(', ')
  const [raw] = await engine.rows<Record<string, string | null>>(
    `select ${texts} from (select *, row_number() over () as _row from ${relation}) where _row = ${row}`,
  )
  const checks = cells.map(({ name, type }) => `${typed(type, quoted(raw?.[name] ?? ''))} is null as ${name}`)
  const [verdict] = await engine.rows<Record<string, boolean>>(`select ${checks.join(', ')}`)
  const cell = cells.find(({ name }) => raw?.[name] != null && verdict?.[name])!
  const about = table.grain.filter((name) => !(name in extras)).flatMap((name) => raw?.[name] ?? [])
  return new ContractError(
    `${table.name}.${cell.name} row ${row} (${about.join(', ')}): expected ${wordsFor(cell.type, raw?.[cell.name])}, got ${JSON.stringify(raw?.[cell.name])} (${record.body})`,
  )
}
