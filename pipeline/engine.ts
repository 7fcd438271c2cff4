/** The embedded SQL engine: DuckDB, in memory, with the calendar at hand. It writes all Parquet of the lake. */
import { type DuckDBConnection, DuckDBInstance, type DuckDBType, DuckDBTypeId, listValue } from '@duckdb/node-api'
import { bigint, type Columns, date, type SqlType, sqlTypeName, string, timestamp } from '../schemas/column.ts'
import { allSessions, closures } from './calendar/sessions.ts'

export type Value = string | number | boolean | bigint | null | readonly string[]
export type ResultRow = Record<string, Value>

export interface Engine {
  run(sql: string): Promise<void>
  /** Rows as plain values: dates and instants as ISO text, 64-bit integers as numbers where they fit. */
  rows<T = ResultRow>(sql: string): Promise<T[]>
  /** Creates a temporary table and fills it. */
  load(name: string, columns: Columns, rows: readonly Readonly<Record<string, unknown>>[]): Promise<void>
  /** Runs and streams a result in chunks, for large answers. */
  stream(sql: string): AsyncIterable<ResultRow[]>
  columnsOf(sql: string): Promise<{ name: string; type: string }[]>
  close(): void
}

export interface EngineOptions {
  /** A database file to write; in memory without it. */
  readonly file?: string
  readonly memory?: string
  readonly threads?: number
  readonly scratch?: string
}

export const openEngine = async (options: EngineOptions = {}): Promise<Engine> => {
  const instance = await DuckDBInstance.create(options.file ?? ':memory:', {
    memory_limit: options.memory ?? '700MB',
    preserve_insertion_order: 'true',
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    ...(options.threads ? { threads: String(options.threads) } : {}),
    ...(options.scratch ? { temp_directory: options.scratch } : {}),
  })
  const connection = await instance.connect()
  return {
    run: async (sql) => {
      await connection.run(sql)
    },
    rows: async <T>(sql: string) => {
      const result = await connection.runAndReadAll(sql)
      return plainRows(result.getRowObjectsJS(), datesOf(result)) as T[]
    },
    load: (name, columns, rows) => load(connection, name, columns, rows),
    stream: (sql) => stream(connection, sql),
    columnsOf: async (sql) => {
      const prepared = await connection.runAndRead(`select * from (${sql}) as q limit 0`)
      return prepared.columnNames().map((name, i) => ({ name, type: String(prepared.columnType(i)) }))
    },
    close: () => {
      connection.closeSync()
      instance.closeSync()
    },
  }
}

async function* stream(connection: DuckDBConnection, sql: string): AsyncIterable<ResultRow[]> {
  const result = await connection.stream(sql)
  const dates = datesOf(result)
  for await (const rows of result.yieldRowObjectJs()) yield plainRows(rows, dates)
}

const datesOf = (result: { columnNames(): string[]; columnType(i: number): DuckDBType }): ReadonlySet<string> =>
  new Set(result.columnNames().filter((_, i) => result.columnType(i).typeId === DuckDBTypeId.DATE))

const plainRows = (rows: readonly Readonly<Record<string, unknown>>[], dates: ReadonlySet<string>): ResultRow[] =>
  rows.map((row) =>
    Object.fromEntries(Object.entries(row).map(([name, value]) => [name, plain(value, dates.has(name))])),
  )

const plain = (value: unknown, isDate: boolean): Value => {
  if (value instanceof Date) return isDate ? value.toISOString().slice(0, 10) : value.toISOString()
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : value
  return (value ?? null) as Value
}

const stagingType = (type: SqlType) => (type === 'date' || type === 'timestamp' ? 'varchar' : type)

const load = async (
  connection: DuckDBConnection,
  name: string,
  columns: Columns,
  rows: readonly Readonly<Record<string, unknown>>[],
) => {
  const entries = Object.entries(columns)
  const definition = entries.map(([column, { type }]) => `${column} ${stagingType(type)}`)
  const staging = `${name}_staging`
  await connection.run(`create or replace temp table ${staging} (${definition.join(', ')})`)
  const appender = await connection.createAppender(staging)
  for (const row of rows) {
    for (const [column, { type }] of entries) {
      const value = row[column]
      if (value === null || value === undefined) appender.appendNull()
      else if (type === 'double') appender.appendDouble(value as number)
      else if (type === 'bigint') appender.appendBigInt(BigInt(value as number))
      else if (type === 'boolean') appender.appendBoolean(value as boolean)
      else if (type === 'varchar[]') appender.appendList(listValue(value as string[]))
      else appender.appendVarchar(String(value))
    }
    appender.endRow()
  }
  appender.closeSync()
  const casts = entries.map(
    ([column, { type }]) => `cast(${instantText(column, type)} as ${sqlTypeName(type)}) as ${column}`,
  )
  await connection.run(`create or replace temp table ${name} as select ${casts.join(', ')} from ${staging}`)
  await connection.run(`drop table ${staging}`)
}

const instantText = (column: string, type: SqlType) => (type === 'timestamp' ? `rtrim(${column}, 'Z')` : column)

const calendarColumns = {
  session: date('Session.'),
  session_number: bigint('Position in the calendar.'),
  opens_at: timestamp('Opening bell.'),
  closes_at: timestamp('Closing bell.'),
  as_of: timestamp('Evening cut.'),
  next_morning: timestamp('08:00 New York of the next session.'),
}
const twelveHours = 12 * 60 * 60 * 1000

/** Registers `calendar` (sessions with hours, evening cut and next morning) and `closed_days`. */
export const registerCalendar = async (engine: Engine): Promise<void> => {
  const all = allSessions()
  const iso = (instant: number) => new Date(instant).toISOString()
  const rows = all.map((each, i) => ({
    session: each.session,
    session_number: each.session_number,
    opens_at: iso(each.opensAt),
    closes_at: iso(each.closesAt),
    as_of: iso(each.asOf),
    next_morning: iso((all[i + 1] ?? each).asOf - twelveHours),
  }))
  await engine.load('calendar', calendarColumns, rows)
  await engine.load('closed_days', { closed_on: date('Day.'), reason: string('Reason.') }, closures as never)
}

/** A SQL string literal. */
export const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`
