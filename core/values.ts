/** Values of the embedded engine as plain values of the language. */
import {
  type DuckDBConnection,
  type DuckDBDateValue,
  DuckDBTypeId,
  type DuckDBValueConverter,
  JSDuckDBValueConverter,
} from '@duckdb/node-api'

export type Value = string | number | boolean | bigint | null | readonly string[]
export type ResultRow = Record<string, Value>

/** Types whose values are shown as the text that DuckDB gives them. */
const asText = new Set([
  DuckDBTypeId.INTERVAL,
  DuckDBTypeId.TIME,
  DuckDBTypeId.TIME_NS,
  DuckDBTypeId.TIME_TZ,
  DuckDBTypeId.BIT,
  DuckDBTypeId.BLOB,
])

/** Instants beyond the calendar of JavaScript, such as infinity, stay text. */
export const plain: DuckDBValueConverter<Value> = (value, type, converter) => {
  if (value === null || value === undefined) return null
  if (type.typeId === DuckDBTypeId.DATE) return dateOf(value as DuckDBDateValue)
  if (asText.has(type.typeId)) return String(value)
  if (type.typeId === DuckDBTypeId.TIMESTAMP || type.typeId === DuckDBTypeId.TIMESTAMP_TZ) return instantOf(value)
  const found = JSDuckDBValueConverter(value, type, converter as never) as unknown
  if (found instanceof Date) return found.toISOString()
  if (typeof found === 'bigint') return Number.isSafeInteger(Number(found)) ? Number(found) : found
  return (found ?? null) as Value
}

const dateOf = (date: DuckDBDateValue): string => {
  if (date.isFinite) return String(date)
  return date.days > 0 ? 'infinity' : '-infinity'
}

const instantOf = (value: unknown): string => {
  const date = new Date(Number((value as { readonly micros: bigint }).micros / 1000n))
  return Number.isNaN(date.getTime()) ? String(value) : date.toISOString()
}

/** The rows of a statement. They are read where they are: to ask the engine for them again would take as long as a short statement. */
export const rowsOf = async (connection: DuckDBConnection, sql: string): Promise<ResultRow[]> => {
  const result = await connection.run(sql)
  const names = result.deduplicatedColumnNames()
  const rows: ResultRow[] = []
  for (let i = 0; i < result.chunkCount; i++) {
    const chunk = result.getChunk(i)
    const own = Array.from({ length: chunk.rowCount }, (): ResultRow => ({}))
    for (const [column, name] of names.entries()) {
      const values = chunk.getColumnVector(column)
      for (const [row, each] of own.entries()) each[name] = plain(values.getItem(row), values.type, plain) as Value
    }
    for (const each of own) rows.push(each)
  }
  return rows
}

/** About as many bytes as the value has in JSON. A structure counts all that is in it. */
export const sizeOf = (value: unknown): number => {
  if (typeof value === 'string') return value.length + 2
  if (typeof value !== 'object' || value === null) return 8
  return Object.entries(value).reduce((total, [key, each]) => total + key.length + 2 + sizeOf(each), 2)
}
