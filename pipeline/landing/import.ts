/** Imports: an analyst's CSV or Parquet in a table's own columns, read by the engine itself. */
import { type Engine, fileToRead, quoted } from '../../core/engine.ts'
import { ContractError, UsageError } from '../../core/errors.ts'
import { suggestion } from '../../core/nearest.ts'
import type { Table } from '../../schemas/table.ts'
import { corporateActions } from '../../schemas/tables/corporate_actions.ts'
import { dailyBars } from '../../schemas/tables/daily_bars.ts'
import { tables } from '../../schemas/tables/index.ts'
import { cutFile } from '../../sources/shared/wire.ts'
import { decodeSeconds, largestAnswer } from '../../sources/source.ts'
import { type BronzeRecord, importSource, type StoredBody, storedBody } from '../ingest/bronze.ts'
import type { Lake } from '../lake/lake.ts'
import { type Decoder, refuse, type Verdict } from './decoder.ts'
import { isOfMachine, reasonOf } from './faults.ts'
import { type Opened, open, parquetOf } from './import-bytes.ts'
import {
  badBeforeProof,
  type Cell,
  cellsOf,
  extras,
  isBad,
  isNumeric,
  nameOf,
  numberOf,
  type Part,
  proofOf,
  typedCell,
  wordsFor,
} from './import-columns.ts'
import { payloadIndex, stageName, stageTableName } from './relations.ts'
import { openStage, openStages, stageColumns, takeBack } from './staging.ts'

export const importableTables = tables.filter((table) => table.origin === 'payloads')

