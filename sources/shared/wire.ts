/** Strict readers of payloads: an unknown shape is an error that names the place. Nothing is guessed. */
import { gunzipSync } from 'node:zlib'
import { parse } from 'csv-parse/sync'
import { DateTime } from 'luxon'
import type * as z from 'zod'
import { isCalendarDate } from '../../calendar/plausible.ts'
import { instantWithOffset, newYork } from '../../calendar/sessions.ts'
import { controlCharacter } from '../../core/control-characters.ts'
import { ContractError, messageOf, SourceChangedError } from '../../core/errors.ts'
import type { Table } from '../../schemas/table.ts'
import { largestAnswer, type Payload } from '../source.ts'
import { contradictedMember } from './contradictions.ts'

export const changed = (payload: Payload, what: string): SourceChangedError =>
  new SourceChangedError(
    `${payload.source} ${payload.key}: ${what} (${payload.bronzeKey}); the bytes are kept: fix the decoder, then rebuild`,
  )

/** Refuses an answer about another symbol, fund or filer than the one asked for. */
export const refuseOther = (payload: Payload, found: string, asked = payload.key): void => {
  if (found !== asked && !payload.isKeyGuessed)
    throw changed(payload, `asked for ${asked}, the answer is about ${found}`)
}

export const isGzip = (bytes: Uint8Array) => bytes[0] === 0x1f && bytes[1] === 0x8b

/** The body without transport compression. A larger one than `limit` bytes is refused. */
export const bytesOf = (payload: Payload, limit = payload.maxBytes ?? largestAnswer): Uint8Array => {
  const { body } = payload
  if (body.length === 0) throw changed(payload, 'empty body')
  if (body.length > limit) throw tooLarge(payload, limit)
  if (!isGzip(body)) return body
  try {
    return gunzipSync(body, { maxOutputLength: limit })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge(payload, limit)
    throw changed(payload, `gzip cannot be read, ${messageOf(error)}`)
  }
}

const tooLarge = (payload: Payload, limit: number) => changed(payload, `larger than the limit of ${limit} bytes`)

const decodedText = (payload: Payload): string => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytesOf(payload))
  } catch (error) {
    if (error instanceof SourceChangedError) throw error
    throw changed(payload, 'not UTF-8 text')
  }
}

/**
 * The body as text without a byte-order mark. A control character is refused: no provider writes one, so the bytes are
 * damaged.
 */
export const textOf = (payload: Payload): string => {
  const text = decodedText(payload)
  const found = controlCharacter.exec(text)
  if (found) throw changed(payload, `the control character ${JSON.stringify(found[0])} at ${found.index} of the text`)
  return text
}

const pageEnd = /<\/html>/i
const pageTail = /^<\/html>(\s|<!--((?!-->)[\s\S])*-->)*$/i

/** The body as an HTML page. A page that is cut off, or that something follows, is refused. */
export const htmlOf = (payload: Payload): string => {
  const text = textOf(payload)
  const end = text.search(pageEnd)
  if (end < 0) throw changed(payload, 'a page without </html>, so its end may be cut off')
  if (!pageTail.test(text.slice(end))) throw changed(payload, 'a page with more after </html>')
  return text
}

const refuseMarkup = (payload: Payload, text: string, expected: string) => {
  if (!text.trim()) throw changed(payload, 'empty body')
  if (/^\s*</.test(text)) throw changed(payload, `expected ${expected}, got markup: "${text.trim().slice(0, 60)}"`)
}

/** Why a CSV whose last line has no line end is refused: nobody can tell what is lost. */
export const cutFile = 'the last line has no line end, so the file may be cut off'

/** A text that names something twice, if there is one. */
export const twice = (names: readonly string[]): string | undefined =>
  names.find((name, i) => name !== '' && names.indexOf(name) !== i)

interface CsvRow {
  readonly row: number
  readonly cells: Readonly<Record<string, string>>
}

/** Files with a vertical bar between the cells quote nothing, so a quotation mark is part of a name. */
export const piped = { delimiter: '|', quote: null } as const

/** Rows of a CSV with a header that has at least these columns, whatever their order and case. A file that may be cut off is refused. */
export const csvRows = (
  payload: Payload,
  required: readonly string[],
  text = textOf(payload),
  dialect: typeof piped | undefined = undefined,
): CsvRow[] => {
  refuseMarkup(payload, text, 'CSV')
  const fold = (name: string) => name.trim().toLowerCase()
  let header: string[] = []
  try {
    const records = parse(text, {
      columns: (names: string[]) => {
        header = names.map(fold)
        const double = twice(header)
        if (double !== undefined)
          throw changed(payload, `the header names ${double.toUpperCase()} twice: "${header.join(',')}"`)
        return header
      },
      skip_empty_lines: true,
      trim: true,
      ...dialect,
    }) as Record<string, string>[]
    const missing = required.filter((name) => !header.includes(fold(name)))
    if (missing.length) throw changed(payload, `no column ${missing.join(', ')}; the header is "${header.join(',')}"`)
    if (!/[\r\n]$/.test(text)) throw changed(payload, cutFile)
    return records.map((cells, i) => ({ row: i + 1, cells }))
  } catch (error) {
    if (error instanceof SourceChangedError) throw error
    throw changed(payload, `CSV cannot be read, ${messageOf(error)}`)
  }
}

