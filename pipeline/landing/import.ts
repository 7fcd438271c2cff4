/** Imports: an analyst's CSV or Parquet in a table's own columns, read by the engine itself. */
import { parse } from 'csv-parse/sync'
import type { SqlType } from '../../schemas/column.ts'
import { reportedColumns, type Table } from '../../schemas/table.ts'
import { tables } from '../../schemas/tables/index.ts'
import { bytesOf } from '../../sources/wire.ts'
import { type BronzeRecord, payloadOf, readBody } from '../bronze.ts'
import { quoted } from '../engine.ts'
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
}

export const importDecoder: Decoder = {
  source: importSource,
  tables: importableTables,
  stage: async (lake, batch) => {
    for (const table of importableTables) await lake.engine.load(stageName(table), stageColumns(table), [])
    const outcomes: { rows: number; error: string | null }[] = []
    for (const record of batch) {
      try {
        outcomes.push({ rows: await stageOne(lake, record), error: null })
      } catch (error) {
        lake.platform.log.warn({ source: importSource, key: record.key }, messageOf(error))
        outcomes.push({ rows: 0, error: messageOf(error) })
      }
    }
    return outcomes
  },
}

const stageOne = async (lake: Lake, record: BronzeRecord): Promise<number> => {
  const { engine } = lake
  const table = importableTable(record.table)
  const part = await open(lake, record)
  const mapping = mapColumns(table, part)
  const wanted = [
    ...reportedColumns(table).map((name) => [name, table.columns[name]!.type] as const),
    ...Object.entries(extras),
  ]
  const cells = wanted.map(([name, type]) => ({ name, type, text: mapping.get(name) ?? 'cast(null as varchar)' }))
  const bad = cells.map(({ type, text }) => `(${text} is not null and ${typed(type, text)} is null)`)
  const relation = part.isParquet
    ? `read_parquet(${quoted(part.path)})`
    : `read_csv(${quoted(part.path)}, header = true, all_varchar = true, delim = ',', quote = '"', strict_mode = true, null_padding = false, encoding = 'utf-8')`
  try {
    await engine.run(
      `create or replace temp table import_part as
       select ${cells.map(({ name, type, text }) => `${typed(type, text)} as ${name}`).join(', ')}, ${bad.join(' or ')} as _bad, row_number() over () as _row
       from ${relation}`,
    )
  } catch (error) {
    throw new ContractError(
      `${table.name}: ${record.file ?? record.key} cannot be read, ${messageOf(error).split('\n')[0]} (${record.body})`,
    )
  }
  await refuseBadCell(lake, table, record, relation, cells)
  const columns = Object.keys(stageColumns(table))
  const origin: Record<string, string> = {
    _bronze_key: quoted(record.body),
    _request_key: quoted(record.key),
    _source: `coalesce(source, ${quoted(importSource)})`,
    _fetched_at: `timestamp ${quoted(record.fetched_at.replace(/Z$/, ''))}`,
    _published_at: 'known_at',
  }
  await engine.run(
    `insert into ${stageName(table)} select ${columns.map((name) => origin[name] ?? name).join(', ')} from import_part`,
  )
  const [count] = await engine.rows<{ n: number }>('select count(*) as n from import_part')
  if (!count?.n)
    throw new ContractError(`${table.name}: ${record.file ?? record.key} has a header and no rows (${record.body})`)
  return count.n
}

const open = async (lake: Lake, record: BronzeRecord): Promise<Part> => {
  const payload = payloadOf(record, await readBody(lake.platform.store, record))
  const bytes = bytesOf(payload)
  const isParquet = Buffer.from(bytes.subarray(0, 4)).toString('latin1') === 'PAR1'
  const path = await lake.platform.scratch(`import.${isParquet ? 'parquet' : 'csv'}`)
  await lake.platform.writeScratch(path, bytes)
  if (isParquet) {
    const columns = await lake.engine.columnsOf(`select * from read_parquet(${quoted(path)})`)
    return { record, path, isParquet, header: columns.map(({ name }) => name) }
  }
  const start = new TextDecoder().decode(bytes.subarray(0, 65_536))
  if (/^\s*</.test(start))
    throw new ContractError(`${record.table}: expected CSV, got markup "${start.trim().slice(0, 40)}" (${record.body})`)
  const [header = []] = parse(start.split(/\r?\n/, 1)[0] ?? '', { trim: true }) as string[][]
  return { record, path, isParquet, header }
}

const fold = (name: string) => name.trim().toLowerCase().replaceAll(' ', '_')

/** For each column of the table, the SQL text of its value: from the file, from --set, or from its default. */
const mapColumns = (table: Table, { record, header, isParquet }: Part): Map<string, string> => {
  const known = new Set([...reportedColumns(table), ...Object.keys(extras)])
  const mapping = new Map<string, string>()
  const strangers: string[] = []
  for (const name of header) {
    const folded = fold(name)
    const column = known.has(folded) ? folded : table.aliases[folded]
    const cell = `"${name.replaceAll('"', '""')}"`
    if (column && !mapping.has(column))
      mapping.set(column, `nullif(trim(${isParquet ? `cast(${cell} as varchar)` : cell}), '')`)
    else strangers.push(name)
  }
  for (const [name, value] of Object.entries(record.set ?? {})) {
    if (!known.has(name))
      throw new ContractError(`${table.name} has no column ${name} to set; it has ${[...known].join(', ')}`)
    mapping.set(name, quoted(value))
  }
  for (const name of reportedColumns(table)) {
    const fallback = table.columns[name]!.default
    if (!mapping.has(name) && fallback !== undefined) mapping.set(name, quoted(String(fallback)))
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

/** Names the first cell that is not what its column declares. */
const refuseBadCell = async (
  { engine }: Lake,
  table: Table,
  record: BronzeRecord,
  relation: string,
  cells: readonly { name: string; type: SqlType; text: string }[],
) => {
  const [first] = await engine.rows<{ n: number | null }>('select min(_row) as n from import_part where _bad')
  if (!first?.n) return
  const [raw] = await engine.rows<Record<string, string | null>>(
    `select ${cells.map(({ name, text }) => `${text} as ${name}`).join(', ')} from (select *, row_number() over () as _row from ${relation}) where _row = ${first.n}`,
  )
  const checks = cells.map(({ name, type }) => `${typed(type, quoted(raw?.[name] ?? ''))} is null as ${name}`)
  const [verdict] = await engine.rows<Record<string, boolean>>(`select ${checks.join(', ')}`)
  const cell = cells.find(({ name }) => raw?.[name] != null && verdict?.[name])!
  const about = table.grain
    .filter((name) => !(name in extras))
    .flatMap((name) => raw?.[name] ?? [])
    .join(', ')
  throw new ContractError(
    `${table.name}.${cell.name} row ${first.n} (${about}): expected ${typeWords[cell.type]}, got ${JSON.stringify(raw?.[cell.name])} (${record.body})`,
  )
}
