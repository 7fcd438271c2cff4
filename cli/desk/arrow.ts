/** Answers as Arrow: a stream of one answer, or a file of many parts. Columns have the types of the engine, and instants are in UTC. */
import {
  Bool,
  type DataType,
  DateDay,
  Field,
  Float64,
  Int64,
  RecordBatch,
  RecordBatchFileWriter,
  Schema,
  Table,
  TimestampMillisecond,
  tableToIPC,
  Utf8,
  type Vector,
  vectorFromArray,
} from 'apache-arrow'
import type { Answer, Value } from '../../core/engine.ts'
import { withBigints } from '../csv.ts'

const integers = /^(U?TINYINT|U?SMALLINT|U?INTEGER|BIGINT)$/
/** Sums of integers are HUGEINT. A double holds them exactly up to 2^53. */
const numbers = /^(DOUBLE|FLOAT|DECIMAL.*|U?HUGEINT|UBIGINT)$/

const typeOf = (type: string | undefined): DataType => {
  if (type === undefined) return new Utf8()
  if (type === 'BOOLEAN') return new Bool()
  if (integers.test(type)) return new Int64()
  if (numbers.test(type)) return new Float64()
  if (type === 'DATE') return new DateDay()
  return type.startsWith('TIMESTAMP') ? new TimestampMillisecond('UTC') : new Utf8()
}

/** Dates and instants beyond the calendar, such as infinity, are NULL. */
const instantOf = (value: Value): Date | null => {
  const at = new Date(String(value))
  return Number.isNaN(at.getTime()) ? null : at
}

const cellOf = (value: Value, type: DataType): unknown => {
  if (value === null || type instanceof Bool) return value
  if (type instanceof Int64) return BigInt(value as number | bigint)
  if (type instanceof Float64) return Number(value)
  if (type instanceof DateDay || type instanceof TimestampMillisecond) return instantOf(value)
  return typeof value === 'object' ? JSON.stringify(value, withBigints) : String(value)
}

const tableOf = ({ columns, types = [], rows }: Answer): Table => {
  const fields = columns.map((name, i) => new Field(name, typeOf(types[i]), true))
  const vectors = fields.map(({ name, type }, i): [string, Vector] => [
    name,
    vectorFromArray(
      rows.map((row) => cellOf(row[i] ?? null, type)),
      type,
    ),
  ])
  // All parts of a file have one schema, with columns that may be NULL.
  return new Table(new Schema(fields), Object.fromEntries(vectors))
}

/** An Arrow IPC stream. */
export const arrowOf = (answer: Answer): Uint8Array => tableToIPC(tableOf(answer))

/** An Arrow IPC file, which is also called Feather: its bytes as they become known. */
export async function* arrowFileOf(parts: AsyncIterable<Answer>): AsyncIterable<Uint8Array> {
  const writer = new RecordBatchFileWriter()
  const bytes = writer[Symbol.asyncIterator]()
  const writing = (async () => {
    let schema: Schema | undefined
    for await (const part of parts) {
      const table = tableOf(part)
      // The writer ends the file when it meets another object with the same columns.
      schema ??= table.schema
      if (table.numRows === 0) writer.write(new RecordBatch(schema, undefined))
      for (const { data } of table.batches) if (data.length > 0) writer.write(new RecordBatch(schema, data))
    }
    writer.finish()
  })()
  for (let next = await bytes.next(); !next.done; next = await bytes.next()) yield next.value
  await writing
}