/** The body as JSON of the given shape. */
export const jsonOf = <T extends z.ZodType>(payload: Payload, shape: T, text = textOf(payload)): z.output<T> => {
  refuseMarkup(payload, text, 'JSON')
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    throw changed(payload, `JSON cannot be read, ${messageOf(error)}`)
  }
  const double = contradictedMember(text)
  if (double !== undefined)
    throw changed(payload, `${JSON.stringify(double)} stands twice in one object, with two values`)
  const result = shape.safeParse(value)
  if (result.success) return result.data
  const issue = result.error.issues[0]
  throw changed(payload, `${issue?.path.join('.') || 'body'}: ${issue?.message}`)
}

const isBlank = (text: string | undefined | null): text is '' | undefined | null =>
  text === undefined || text === null || text.trim() === ''
const plain = /^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?$/
const money = /^-?\$?(\d{1,3}(,\d{3})+|\d+)(\.\d+)?$/

/** Formats of dates with a fixed place for each digit. Luxon takes about 50 microseconds for a date, and files have thousands. */
const fixedDates: Readonly<Record<string, (text: string) => string | undefined>> = {
  'yyyy-MM-dd': (text) => (/^\d{4}-\d\d-\d\d$/.test(text) ? text : undefined),
  'MM/dd/yyyy': (text) => {
    const [, month, day, year] = /^(\d\d)\/(\d\d)\/(\d{4})$/.exec(text) ?? []
    return year && `${year}-${month}-${day}`
  },
}

/** A calendar date in the given luxon format, to ISO. Undefined if the text is not one. */
const dateIn = (text: string, format: string): string | undefined => {
  const fixed = fixedDates[format]?.(text)
  if (fixed && isCalendarDate(fixed)) return fixed
  const parsed = DateTime.fromFormat(text, format, { zone: 'utc', locale: 'en-US' })
  return parsed.isValid ? parsed.toISODate() : undefined
}

/** Reads the cells of one row of a table; every error names table, column, row, subject, value and bronze object. */
export const cellReader = (payload: Payload, table: Table, row: number, subject: string) => {
  const fail = (column: string, expected: string, value: unknown) =>
    new ContractError(
      `${table.name}.${column} row ${row} (${subject}): expected ${expected}, got ${JSON.stringify(value)} (${payload.bronzeKey})`,
    )
  const double = (column: string, text: string | undefined | null): number | null => {
    if (isBlank(text)) return null
    if (!plain.test(text.trim())) throw fail(column, 'double', text)
    return Number(text)
  }
  return {
    fail,
    /** A plain decimal number; blank is NULL. */
    double,
    /** A number as American sites print it, `$1,234.50`; blank and `--` are NULL. */
    money: (column: string, text: string | undefined | null): number | null => {
      if (isBlank(text) || text === '--' || text === 'N/A') return null
      if (!money.test(text.trim())) throw fail(column, 'a number such as $1,234.50', text)
      return Number(text.replace(/[$,]/g, ''))
    },
    /** A whole number, also as `5.0`. */
    whole: (column: string, text: string | undefined | null): number | null => {
      const value = double(column, text)
      if (value !== null && !Number.isSafeInteger(value)) throw fail(column, 'a whole number', text)
      return value
    },
    /** A calendar date in the given luxon format, to ISO. */
    date: (column: string, text: string | undefined | null, format = 'yyyy-MM-dd'): string => {
      const found = isBlank(text) ? undefined : dateIn(text.trim(), format)
      if (found === undefined) throw fail(column, `a date as ${format}`, text)
      return found
    },
    /** A New York wall-clock instant in the given luxon format, to ISO UTC. */
    newYorkTime: (column: string, text: string, format: string): string => {
      const parsed = DateTime.fromFormat(text.trim(), format, { zone: newYork, locale: 'en-US' })
      if (!parsed.isValid) throw fail(column, `a time as ${format}`, text)
      return parsed.toUTC().toISO()
    },
    /** An ISO instant with its own offset, to ISO UTC. */
    instant: (column: string, text: string): string => {
      const parsed = instantWithOffset(text)
      if (!parsed) throw fail(column, 'an instant with its offset', text)
      return parsed.toISOString()
    },
  }
}
