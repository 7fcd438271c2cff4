/** Rows as CSV in which a spreadsheet finds no formula. */
import { stringify } from 'csv-stringify/sync'
import type { Answer, Value } from '../core/engine.ts'
import { printable } from '../core/printable.ts'

/**
 * Beginnings that Excel, LibreOffice or Google Sheets take for a formula, full-width forms and space before them included.
 * https://owasp.org/www-community/attacks/CSV_Injection
 */
const formula = /^[\s\p{Cf}\p{Cc}]*[=+\-@\uff1d\uff0b\uff0d\uff20]|^[\t\r]/u

/** Negative numbers, intervals and dates before all time begin with a sign and run nothing. */
const negative = /^-(?:infinity|[\d:.]+(?: (?:year|month|day)s?)?(?: -?[\d:.]+(?: (?:year|month|day)s?)?)*)$/

/** The text with an apostrophe before it where it could be run. Control characters are shown as escapes. */
const cell = (text: string): string => printable(formula.test(text) && !negative.test(text) ? `'${text}` : text)

/** Whole numbers that JSON could not hold exactly become texts, also inside of lists and structures. */
export const withBigints = (_: string, value: unknown) => (typeof value === 'bigint' ? String(value) : value)

const textOf = (value: Value): string | number | bigint => {
  if (value === null) return ''
  if (typeof value === 'number' || typeof value === 'bigint') return value
  return cell(typeof value === 'object' ? JSON.stringify(value, withBigints) : String(value))
}

export const csvOf = ({ rows, columns }: Answer, { header = true } = {}): string =>
  stringify([...(header ? [columns.map(cell)] : []), ...rows.map((row) => row.map(textOf))], {
    cast: { number: String, bigint: String },
    // A reader may take a carriage return for the end of a row.
    quoted_match: /[\r\n\t]/,
  })
