/** Rows of the code as a table of the engine. */
import { type DuckDBAppender, type DuckDBConnection, DuckDBDateValue, DuckDBTimestampValue } from '@duckdb/node-api'
import { type Columns, type SqlType, sqlTypeName } from '../schemas/column.ts'

type Rows = readonly Readonly<Record<string, unknown>>[]

/** A table of the engine, and its columns. */
export interface Target {
  readonly connection: DuckDBConnection
  readonly schema: string
  readonly name: string
  readonly columns: Columns
}

/** A name in SQL, with any characters. */
export const identifier = (name: string) => `"${name.replaceAll('"', '""')}"`

/** With more rows it is faster if the engine reads dates and instants. */
const fewRows = 1000

/** Adds rows to a table that has the given columns, in this order. If one of them cannot be added, none is. */
export const add = async (target: Target, rows: Rows): Promise<void> => {
  const { connection, schema, name, columns } = target
  const times = rows.length > fewRows ? undefined : timesIn(columns, rows)
  if (times) return append(target, rows, times)
  const part = `${name}_part`
  await load({ ...target, name: part }, rows)
  await connection.run(`insert into ${schema}.${name} select * from ${schema}.${part}`)
  await connection.run(`drop table ${schema}.${part}`)
}

/** Creates or replaces a table of the given columns and fills it. */
export const load = async (target: Target, rows: Rows): Promise<void> => {
  const { connection, schema, name, columns } = target
  const create = (table: string, typeOf: (type: SqlType) => string) => {
    const defined = Object.entries(columns).map(([column, { type }]) => `${identifier(column)} ${typeOf(type)}`)
    return connection.run(`create or replace table ${schema}.${table} (${defined.join(', ')})`)
  }
  const times = rows.length > fewRows ? undefined : timesIn(columns, rows)
  if (times) {
    await create(name, sqlTypeName)
    if (rows.length > 0) await append(target, rows, times)
    return
  }
  // The engine reads the texts, or says which of them it cannot read.
  const staging = `${name}_staging`
  await create(staging, (type) => (isTime(type) ? 'varchar' : type))
  await append({ ...target, name: staging }, rows, noTimes)
  const casts = Object.entries(columns).map(
    ([column, { type }]) =>
      `cast(${instantText(identifier(column), type)} as ${sqlTypeName(type)}) as ${identifier(column)}`,
  )
  await connection.run(
    `create or replace table ${schema}.${name} as select ${casts.join(', ')} from ${schema}.${staging}`,
  )
  await connection.run(`drop table ${schema}.${staging}`)
}

const instantText = (column: string, type: SqlType) => (type === 'timestamp' ? `rtrim(${column}, 'Z')` : column)

type Time = DuckDBDateValue | DuckDBTimestampValue
const isTime = (type: SqlType): type is 'date' | 'timestamp' => type === 'date' || type === 'timestamp'

/** The values of the engine for texts of dates and of instants. */
type Times = Readonly<Record<'date' | 'timestamp', ReadonlyMap<unknown, Time>>>
const noTimes: Times = { date: new Map(), timestamp: new Map() }

/** The values for all such texts in the rows. Undefined if one of them has another form. */
const timesIn = (columns: Columns, rows: Rows): Times | undefined => {
  const times = { date: new Map<unknown, Time>(), timestamp: new Map<unknown, Time>() }
  for (const [column, { type }] of Object.entries(columns)) {
    if (!isTime(type)) continue
    for (const row of rows) {
      const text = row[column]
      if (text === null || text === undefined || times[type].has(text)) continue
      const time = type === 'date' ? dateOf(text) : instantOf(text)
      if (!time) return undefined
      times[type].set(text, time)
    }
  }
  return times
}

const perDay = 24 * 60 * 60 * 1000

const dateOf = (text: unknown): Time | undefined => {
  if (typeof text !== 'string' || !/^\d{4}-\d\d-\d\d$/.test(text)) return undefined
  const at = Date.parse(text)
  return isSame(at, text, 10) ? new DuckDBDateValue(at / perDay) : undefined
}

const instantOf = (text: unknown): Time | undefined => {
  if (typeof text !== 'string' || !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,3})?Z$/.test(text)) return undefined
  const at = Date.parse(text)
  return isSame(at, text, 19) ? new DuckDBTimestampValue(BigInt(at) * 1000n) : undefined
}

/** Some days that do not exist, such as the 30th of February, are read as others. */
const isSame = (at: number, text: string, length: number) =>
  !Number.isNaN(at) && new Date(at).toISOString().slice(0, length) === text.slice(0, length)

/** Appends rows to a table, with texts of which no value is given as they are. */
const append = async ({ connection, schema, name, columns }: Target, rows: Rows, times: Times) => {
  const entries = Object.entries(columns)
  const appender = await connection.createAppender(name, schema)
  try {
    for (const row of rows) {
      for (const [column, { type }] of entries) appendOne(appender, type, row[column], times)
      appender.endRow()
    }
  } catch (error) {
    // Rows that were not written yet would be written when the appender is disposed of.
    appender.clear()
    throw error
  }
  appender.closeSync()
}

const appendOne = (appender: DuckDBAppender, type: SqlType, value: unknown, times: Times): void => {
  const time = isTime(type) ? times[type].get(value) : undefined
  if (value === null || value === undefined) appender.appendNull()
  else if (type === 'double') appender.appendDouble(value as number)
  else if (type === 'bigint') appender.appendBigInt(BigInt(value as number))
  else if (type === 'boolean') appender.appendBoolean(value as boolean)
  else if (time instanceof DuckDBDateValue) appender.appendDate(time)
  else if (time) appender.appendTimestamp(time)
  else appender.appendVarchar(String(value))
}