/** The table of that name, if an analyst's rows may go there. */
export const importableTable = (name: string | undefined): Table => {
  const table = importableTables.find((each) => each.name === name)
  const names = importableTables.map((each) => each.name)
  if (!table) throw new UsageError(`no table ${name} to import into; ${suggestion(String(name), names)}`)
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
        const body = await storedBody(lake.platform.store, record)
        const parts = Math.max(1, Math.ceil(body.length / largestAnswer))
        const limit = seconds * parts
        const late = () =>
          new ContractError(`${record.table}: ${nameOf(record)} was given up after ${limit} seconds (${record.body})`)
        const rows = await lake.engine.within(limit, late, () =>
          stageOne(lake, record, body, payload, batch.length === 1),
        )
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

const stageOne = async (
  lake: Lake,
  record: BronzeRecord,
  body: StoredBody,
  payload: number,
  isAlone: boolean,
): Promise<number> => {
  const { engine } = lake
  const table = importableTable(record.table)
  const part = await open(lake, record, body)
  const constants = isAlone ? constantsOf(cellsOf(table, part), payload) : {}
  if (isAlone) await openStage(engine, table, constants)
  const columns = Object.keys(stageColumns(table)).filter((name) => !(name in constants))
  const stage: Stage = { table, columns, payload }
  if (part.isDoubtful || !(await readTyped(lake, part, stage))) await readText(lake, part, stage)
  const [found] = await engine.rows<{ first: number; n: number }>(
    `select min(_id) as first, count(*) as n from ${stageName(table)} where _payload = ${payload}`,
  )
  const { first = 0, n = 0 } = found ?? {}
  if (!n) throw new ContractError(`${table.name}: ${nameOf(record)} has a header and no rows (${record.body})`)
  if (!part.isWhole)
    throw new ContractError(
      `${table.name}: ${nameOf(record)}: ${cutFile}; if it is whole, end its last line and import it again (${record.body})`,
    )
  await engine.run(`update ${payloadIndex} set _first = ${first} where _payload = ${payload}`)
  return n
}

interface Stage {
  readonly table: Table
  readonly columns: readonly string[]
  readonly payload: number
}

/** The columns that no cell of the file fills. All rows of the payload, which is alone in its batch, have the same value there. */
const constantsOf = (cells: readonly Cell[], payload: number): Record<string, string> => {
  const origin = originOf(new Map(cells.map((cell) => [cell.name, typedCell(cell)])), payload)
  const isFilled = (name: string) => cells.some((cell) => cell.name === name && cell.header !== undefined)
  const filled = [...(isFilled('source') ? ['_source'] : []), ...(isFilled('known_at') ? ['_published_at'] : [])]
  return Object.fromEntries(Object.entries(origin).filter(([name]) => !filled.includes(name)))
}

const originOf = (values: ReadonlyMap<string, string>, payload: number): Record<string, string> => ({
  _payload: String(payload),
  _row: 'null',
  _flaw: 'null',
  _source: `coalesce(${values.get('source')}, ${quoted(importSource)})`,
  _published_at: values.get('known_at') ?? 'null',
})

/** Inserts rows whose columns are given in SQL. It fails where a cell is bad, and then inserts none. */
const insert = (
  engine: Engine,
  { table, columns, payload }: Stage,
  values: ReadonlyMap<string, string>,
  bad: readonly string[],
  relation: string,
) => {
  const origin = originOf(values, payload)
  const selected = columns.map((name) => origin[name] ?? values.get(name))
  const checked = bad.length ? `where case when ${bad.join(' or ')} then error('a cell is bad') else true end` : ''
  return engine.run(`insert into ${stageTableName(table)} select ${selected.join(', ')} from ${relation} ${checked}`)
}

const csvOf = (part: Part, options: string) =>
  `read_csv(${fileToRead(part.path)}, header = true, ${options}, delim = ',', quote = '"', strict_mode = true, null_padding = false, encoding = 'utf-8', auto_detect = false, hive_partitioning = false)`

const columnsOf = (part: Part, typeOf: (header: string) => string) =>
  `columns = {${part.header.map((header) => `${quoted(header)}: ${quoted(typeOf(header))}`).join(', ')}}`

/** Fast: the reader parses the numbers. False where a cell may not be what it should be, for readText to name. */
const readTyped = async ({ engine }: Lake, part: Part, stage: Stage): Promise<boolean> => {
  const { table, payload } = stage
  const cells = cellsOf(table, part)
  const numeric = new Set(cells.filter(isNumeric).map((cell) => cell.header))
  const columns = columnsOf(part, (header) => (numeric.has(header) ? 'double' : 'varchar'))
  const values = new Map(cells.map((cell) => [cell.name, isNumeric(cell) ? numberOf(cell) : typedCell(cell)]))
  const proofs = cells.flatMap((cell) => proofOf(table, cell) ?? [])
  const bad = cells.flatMap((cell) => badBeforeProof(table, cell) ?? [])
  try {
    await insert(engine, stage, values, bad, csvOf(part, columns))
  } catch (error) {
    if (isOfMachine(error)) throw error
    return false
  }
  const [found] = await engine.rows<{ proven: boolean }>(
    `select coalesce(${['true', ...proofs].join(' and ')}, true) as proven from ${stageName(table)} where _payload = ${payload}`,
  )
  if (found?.proven) return true
  await takeBack(engine, table, payload)
  return false
}

/** Thorough: every cell as text, typed here, and the first that is not what it should be is named. */
const readText = async ({ engine }: Lake, part: Opened, stage: Stage): Promise<void> => {
  const { table } = stage
  const { record } = part
  const cells = cellsOf(table, part)
  const text = columnsOf(part, () => 'varchar')
  const relation = part.isParquet ? parquetOf(part.path) : csvOf(part, text)
  const values = new Map(cells.map((cell) => [cell.name, typedCell(cell)]))
  const unreadable = (error: unknown) => {
    if (isOfMachine(error)) return error
    const reason = reasonOf(error).replaceAll(part.path, nameOf(record))
    return new ContractError(`${table.name}: ${nameOf(record)} cannot be read, ${reason} (${record.body})`)
  }
  try {
    await insert(engine, stage, values, cells.map(isBad), relation)
  } catch (error) {
    if (isOfMachine(error)) throw error
    const row = await firstBadRow(engine, cells, relation).catch((again) => {
      throw unreadable(again)
    })
    throw row === null ? unreadable(error) : await badCell(engine, table, record, relation, cells, row)
  }
}

const firstBadRow = async (engine: Engine, cells: readonly Cell[], relation: string): Promise<number | null> => {
  const [found] = await engine.rows<{ row: number | null }>(
    `select min(case when ${cells.map(isBad).join(' or ')} then _row end) as row
     from (select *, row_number() over () as _row from ${relation})`,
  )
  return found?.row ?? null
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
  const checks = cells.map((cell) => `${isBad(cell)} as ${cell.name}`)
  const [verdict] = await engine.rows<Record<string, boolean>>(
    `select ${checks.join(', ')} from (select *, row_number() over () as _row from ${relation}) where _row = ${row}`,
  )
  const cell = cells.find(({ name }) => raw?.[name] != null && verdict?.[name])!
  const about = table.grain.filter((name) => !(name in extras)).flatMap((name) => raw?.[name] ?? [])
  return new ContractError(
    `${table.name}.${cell.name} row ${row} (${about.join(', ')}): expected ${wordsFor(cell, raw?.[cell.name])}, got ${JSON.stringify(raw?.[cell.name])} (${record.body})`,
  )
}
