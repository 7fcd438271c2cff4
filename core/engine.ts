/** The embedded SQL engine: DuckDB, in memory unless a file is named. It writes all Parquet objects of the lake. */
import { availableParallelism } from 'node:os'
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api'
import type { Columns } from '../schemas/column.ts'
import { quoted } from '../schemas/view.ts'
import { add, identifier, load } from './load-rows.ts'
import { doubles, loadDoubles } from './number-columns.ts'
import { plain, type ResultRow, rowsOf, sizeOf, type Value } from './values.ts'

export type { ResultRow, Value }

/** Rows with a value for every column, also where two columns were given one name. */
export interface Answer {
  readonly columns: readonly string[]
  readonly rows: readonly (readonly Value[])[]
  /** The type of each column in the words of the engine, if it gave them. */
  readonly types?: readonly string[]
}

/** How much of an answer is read. The engine computes no more than it needs for that. */
export interface Bounds {
  /** Only the first rows. */
  readonly rows?: number
  /** Bytes of the values, about as many as in JSON. A larger answer is a TooLargeError. */
  readonly bytes?: number
}

/** An answer has more bytes than its reader allows. */
export class TooLargeError extends Error {
  override readonly name = 'TooLargeError'
}

export interface Engine {
  run(sql: string): Promise<void>
  /** Runs independent statements in parallel, one connection per core. If they are many, each runs on one thread. */
  runAll(statements: readonly string[]): Promise<void>
  /**
   * The rows of each of several statements, which run side by side. Each runs on one thread, so that rows keep the order in which they
   * are read.
   */
  oneThreadEach(statements: readonly string[]): Promise<ResultRow[][]>
  /** Does the work while each statement has one thread. */
  onOneThread<T>(work: () => Promise<T>): Promise<T>
  /** How many statements run side by side. */
  readonly cores: number
  /** How many threads a statement may have, unless it runs on one thread. */
  readonly threads: number
  /**
   * Rows as plain values: dates and instants are ISO text; 64-bit integers are numbers if that is exact, else bigints.
   */
  rows<T = ResultRow>(sql: string): Promise<T[]>
  /** The rows of each of several queries, which run side by side as in `runAll`. Something may be done before each of them. */
  rowsOfAll(queries: readonly string[], before?: (query: string) => Promise<void>): Promise<ResultRow[][]>
  /** The answer to one statement as it was given, with a name for each column. */
  answer(sql: string, bounds?: Bounds): Promise<Answer>
  /** The same in parts of some thousand rows, each computed when it is asked for. There is at least one part. */
  parts(sql: string): AsyncIterable<Answer & { readonly types: readonly string[] }>
  /** Creates or replaces a table of this engine and fills it. */
  load(name: string, columns: Columns, rows: readonly Readonly<Record<string, unknown>>[]): Promise<void>
  /** Adds rows to a table of this engine, which has these columns in this order. If one of them cannot be added, none is. */
  add(name: string, columns: Columns, rows: readonly Readonly<Record<string, unknown>>[]): Promise<void>
  /**
   * Does the work, and interrupts its statements after so many seconds. Then it fails with the error that `late` makes.
   * Statements of `runAll` and `rowsOfAll` are not interrupted.
   */
  within<T>(seconds: number, late: () => Error, work: () => Promise<T>): Promise<T>
  /** Columns of numbers, with NULL as NaN. It is faster than `rows` for long columns. */
  doubles<N extends string>(names: readonly N[], from: string): Promise<Record<N, Float64Array>>
  /** Creates or replaces a table of numbers, with NaN as NULL. */
  loadDoubles(name: string, columns: Readonly<Record<string, Float64Array>>): Promise<void>
  columnsOf(sql: string): Promise<{ name: string; type: string }[]>
  /** Ends the statement that runs now: it fails with an INTERRUPT error. */
  interrupt(): void
  /**
   * Another connection to the same data, for statements that run at the same time. It has a schema of its own: a relation without a named
   * schema is made there, and names are looked up there before `main`. The schema is dropped when it is closed.
   */
  beside(): Promise<Engine>
  /** The same object for all connections to the same data. */
  readonly data: object
  close(): Promise<void>
}

interface EngineOptions {
  /** Database file. Default: in memory. */
  readonly file?: string
  readonly memory?: string
  readonly threads?: number
  readonly scratch?: string
}

