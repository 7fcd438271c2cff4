/** Columns of an import: where each comes from, and the SQL that types its text strictly. */

import { newYork } from '../../calendar/sessions.ts'
import { identifier, quoted } from '../../core/engine.ts'
import { ContractError } from '../../core/errors.ts'
import type { SqlType } from '../../schemas/column.ts'
import { reportedColumns, type Table } from '../../schemas/table.ts'
import type { BronzeRecord } from '../ingest/bronze.ts'
import { inZone, newYorkDateOf } from './zones.ts'

/** Columns that an import may carry beside the reported ones. */
export const extras = { source: 'varchar', known_at: 'timestamp' } as const satisfies Record<string, SqlType>

/** A file of an import with its header. */
export interface Part {
  readonly record: BronzeRecord
  readonly path: string
  readonly isParquet: boolean
  readonly header: readonly string[]
  /** False if no cell holds a blank or an invisible mark, so that none has to be removed. */
  readonly hasBlanks?: boolean
  /** Columns of a Parquet file that hold lists or structures, by name. */
  readonly nested?: ReadonlyMap<string, string>
}

export const nameOf = (record: BronzeRecord) => record.file ?? record.key

/** A column that the import fills: the text of its cell in SQL, and its name in the file if it comes from there. */
export interface Cell {
  readonly name: string
  readonly type: SqlType
  readonly text: string
  readonly header?: string
  /** SQL of the typed value, where it is not that of every column of its type. */
  readonly value?: string
}

const fold = (name: string) => name.trim().toLowerCase().replaceAll(' ', '_')

/** For each column of the table, where its value comes from: the file, --set, or its default. */
export const cellsOf = (table: Table, part: Part): Cell[] => {
  const mapping = withBars(table, part.record, mapColumns(table, part))
  const wanted = [
    ...reportedColumns(table).map((name) => [name, table.columns[name]!.type] as const),
    ...Object.entries(extras),
  ]
  return wanted.map(([name, type]) => ({ name, type, ...(mapping.get(name) ?? { text: 'cast(null as varchar)' }) }))
}

/** The characters that are removed from both ends of a cell, as SQL: blanks and invisible marks. */
const blanks = quoted(' \t\u00a0\u200b\ufeff')

type Mapping = Map<string, Omit<Cell, 'name' | 'type'>>

/** Bars may start at a local time, and their session may follow from it. */
const withBars = ({ bars }: Table, { zone = newYork }: BronzeRecord, mapping: Mapping): Mapping => {
  const start = bars && mapping.get(bars.start)
  if (!start) return mapping
  const value = instantIn(zone, start.text)
  mapping.set(bars.start, { ...start, value })
  if (!mapping.has('session')) {
    const session = newYorkDateOf(value)
    mapping.set('session', { text: `cast(${session} as varchar)`, value: session })
  }
  return mapping
}

/** SQL of a UTC instant, which the text gives with its offset, as a local time of the zone, or as seconds or milliseconds since 1970. */
const instantIn = (zone: string, text: string): string => `case
  when regexp_full_match(${text}, '\\d{10}(\\d{3})?') then epoch_ms(cast(${text} as bigint) * case when length(${text}) = 10 then 1000 else 1 end)
  when regexp_full_match(${text}, '\\d{4}-\\d\\d-\\d\\d[ T]\\d\\d:\\d\\d(:\\d\\d(\\.\\d+)?)?') then ${inZone(`try_cast(${text} as timestamp)`, zone, 'UTC')}
  else ${typed('timestamp', text)} end`

