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
  type Cell,
  cellsOf,
  extras,
  isBad,
  isNoNumber,
  isNumeric,
  nameOf,
  numberOf,
  type Part,
  typedCell,
  wordsFor,
} from './import-columns.ts'
import { payloadIndex, stageName } from './relations.ts'
import { openStages, stageColumns, takeBack } from './staging.ts'

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
        const rows = await lake.engine.within(limit, late, () => stageOne(lake, record, body, payload))
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

const stageOne = async (lake: Lake, record: BronzeRecord, body: StoredBody, payload: number): Promise<number> => {
  const { engine } = lake
  const table = importableTable(record.table)
  const stage: Stage = { name: stageName(table), columns: Object.keys(stageColumns(table)), payload }
  const part = await open(lake, record, body)
  if (part.isDoubtful || !(await readTyped(lake, table, part, stage))) await readText(lake, table, part, stage)
  const { first, n } = await staged(engine, stage)
  if (!n) throw new ContractError(`${table.name}: ${nameOf(record)} has a header and no rows (${record.body})`)
  if (!part.isWhole)
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

const columnsOf = (part: Part, typeOf: (header: string) => string) =>
  `columns = {${part.header.map((header) => `${quoted(header)}: ${quoted(typeOf(header))}`).join(', ')}}`

/** Fast: the reader parses the numbers. False where a cell is not what it should be, for readText to name. */
const readTyped = async ({ engine }: Lake, table: Table, part: Part, stage: Stage): Promise<boolean> => {
  const cells = cellsOf(table, part)
  const numeric = new Set(cells.filter(isNumeric).map((cell) => cell.header))
  const columns = columnsOf(part, (header) => (numeric.has(header) ? 'double' : 'varchar'))
  const values = new Map(cells.map((cell) => [cell.name, isNumeric(cell) ? numberOf(cell) : typedCell(cell)]))
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

/** Thorough: every cell as text, typed here, and the first that is not what it should be is named. */
const readText = async (lake: Lake, table: Table, part: Opened, stage: Stage): Promise<void> => {
  const cells = cellsOf(table, part)
  const text = columnsOf(part, () => 'varchar')
  const relation = part.isParquet ? parquetOf(part.path) : csvOf(part, text)
  const values = new Map(cells.map((cell) => [cell.name, typedCell(cell)]))
  try {
    await insert(lake.engine, stage, values, cells.map(isBad), relation)
  } catch (error) {
    if (isOfMachine(error)) throw error
    const reason = reasonOf(error).replaceAll(part.path, nameOf(part.record))
    throw new ContractError(`${table.name}: ${nameOf(part.record)} cannot be read, ${reason} (${part.record.body})`)
  }
  const { badRow } = await staged(lake.engine, stage)
  if (badRow !== null) throw await badCell(lake.engine, table, part.record, relation, cells, badRow)
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