export const openEngine = async (options: EngineOptions = {}): Promise<Engine> => {
  const instance = await DuckDBInstance.create(options.file ?? ':memory:', {
    memory_limit: options.memory ?? '512MB',
    preserve_insertion_order: 'true',
    // A write of several files keeps its rows until the end, so that row groups have the same sizes whichever files are written with them.
    partitioned_write_flush_threshold: '1000000000000',
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    // In DuckDB 1.5 this optimizer breaks some joins with a filtered row_number(): "Failed to bind column reference".
    disabled_optimizers: 'top_n_window_elimination',
    // The system keeps files that were read in memory. A second copy in the engine takes a fourteenth of the time of a report.
    enable_external_file_cache: 'false',
    ...(options.threads ? { threads: String(options.threads) } : {}),
    ...(options.scratch ? { temp_directory: options.scratch } : {}),
  })
  const connection = await instance.connect()
  const [found] = await rowsOf(connection, "select current_setting('threads') as threads")
  single.set(instance, { works: 0, threads: String(found!.threads) })
  return connected(instance, connection, 'main')
}

/** How many pieces of work need statements with one thread now, and how many threads a statement has otherwise. */
const single = new WeakMap<DuckDBInstance, { works: number; threads: string }>()

/**
 * Does the work while each statement has one thread. Two statements that share threads wait for each other, which costs a sixth of their time. The
 * number is a setting of all connections. An engine whose settings are locked keeps it.
 */
const withOneThread = async <T>(
  instance: DuckDBInstance,
  connection: DuckDBConnection,
  work: () => Promise<T>,
): Promise<T> => {
  if (await isLocked(connection)) return work()
  const state = single.get(instance)!
  if (state.works++ === 0) await connection.run('set threads = 1')
  try {
    return await work()
  } finally {
    if (--state.works === 0) await connection.run(`set threads = ${state.threads}`)
  }
}

/** Whether so many statements side by side keep all cores busy when each has one thread. */
export const areMany = (statements: readonly unknown[], cores: number): boolean => statements.length >= 2 * cores

const isLocked = async (connection: DuckDBConnection): Promise<boolean> => {
  const [found] = await rowsOf(connection, "select current_setting('lock_configuration') as locked")
  return found!.locked === true
}

const cores = availableParallelism()

/** Number of schemas that were made for further connections. */
let schemaCount = 0

const beside = async (instance: DuckDBInstance): Promise<Engine> => {
  const schema = `beside_${schemaCount++}`
  const connection = await instance.connect()
  await connection.run(`create schema ${schema}`)
  return connected(instance, connection, schema)
}

/** An engine whose statements run on the connection, with this schema before `main`. */
const connected = async (instance: DuckDBInstance, connection: DuckDBConnection, schema: string): Promise<Engine> => {
  const isFirst = schema === 'main'
  const inSchema = async (own: DuckDBConnection) => {
    if (!isFirst) await own.run(`set search_path = '${schema},main'`)
    return own
  }
  await inSchema(connection)
  /** Work with each of some statements, on one connection per core, with results in the order of the statements. */
  const sideBySide = async <T>(
    statements: readonly string[],
    work: (own: DuckDBConnection, statement: string) => Promise<T>,
  ): Promise<T[]> => {
    const queue = [...statements.entries()]
    const found: T[] = []
    const next = async () => {
      const own = await inSchema(await instance.connect())
      try {
        for (let each = queue.shift(); each; each = queue.shift()) found[each[0]] = await work(own, each[1])
      } finally {
        own.closeSync()
      }
    }
    await Promise.all(Array.from({ length: Math.min(queue.length, cores) }, next))
    return found
  }
  /** Does the work with statements. Each of them has one thread if they are so many that all cores are busy then. */
  const busyWith = <T>(statements: readonly string[], work: () => Promise<T>): Promise<T> =>
    areMany(statements, cores) ? withOneThread(instance, connection, work) : work()
  return {
    run: async (sql) => {
      await connection.run(sql)
    },
    runAll: async (statements) => {
      await busyWith(statements, () => sideBySide(statements, (own, sql) => own.run(sql)))
    },
    onOneThread: (work) => withOneThread(instance, connection, work),
    oneThreadEach: (statements) => withOneThread(instance, connection, () => sideBySide(statements, rowsOf)),
    cores,
    threads: Number(single.get(instance)!.threads),
    rows: async <T>(sql: string) => (await rowsOf(connection, sql)) as T[],
    rowsOfAll: (queries, before) =>
      busyWith(queries, () =>
        sideBySide(queries, async (own, sql) => {
          await before?.(sql)
          return rowsOf(own, sql)
        }),
      ),
    answer: (sql, bounds) => answerWithin(connection, sql, bounds),
    parts: (sql) => parts(connection, sql),
    load: (name, columns, rows) => load({ connection, schema, name, columns }, rows),
    add: (name, columns, rows) => add({ connection, schema, name, columns }, rows),
    within: (seconds, late, work) => within(connection, seconds, late, work),
    doubles: (names, from) => doubles(connection, names, from),
    loadDoubles: (name, columns) => loadDoubles(connection, schema, name, columns),
    columnsOf: async (sql) => {
      const prepared = await connection.runAndRead(`select * from (${sql}) as q limit 0`)
      return prepared.columnNames().map((name, i) => ({ name, type: String(prepared.columnType(i)) }))
    },
    interrupt: () => connection.interrupt(),
    beside: () => beside(instance),
    data: instance,
    close: async () => {
      if (!isFirst) await connection.run(`drop schema ${schema} cascade`)
      connection.closeSync()
      if (isFirst) instance.closeSync()
    },
  }
}

