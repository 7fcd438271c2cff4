/** Answers of the HTTP interface as JSON, CSV or Arrow, with the instant, the SQL and whether rows were cut off. */
import { messageOf, UsageError } from '../../core/errors.ts'
import { printableJson } from '../../core/printable.ts'
import { csvOf, withBigints } from '../csv.ts'
import { arrowOf } from '../desk/arrow.ts'
import type { DeskAnswer } from '../desk/desk.ts'
import { type Limits, withinBytes } from '../desk/limits.ts'

export const formats = ['json', 'csv', 'arrow'] as const
export type Format = (typeof formats)[number]

export const jsonText = (value: unknown): string => printableJson(JSON.stringify(value, withBigints))

/** The members of a JSON answer. */
export const bodyOf = ({ asOf, sql, isCut, columns, rows }: DeskAnswer) => ({
  as_of: asOf,
  sql,
  is_cut: isCut,
  columns,
  rows: rows.map((row) => Object.fromEntries(columns.map((name, i) => [name, row[i] ?? null]))),
})

/** An error in words, without its class and with the parameter in place of the option of the command line. */
export const reasonOf = (error: unknown): string =>
  messageOf(error)
    .replace(/^UsageError: /, '')
    .replaceAll('--as-of', 'as_of')

/** The columns whose values are texts: only those can hold words of a feed. */
export const textColumnsOf = ({ columns, types = [] }: DeskAnswer): string[] =>
  columns.filter(
    (_, i) =>
      !/^(BOOLEAN|DATE|TIMESTAMP.*|U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?|DOUBLE|FLOAT|DECIMAL.*)$/.test(types[i] ?? ''),
  )

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
