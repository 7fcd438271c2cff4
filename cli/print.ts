/** Printing rows: a table for people, CSV that no spreadsheet executes, JSON. */
import Table from 'cli-table3'
import { stringify } from 'csv-stringify/sync'
import type { ResultRow, Value } from '../core/engine.ts'
import { UsageError } from '../core/errors.ts'

const shown = (value: Value | undefined): string => {
  if (value === null || value === undefined) return ''
  if (typeof value === 'number' && !Number.isInteger(value)) return String(Number(value.toPrecision(7)))
  return String(value)
}

const asTable = (rows: readonly ResultRow[], columns: readonly string[]) => {
  const width = process.stdout.columns ?? 160
  const widths = columns.map((name) => Math.max(name.length, ...rows.map((row) => shown(row[name]).length)) + 2)
  const total = widths.reduce((a, b) => a + b, columns.length + 1)
  const widest = widths.indexOf(Math.max(...widths))
  // Only the widest column wraps, and only where the terminal is too narrow.
  const colWidths = widths.map((each, i) =>
    i === widest && total > width ? Math.max(24, each - (total - width)) : each,
  )
  const table = new Table({
    head: [...columns],
    colWidths,
    wordWrap: true,
    style: { head: [], border: [], compact: true },
  })
  for (const row of rows) table.push(columns.map((name) => shown(row[name])))
  return `${table.toString()}\n${rows.length} row${rows.length === 1 ? '' : 's'}\n`
}

const formats: Readonly<Record<string, (rows: readonly ResultRow[], columns: readonly string[]) => string>> = {
  table: asTable,
  csv: (rows, columns) =>
    stringify([...rows], { header: true, columns: [...columns], escape_formulas: true, cast: { boolean: String } }),
  json: (rows) => `${JSON.stringify(rows, (_, value) => (typeof value === 'bigint' ? String(value) : value), 1)}\n`,
}

/** Text of the rows in a format; written to the terminal unless told otherwise. */
export const printRows = (
  rows: readonly ResultRow[],
  columns: readonly string[],
  format: string,
  toTerminal = true,
): string => {
  const render = formats[format]
  if (!render) throw new UsageError(`no format ${format}; there are ${Object.keys(formats).join(', ')}`)
  const text = render(rows, columns)
  if (toTerminal) process.stdout.write(text)
  return text
}