async function* parts(connection: DuckDBConnection, sql: string) {
  const result = await connection.stream(sql)
  const columns = uniqueNames(result.columnNames())
  const types = result.columnTypes().map(String)
  let isFirst = true
  for await (const rows of result.yieldConvertedRows(plain)) {
    yield { columns, types, rows: rows as Value[][] }
    isFirst = false
  }
  if (isFirst) yield { columns, types, rows: [] }
}

const answerWithin = async (connection: DuckDBConnection, sql: string, { rows: most, bytes }: Bounds = {}) => {
  const rows: Value[][] = []
  let size = 0
  let [columns, types]: [string[], string[]] = [[], []]
  for await (const part of parts(connection, sql)) {
    ;({ columns, types } = part)
    for (const row of part.rows.slice(0, (most ?? Number.POSITIVE_INFINITY) - rows.length)) {
      if (bytes !== undefined) for (const value of row) size += sizeOf(value)
      if (size > (bytes ?? 0)) throw new TooLargeError(`the answer is larger than ${bytes} bytes`)
      rows.push(row)
    }
    if (rows.length === most) break
  }
  return { columns, types, rows }
}

const within = async <T>(
  connection: DuckDBConnection,
  seconds: number,
  late: () => Error,
  work: () => Promise<T>,
): Promise<T> => {
  let again: NodeJS.Timeout | undefined
  // An interruption between two statements has no effect, so that it is repeated until the work has ended.
  const interrupt = () => {
    again = setInterval(() => connection.interrupt(), 20)
  }
  const deadline = setTimeout(interrupt, seconds * 1000)
  try {
    return await work()
  } catch (error) {
    throw again ? late() : error
  } finally {
    clearTimeout(deadline)
    clearInterval(again)
  }
}

/** Names that are each used once: the second `close` is `close_1`, as in the Parquet files that the engine writes. */
export const uniqueNames = (names: readonly string[]): string[] => {
  const taken = new Set<string>()
  return names.map((name) => {
    let unique = name
    for (let i = 1; taken.has(unique.toLowerCase()); i++) unique = `${name}_${i}`
    taken.add(unique.toLowerCase())
    return unique
  })
}

/** SQL that adds `known_session` to a relation: the first session whose evening cut is not before `known_at`. */
export const withKnownSession = (relation: string): string =>
  `select r.*, case when r.known_at <= k.as_of then k.until_cut else k.after_cut end as known_session
   from ${relation} r left join known_days k on k.day = cast(r.known_at as date)`

/** A file that `read_parquet` and `read_csv` shall read: as a literal, in which no character is a wildcard. */
export const fileToRead = (path: string): string => quoted(path.replaceAll(/[[*?]/g, '[$&]'))

/**
 * The rows of Parquet files. Without `hive_partitioning = false` the engine would take a folder above them that is called
 * `symbol=A` for a column, in place of the column of that name.
 */
export const parquetFiles = (
  paths: readonly string[],
  partitioning = 'hive_partitioning = false',
  listOf: FileList = fileList,
): string => `read_parquet(${listOf(paths)}, ${partitioning})`

/** The SQL of a list of files. */
export type FileList = (paths: readonly string[]) => string

const fileList: FileList = (paths) => `[${paths.map(fileToRead).join(', ')}]`

export { identifier, quoted }