const mapColumns = (table: Table, { record, header, isParquet, nested, hasBlanks = true }: Part) => {
  const known = new Set([...reportedColumns(table), ...Object.keys(extras)])
  const mapping: Mapping = new Map()
  const strangers: string[] = []
  for (const name of header) {
    const folded = fold(name)
    const column = known.has(folded) ? folded : table.aliases[folded]
    const cell = isParquet ? `cast(${identifier(name)} as varchar)` : identifier(name)
    const text = `nullif(${hasBlanks ? `trim(${cell}, ${blanks})` : cell}, '')`
    const other = column && mapping.get(column)?.header
    if (other)
      throw new ContractError(
        `${table.name}: ${nameOf(record)} has two columns for ${column}, ${other} and ${name} (${record.body})`,
      )
    const nesting = column && nested?.get(name)
    if (nesting)
      throw new ContractError(
        `${table.name}: ${nameOf(record)} has values of the type ${nesting} in its column ${name}; expected plain values (${record.body})`,
      )
    if (column) mapping.set(column, { text, header: name })
    else strangers.push(name)
  }
  for (const [name, value] of Object.entries(record.set ?? {})) {
    if (!known.has(name))
      throw new ContractError(`${table.name} has no column ${name} to set; it has ${[...known].join(', ')}`)
    mapping.set(name, { text: quoted(value) })
  }
  const absent = reportedColumns(table).filter((name) => !mapping.has(name) && !(table.bars && name === 'session'))
  const isRequired = (name: string) => !table.columns[name]!.nullable && table.columns[name]!.default === undefined
  const isOptional = (name: string) => table.optional.includes(name)
  // An unknown column beside an absent one may be that column under a new name: the absent one must not take its default.
  const missing = [
    ...(absent.some(isRequired) || strangers.length ? absent.filter((name) => !isOptional(name)) : []),
    ...[...absent.filter(isOptional), ...Object.keys(extras)].filter(
      (name) => !mapping.has(name) && strangers.some((each) => isLike(fold(each), name)),
    ),
  ]
  if (missing.length) {
    throw new ContractError(
      `${table.name}: ${nameOf(record)} has no column ${missing.join(', ')}; its header is "${header.join(',')}". ` +
        `Rename a column, or give one value for all rows with --set (${record.body})`,
    )
  }
  for (const name of absent) {
    const fallback = table.columns[name]!.default
    if (fallback !== undefined) mapping.set(name, { text: quoted(String(fallback)) })
  }
  return mapping
}

/** Whether a name contains the other, or differs from it in one character. */
const isLike = (name: string, other: string): boolean =>
  name.includes(other) ||
  (name.length === other.length && [...name].filter((char, i) => char !== other[i]).length === 1)

/** Beyond it a double cannot tell two whole numbers apart. */
const largestWhole = Number.MAX_SAFE_INTEGER

/** SQL that is the typed value of a text, or NULL where the text is not exactly such a value. */
export const typed = (type: SqlType, text: string): string => {
  const number = `try_cast(${text} as double)`
  const isNumber = `isfinite(${number}) and not contains(${text}, '_')`
  if (type === 'double') return `case when ${isNumber} then ${number} end`
  if (type === 'bigint')
    return `case when ${isNumber} and ${number} = trunc(${number}) and abs(${number}) <= ${largestWhole} then cast(${number} as bigint) end`
  if (type === 'date')
    return `case when regexp_full_match(${text}, '\\d{4}-\\d\\d-\\d\\d') then try_cast(${text} as date) end`
  if (type === 'timestamp') {
    return `case when regexp_matches(${text}, ':\\d\\d.*(Z|[+-]\\d\\d(:?\\d\\d)?)$') then cast(try_cast(${text} as timestamptz) at time zone 'UTC' as timestamp) end`
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
}

/** What a text should have been. */
export const wordsFor = ({ type, value }: Cell, text: string | null | undefined): string =>
  type === 'timestamp' && value
    ? 'an instant with its offset, a local time as yyyy-mm-dd hh:mm, or seconds since 1970'
    : type === 'bigint' && /^[+-]?\d+$/.test(text ?? '')
      ? 'a whole number up to 2^53 - 1'
      : typeWords[type]

export const isNumeric = ({ type, header }: Cell) => header !== undefined && (type === 'double' || type === 'bigint')

export const numberOf = ({ type, header }: Cell) =>
  type === 'bigint' ? `cast(${identifier(header!)} as bigint)` : identifier(header!)

/**
 * SQL over all staged rows that is true only if no cell of a column was bad. It may be false without one: a missing date may have
 * been empty or bad, and a sum may be too large.
 */
export const proofOf = (table: Table, cell: Cell): string | undefined => {
  const { name, type } = cell
  if (cell.header === undefined) return undefined
  if (type === 'double') return `coalesce(isfinite(sum(${name})), true)`
  if (type === 'bigint') return `coalesce(min(${name}) >= -${largestWhole} and max(${name}) <= ${largestWhole}, true)`
  return isAlwaysGiven(table, cell) ? `count(${name}) = count(*)` : undefined
}

const isAlwaysGiven = (table: Table, { name, type }: Cell) =>
  type !== 'varchar' && !(name in extras) && table.columns[name]?.nullable === false

/** SQL of a row whose cell is bad in a way that its column cannot show afterwards. */
export const badBeforeProof = (table: Table, cell: Cell): string | undefined => {
  if (cell.header === undefined) return isBad(cell)
  if (cell.type === 'bigint') return `${identifier(cell.header)} <> trunc(${identifier(cell.header)})`
  return cell.type === 'double' || cell.type === 'varchar' || isAlwaysGiven(table, cell) ? undefined : isBad(cell)
}

/** SQL of the typed value of a cell. */
export const typedCell = ({ type, text, value }: Cell): string => value ?? typed(type, text)

export const isBad = (cell: Cell) => `(${cell.text} is not null and ${typedCell(cell)} is null)`
