/** Imports: an analyst's CSV or Parquet in a table's own columns, read by the engine itself. */
import { parse } from 'csv-parse/sync'
import type { SqlType } from '../../schemas/column.ts'
import { reportedColumns, type Table } from '../../schemas/table.ts'
import { tables } from '../../schemas/tables/index.ts'
import { bytesOf } from '../../sources/wire.ts'
import { type BronzeRecord, payloadOf, readBody } from '../bronze.ts'
import { type Engine, quoted } from '../engine.ts'
import { ContractError, messageOf, UsageError } from '../errors.ts'
import type { Lake } from '../lake.ts'
import type { Decoder } from './decoder.ts'
import { stageColumns, stageName } from './staging.ts'

export const importSource = 'import'

/** Columns that an import may carry beside the reported ones. */
const extras = { source: 'varchar', known_at: 'timestamp' } as const satisfies Record<string, SqlType>

export const importableTables = tables.filter((table) => table.origin === 'payloads')

/** The table of that name, if an analyst's rows may go there. */
export const importableTable = (name: string | undefined): Table => {
  const table = importableTables.find((each) => each.name === name)
  const others = importableTables.map((each) => each.name).join(', ')
  if (!table) throw new UsageError(`no table ${name} to import into; there are ${others}`)
  return table
}

