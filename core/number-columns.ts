/** Columns of numbers between the engine and code: in blocks, because value by value takes several times as long. */
import { DOUBLE, type DuckDBConnection, DuckDBDataChunk, type DuckDBVector } from '@duckdb/node-api'

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
  for (let i = 0; i < values.length; i++) if (Number.isNaN(values[i]!)) column.setItem(i, null)
  column.flush()
}
