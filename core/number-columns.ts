/** Columns of numbers between the engine and code: in blocks, because value by value takes several times as long. */
import {
  DOUBLE,
  type DuckDBConnection,
  DuckDBDataChunk,
  type DuckDBInstance,
  DuckDBTableFunction,
  type DuckDBVector,
  VARCHAR,
} from '@duckdb/node-api'

/** The memory of a column of doubles. The types of the package hide them, and reading and writing one by one takes twice as long. */
const memoryOf = (column: DuckDBVector) => (column as unknown as { readonly items: Float64Array }).items

/** Columns of numbers, with NULL as NaN. */
export const doubles = async <N extends string>(
  connection: DuckDBConnection,
  names: readonly N[],
  from: string,
): Promise<Record<N, Float64Array>> => {
  const list = names.map((name) => `coalesce(cast(${name} as double), cast('nan' as double))`).join(', ')
  const chunks = await (await connection.run(`select ${list} from ${from}`)).fetchAllChunks()
  const length = chunks.reduce((total, chunk) => total + chunk.rowCount, 0)
  const read = (i: number) => {
    const column = new Float64Array(length)
    let at = 0
    for (const chunk of chunks) {
      column.set(memoryOf(chunk.getColumnVector(i)), at)
      at += chunk.rowCount
    }
    return column
  }
  return Object.fromEntries(names.map((name, i) => [name, read(i)])) as Record<N, Float64Array>
}

/** Creates or replaces a table of numbers, with NaN as NULL. */
export const loadDoubles = async (
  connection: DuckDBConnection,
  schema: string,
  name: string,
  columns: Readonly<Record<string, Float64Array>>,
) => {
  const entries = Object.entries(columns)
  await connection.run(
    `create or replace table ${schema}.${name} (${entries.map(([column]) => `${column} double`).join(', ')})`,
  )
  const appender = await connection.createAppender(name, schema)
  const length = entries[0]?.[1].length ?? 0
  for (let from = 0; from < length; from += chunkRows) {
    const to = Math.min(from + chunkRows, length)
    const chunk = DuckDBDataChunk.create(
      entries.map(() => DOUBLE),
      to - from,
    )
    for (const [i, [, values]] of entries.entries()) fill(chunk.getColumnVector(i), values.subarray(from, to))
    appender.appendDataChunk(chunk)
  }
  appender.closeSync()
}

/** Rows of a chunk that is appended at once. The engine accepts no more. */
const chunkRows = 2048

/** Fills a column of a new chunk, whose values are all valid. NaN becomes NULL. */
const fill = (column: DuckDBVector, values: Float64Array) => {
  memoryOf(column).set(values)
  const valid = validityOf(values)
  // One bit after another takes longer than all other work on a column of NULLs.
  if (valid) (column as unknown as { readonly validity: { data: BigUint64Array } }).validity.data = valid
  column.flush()
}

/** A bit for each value, which is 0 if the value is NaN. Undefined if no value is NaN. */
const validityOf = (values: Float64Array): BigUint64Array | undefined => {
  const words = new Uint32Array(2 * Math.ceil(values.length / 64)).fill(0xffffffff)
  let isWhole = true
  for (let i = 0; i < values.length; i++) {
    if (!Number.isNaN(values[i]!)) continue
    isWhole = false
    words[i >> 5]! &= ~(1 << (i & 31))
  }
  return isWhole ? undefined : new BigUint64Array(words.buffer)
}

type NumberColumns = Readonly<Record<string, Float64Array>>

/** Columns that statements may read now, by the name that they give to the function. */
const offered = new Map<string, NumberColumns>()
let offeredCount = 0

/** Databases that know the function. It can be registered once. */
const knowing = new WeakSet<DuckDBInstance>()
const functionName = 'numbers_in_memory'

interface Progress {
  at: number
}

const lengthOf = (columns: NumberColumns) => Object.values(columns)[0]!.length

const numbersInMemory = () =>
  DuckDBTableFunction.create({
    name: functionName,
    parameterTypes: [VARCHAR],
    bindFunction: (bind) => {
      const columns = offered.get(String(bind.getParameter(0)))!
      for (const name of Object.keys(columns)) bind.addResultColumn(name, DOUBLE)
      bind.setCardinality(lengthOf(columns), true)
      bind.setBindData(columns)
    },
    initFunction: (init) => init.setInitData({ at: 0 } satisfies Progress),
    mainFunction: (info, chunk) => {
      const columns = Object.values(info.getBindData() as NumberColumns)
      const progress = info.getInitData() as Progress
      const to = Math.min(progress.at + chunkRows, columns[0]!.length)
      chunk.rowCount = to - progress.at
      if (to === progress.at) return
      for (const [i, values] of columns.entries()) fill(chunk.getColumnVector(i), values.subarray(progress.at, to))
      progress.at = to
    },
  })

/**
 * Does the work while statements can read the columns as a relation, with NaN as NULL. The engine asks for some thousand rows at a time, so
 * that no table is filled: that would take twice as long.
 */
export const withDoubles = async <T>(
  instance: DuckDBInstance,
  connection: DuckDBConnection,
  columns: NumberColumns,
  work: (relation: string) => Promise<T>,
): Promise<T> => {
  if (!knowing.has(instance)) connection.registerTableFunction(numbersInMemory())
  knowing.add(instance)
  const name = String(offeredCount++)
  offered.set(name, columns)
  try {
    return await work(`${functionName}('${name}')`)
  } finally {
    offered.delete(name)
  }
}