interface Part {
  readonly record: BronzeRecord
  readonly path: string
  readonly isParquet: boolean
  readonly header: readonly string[]
  /** Whether the CSV reader may parse the numbers: it would take 1_000 for a thousand. */
  readonly mayReadNumbers: boolean
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

/** A column that the import fills: the text of its cell in SQL, and its name in the file if it comes from there. */
interface Cell {
  readonly name: string
  readonly type: SqlType
  readonly text: string
  readonly header?: string
}

const stageOne = async (lake: Lake, record: BronzeRecord, payload: number): Promise<number> => {
  const { engine } = lake
  const table = importableTable(record.table)
  const part = await open(lake, record)
  const cells = cellsOf(table, part)
  const stage: Stage = { name: stageName(table), columns: Object.keys(stageColumns(table)), payload }
  const direct = part.mayReadNumbers && (await readTyped(lake, part, cells, stage))
  if (!direct) await readText(lake, table, part, cells, stage)
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

const nameOf = (record: BronzeRecord) => record.file ?? record.key

const isNumeric = ({ type, header }: Cell) => header !== undefined && (type === 'double' || type === 'bigint')

const csvOf = (part: Part, options: string) =>
  `read_csv(${quoted(part.path)}, header = true, ${options}, delim = ',', quote = '"', strict_mode = true, null_padding = false, encoding = 'utf-8', auto_detect = false)`

const columnsOf = (part: Part, typeOf: (header: string) => string) =>
  `columns = {${part.header.map((header) => `${quoted(header)}: ${quoted(typeOf(header))}`).join(', ')}}`

const numberOf = ({ type, header }: Cell) =>
  type === 'bigint' ? `cast(${identifier(header!)} as bigint)` : identifier(header!)

const isNoNumber = ({ type, header }: Cell) => {
  const name = identifier(header!)
  return `not isfinite(${name})${type === 'bigint' ? ` or ${name} <> trunc(${name})` : ''}`
}

const isBad = ({ type, text }: Cell) => `(${text} is not null and ${typed(type, text)} is null)`

/** Fast: the reader parses the numbers. False where a cell is not what it should be, for readText to name. */
const readTyped = async ({ engine }: Lake, part: Part, cells: readonly Cell[], stage: Stage): Promise<boolean> => {
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
const readText = async (lake: Lake, table: Table, part: Part, cells: readonly Cell[], stage: Stage): Promise<void> => {
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

const open = async (lake: Lake, record: BronzeRecord): Promise<Part> => {
  const payload = payloadOf(record, await readBody(lake.platform.store, record))
  const bytes = bytesOf(payload)
  const isParquet = Buffer.from(bytes.subarray(0, 4)).toString('latin1') === 'PAR1'
  const path = await lake.platform.scratch(`import.${isParquet ? 'parquet' : 'csv'}`)
  await lake.platform.writeScratch(path, bytes)
  if (isParquet) {
    const columns = await lake.engine.columnsOf(`select * from read_parquet(${quoted(path)})`)
    return { record, path, isParquet, header: columns.map(({ name }) => name), mayReadNumbers: false }
  }
  const start = new TextDecoder().decode(bytes.subarray(0, 65_536))
  if (/^\s*</.test(start))
    throw new ContractError(`${record.table}: expected CSV, got markup "${start.trim().slice(0, 40)}" (${record.body})`)
  const [header = []] = parse(start.split(/\r?\n/, 1)[0] ?? '', { trim: true }) as string[][]
  return {
    record,
    path,
    isParquet,
    header,
    mayReadNumbers: !bytes.includes('_'.charCodeAt(0), start.indexOf('\n') + 1),
  }
}

const fold = (name: string) => name.trim().toLowerCase().replaceAll(' ', '_')

const identifier = (name: string) => `"${name.replaceAll('"', '""')}"`

/** For each column of the table, where its value comes from: the file, --set, or its default. */
const cellsOf = (table: Table, part: Part): Cell[] => {
  const mapping = mapColumns(table, part)
  const wanted = [
    ...reportedColumns(table).map((name) => [name, table.columns[name]!.type] as const),
    ...Object.entries(extras),
  ]
  return wanted.map(([name, type]) => ({ name, type, ...(mapping.get(name) ?? { text: 'cast(null as varchar)' }) }))
}

const mapColumns = (table: Table, { record, header, isParquet }: Part) => {
  const known = new Set([...reportedColumns(table), ...Object.keys(extras)])
  const mapping = new Map<string, { text: string; header?: string }>()
  const strangers: string[] = []
  for (const name of header) {
    const folded = fold(name)
    const column = known.has(folded) ? folded : table.aliases[folded]
    const text = `nullif(trim(${isParquet ? `cast(${identifier(name)} as varchar)` : identifier(name)}), '')`
    if (column && !mapping.has(column)) mapping.set(column, { text, header: name })
    else strangers.push(name)
  }
  for (const [name, value] of Object.entries(record.set ?? {})) {
    if (!known.has(name))
      throw new ContractError(`${table.name} has no column ${name} to set; it has ${[...known].join(', ')}`)
    mapping.set(name, { text: quoted(value) })
  }
  for (const name of reportedColumns(table)) {
    const fallback = table.columns[name]!.default
    if (!mapping.has(name) && fallback !== undefined) mapping.set(name, { text: quoted(String(fallback)) })
  }
  const absent = reportedColumns(table).filter((name) => !mapping.has(name))
  const required = absent.filter((name) => !table.columns[name]!.nullable)
  // A column we do not know next to one we miss may be the same under a new name: that is not for us to guess.
  if (required.length || (absent.length && strangers.length)) {
    throw new ContractError(
      `${table.name}: ${record.file ?? record.key} has no column ${absent.join(', ')}; its header is "${header.join(',')}". ` +
        `Rename a column, or give one value for all rows with --set (${record.body})`,
    )
  }
  return mapping
}

/** SQL that is the typed value of a text, or NULL where the text is not exactly such a value. */
const typed = (type: SqlType, text: string): string => {
  const number = `try_cast(${text} as double)`
  const isNumber = `isfinite(${number}) and not contains(${text}, '_')`
  if (type === 'double') return `case when ${isNumber} then ${number} end`
  if (type === 'bigint')
    return `case when ${isNumber} and ${number} = trunc(${number}) then cast(${number} as bigint) end`
  if (type === 'date') return `case when strlen(${text}) = 10 then try_cast(${text} as date) end`
  if (type === 'timestamp') {
    return `case when regexp_matches(${text}, '(Z|[+-]\\d\\d:?\\d\\d)$') then cast(try_cast(${text} as timestamptz) at time zone 'UTC' as timestamp) end`
  }
  if (type === 'boolean') return `try_cast(${text} as boolean)`
  return text
}

const typeWords: Readonly<Record<SqlType, string>> = {
  double: 'double',
  bigint: 'a whole number',
  date: 'a date as yyyy-mm-dd',
  timestamp: 'an instant with its offset',
  boolean: 'true or false',
  varchar: 'text',
  'varchar[]': 'a list',
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
