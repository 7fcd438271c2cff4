/** The embedded SQL engine: DuckDB, in memory, with the calendar at hand. It writes all Parquet of the lake. */
import { availableParallelism } from 'node:os'
import { type DuckDBConnection, DuckDBInstance, type DuckDBType, DuckDBTypeId, listValue } from '@duckdb/node-api'
import { bigint, type Columns, date, type SqlType, sqlTypeName, string, timestamp } from '../schemas/column.ts'
import { allSessions, closures, horizon } from './calendar/sessions.ts'

export type Value = string | number | boolean | bigint | null | readonly string[]
export type ResultRow = Record<string, Value>

export interface Engine {
  run(sql: string): Promise<void>
  /** Runs independent statements side by side; one after another they would leave cores idle. */
  runAll(statements: readonly string[]): Promise<void>
  /** Rows as plain values: dates and instants as ISO text, 64-bit integers as numbers where they fit. */
  rows<T = ResultRow>(sql: string): Promise<T[]>
  /** Creates a temporary table and fills it. */
  load(name: string, columns: Columns, rows: readonly Readonly<Record<string, unknown>>[]): Promise<void>
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
    memory_limit: options.memory ?? '512MB',
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
    runAll: async (statements) => {
      const queue = [...statements]
      const work = async () => {
        const own = await instance.connect()
        try {
          for (let sql = queue.shift(); sql; sql = queue.shift()) await own.run(sql)
        } finally {
          own.closeSync()
        }
      }
      await Promise.all(Array.from({ length: Math.min(queue.length, availableParallelism()) }, work))
    },
    rows: async <T>(sql: string) => {
      const result = await connection.runAndReadAll(sql)
      return plainRows(result.getRowObjectsJS(), datesOf(result)) as T[]
    },
    load: (name, columns, rows) => load(connection, name, columns, rows),
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
  await connection.run(`create or replace table ${staging} (${definition.join(', ')})`)
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
  await connection.run(`create or replace table ${name} as select ${casts.join(', ')} from ${staging}`)
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
const knownDayColumns = {
  day: date('UTC day.'),
  as_of: timestamp('First evening cut that is not before the day.'),
  until_cut: date('Session of that cut: what came by then.'),
  after_cut: date('The session after it: what came later that day.'),
}
const dayLength = 24 * 60 * 60 * 1000

/** Of each UTC day the session whose evening cut comes next, when that is, and the session after it. */
const knownDays = () => {
  const all = allSessions()
  const rows: Record<string, string>[] = []
  let next = 0
  for (let day = Date.parse(horizon.from) - 365 * dayLength; day <= all.at(-1)!.asOf; day += dayLength) {
    while (next < all.length && all[next]!.asOf < day) next++
    const cut = all[next]
    if (!cut) break
    rows.push({
      day: new Date(day).toISOString().slice(0, 10),
      as_of: new Date(cut.asOf).toISOString(),
      until_cut: cut.session,
      after_cut: (all[next + 1] ?? cut).session,
    })
  }
  return rows
}
const twelveHours = 12 * 60 * 60 * 1000

/** Registers `calendar` (sessions with hours, evening cut and next morning), `known_days` and `closed_days`. */
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
  await engine.load('known_days', knownDayColumns, knownDays())
  await engine.load('closed_days', { closed_on: date('Day.'), reason: string('Reason.') }, closures as never)
}

/** Joins the first session whose evening cut is not before `known_at`, as `known_session`. */
export const withKnownSession = (relation: string): string =>
  `select r.*, case when r.known_at <= k.as_of then k.until_cut else k.after_cut end as known_session
   from ${relation} r left join known_days k on k.day = cast(r.known_at as date)`

/** A SQL string literal. */
export const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`
