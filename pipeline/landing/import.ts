/** Imports: an analyst's CSV or Parquet in a table's own columns, read by the engine itself. */
import { parse } from 'csv-parse/sync'
import { type Engine, quoted } from '../../core/engine.ts'
import { ContractError, messageOf, UsageError } from '../../core/errors.ts'
import type { Table } from '../../schemas/table.ts'
import { tables } from '../../schemas/tables/index.ts'
import { bytesOf, isGzip } from '../../sources/shared/wire.ts'
import { type BronzeRecord, payloadOf, readBody, readHead } from '../ingest/bronze.ts'
import type { Lake } from '../lake/lake.ts'
import type { Decoder } from './decoder.ts'
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
  typeWords,
} from './import-columns.ts'
import { stageColumns, stageName } from './staging.ts'

export const importSource = 'import'

export const importableTables = tables.filter((table) => table.origin === 'payloads')

/** The table of that name, if an analyst's rows may go there. */
export const importableTable = (name: string | undefined): Table => {
  const table = importableTables.find((each) => each.name === name)
  const others = importableTables.map((each) => each.name).join(', ')
  if (!table) throw new UsageError(`no table ${name} to import into; there are ${others}`)
  return table
}

/** Tables that the imports of a batch are meant for. */
const tablesOf = (batch: readonly BronzeRecord[]) => {
  const names = new Set(batch.map((record) => record.table))
  return importableTables.filter((table) => names.has(table.name))
}

export const importDecoder: Decoder = {
  source: importSource,
  tables: tablesOf,
  stage: async (lake, batch) => {
    for (const table of tablesOf(batch)) await lake.engine.load(stageName(table), stageColumns(table), [])
    const outcomes: { rows: number; error: string | null }[] = []
    for (const [payload, record] of batch.entries()) {
      try {
        outcomes.push({ rows: await stageOne(lake, record, payload), error: null })
      } catch (error) {
        lake.platform.log.warn({ source: importSource, key: record.key }, messageOf(error))
        outcomes.push({ rows: 0, error: messageOf(error) })
      }
    }
    return outcomes
  },
}

const stageOne = async (lake: Lake, record: BronzeRecord, payload: number): Promise<number> => {
  const { engine } = lake
  const table = importableTable(record.table)
  const stage: Stage = { name: stageName(table), columns: Object.keys(stageColumns(table)), payload }
  if (!(await readKept(lake, table, record, stage))) await readText(lake, table, await open(lake, record), stage)
  const { first, n } = await staged(engine, stage)
  if (!n) throw new ContractError(`${table.name}: ${nameOf(record)} has a header and no rows (${record.body})`)
  await engine.run(`update payload_index set _first = ${first} where _payload = ${payload}`)
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
  return { first: found?.first ?? 0, n: found?.n ?? 0, badRow: found?.bad == null ? null : found.bad - found.first + 1 }
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
    _source: `coalesce(${values.get('source')}, ${quoted(importSource)})`,
    _published_at: values.get('known_at') ?? 'null',
    _bad: `coalesce(${bad.join(' or ')}, false)`,
  }
  const selected = stage.columns.map((name) => origin[name] ?? values.get(name))
  return engine.run(`insert into ${stage.name} select ${selected.join(', ')} from ${relation}`)
}

const takeBack = (engine: Engine, { name, payload }: Stage) =>
  engine.run(`delete from ${name} where _payload = ${payload}`)

const csvOf = (part: Part, options: string) =>
  `read_csv(${quoted(part.path)}, header = true, ${options}, delim = ',', quote = '"', strict_mode = true, null_padding = false, encoding = 'utf-8', auto_detect = false)`

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
  } catch {
    return false
  }
  if ((await staged(engine, stage)).badRow === null) return true
  await takeBack(engine, stage)
  return false
}

/** Thorough: every cell as text, typed here, and the first that is not what it should be is named. */
const readText = async (lake: Lake, table: Table, part: Part, stage: Stage): Promise<void> => {
  const cells = cellsOf(table, part)
  const text = columnsOf(part, () => 'varchar')
  const relation = part.isParquet ? `read_parquet(${quoted(part.path)})` : csvOf(part, text)
  const values = new Map(cells.map((cell) => [cell.name, typed(cell.type, cell.text)]))
  try {
    await insert(lake.engine, stage, values, cells.map(isBad), relation)
  } catch (error) {
    const reason = messageOf(error).split('\n')[0]
    throw new ContractError(`${table.name}: ${nameOf(part.record)} cannot be read, ${reason} (${part.record.body})`)
  }
  const { badRow } = await staged(lake.engine, stage)
  if (badRow === null) return
  await takeBack(lake.engine, stage)
  throw await badCell(lake.engine, table, part.record, relation, cells, badRow)
}

/** A plain CSV straight from bronze, numbers parsed by the reader. False where it needs a thorough look instead. */
const readKept = async (lake: Lake, table: Table, record: BronzeRecord, stage: Stage): Promise<boolean> => {
  const { store } = lake.platform
  const head = await readHead(store, record)
  if (head.length === 0 || isGzip(head) || isParquetFile(head)) return false
  const header = headerOf(record, head)
  const [path = ''] = await store.readable([record.body])
  const [whole, isTyped] = await Promise.all([
    readBody(store, record),
    readTyped(lake, table, { record, path, isParquet: false, header }, stage),
  ])
  // The reader would take 1_000 for a thousand.
  if (!isTyped || !whole.includes('_'.charCodeAt(0), whole.indexOf('\n'.charCodeAt(0)))) return isTyped
  await takeBack(lake.engine, stage)
  return false
}

const isParquetFile = (bytes: Uint8Array) => Buffer.from(bytes.subarray(0, 4)).toString('latin1') === 'PAR1'

const headerOf = (record: BronzeRecord, bytes: Uint8Array): string[] => {
  const start = new TextDecoder().decode(bytes.subarray(0, 65_536))
  if (/^\s*</.test(start)) {
    throw new ContractError(`${record.table}: expected CSV, got markup "${start.trim().slice(0, 40)}" (${record.body})`)
  }
  const [header = []] = parse(start.split(/\r?\n/, 1)[0] ?? '', { trim: true }) as string[][]
  return header
}

/** The bytes without compression as a file of their own. */
const open = async (lake: Lake, record: BronzeRecord): Promise<Part> => {
  const bytes = bytesOf(payloadOf(record, await readBody(lake.platform.store, record)))
  const isParquet = isParquetFile(bytes)
  const path = await lake.platform.scratch(`import.${isParquet ? 'parquet' : 'csv'}`)
  await lake.platform.writeScratch(path, bytes)
  if (!isParquet) return { record, path, isParquet, header: headerOf(record, bytes) }
  const columns = await lake.engine.columnsOf(`select * from read_parquet(${quoted(path)})`)
  return { record, path, isParquet, header: columns.map(({ name }) => name) }
}

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
    `${table.name}.${cell.name} row ${row} (${about.join(', ')}): expected ${typeWords[cell.type]}, got ${JSON.stringify(raw?.[cell.name])} (${record.body})`,
  )
}
