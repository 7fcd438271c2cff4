/** Answers of the HTTP interface as JSON, CSV or Arrow, with the instant, the SQL and whether rows were cut off. */
import { UsageError } from '../../core/errors.ts'
import { printableJson } from '../../core/printable.ts'
import { csvOf } from '../csv.ts'
import { arrowOf } from '../desk/arrow.ts'
import { type DeskAnswer, type Limits, withinBytes } from '../desk/desk.ts'

export const formats = ['json', 'csv', 'arrow'] as const
export type Format = (typeof formats)[number]

const plain = (_: string, value: unknown) => (typeof value === 'bigint' ? String(value) : value)

export const jsonText = (value: unknown): string => printableJson(JSON.stringify(value, plain))

/** The members of a JSON answer. */
export const bodyOf = ({ asOf, sql, isCut, columns, rows }: DeskAnswer) => ({
  as_of: asOf,
  sql,
  is_cut: isCut,
  columns,
  rows: rows.map((row) => Object.fromEntries(columns.map((name, i) => [name, row[i] ?? null]))),
})

export const responseOf = async (answer: DeskAnswer, format: Format, limits: Limits): Promise<Response> => {
  const headers = { 'x-as-of': answer.asOf, 'x-is-cut': String(answer.isCut) }
  const made = (body: string | Uint8Array, type: string) =>
    new Response(typeof body === 'string' ? body : Buffer.from(body), { headers: { ...headers, 'content-type': type } })
  if (format === 'csv') return made(withinBytes(csvOf(answer), limits), 'text/csv; charset=utf-8')
  if (format === 'json') return made(withinBytes(jsonText(bodyOf(answer)), limits), 'application/json; charset=utf-8')
  const bytes = arrowOf(answer)
  if (bytes.length > limits.bytes) throw new UsageError(`the answer is larger than ${limits.bytes} bytes`)
  return made(bytes, 'application/vnd.apache.arrow.stream')
}
