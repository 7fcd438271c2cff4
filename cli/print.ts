/** Printing rows: a table for people, CSV in which a spreadsheet finds no formula, JSON. */
import Table from 'cli-table3'
import type { Answer, ResultRow, Value } from '../core/engine.ts'
import { unknownName } from '../core/nearest.ts'
import { printableJson, printableLine } from '../core/printable.ts'
import { csvOf, withBigints } from './csv.ts'
import { say } from './output.ts'

const shown = (value: Value | undefined): string => {
  if (value === null || value === undefined) return ''
  if (typeof value === 'number' && !Number.isInteger(value)) return String(Number(value.toPrecision(7)))
  return printableLine(plainText(value))
}

/** A list of plain values is shown with commas; other nested values are shown as JSON. */
const plainText = (value: NonNullable<Value>): string => {
  const isFlat = typeof value !== 'object' || (Array.isArray(value) && value.every((each) => typeof each !== 'object'))
  return isFlat ? String(value) : JSON.stringify(value, withBigints)
}

/** Rows that are laid out at once: the time of `cli-table3` grows with the square of the rows. */
const rowsAtOnce = 50

/** The lines of a table. Every column has its width, so that blocks of rows fit below each other. */
const tableLines = (head: string[], cells: readonly string[][], colWidths: number[]): string[] => {
  const lines: string[] = []
  for (let at = 0; at === 0 || at < cells.length; at += rowsAtOnce) {
    const style = { head: [], border: [], compact: true }
    const block = new Table({ head: at === 0 ? head : [], colWidths, wordWrap: true, style })
    block.push(...cells.slice(at, at + rowsAtOnce))
    const drawn = block.toString().split('\n')
    // Only the first block keeps its upper border, and only the last one its lower border.
    if (at > 0) {
      lines.pop()
      drawn.shift()
    }
    lines.push(...drawn)
  }
  return lines
}

const asTable = ({ rows, columns }: Answer): string => {
  const width = process.stdout.columns ?? 160
  const cells = rows.map((row) => row.map(shown))
  const head = columns.map(printableLine)
  const widths = head.map((name, i) => cells.reduce((most, row) => Math.max(most, row[i]!.length), name.length) + 2)
  const total = widths.reduce((a, b) => a + b, columns.length + 1)
  const widest = widths.indexOf(Math.max(...widths))
  // Only the widest column wraps, and only where the terminal is too narrow.
  const colWidths = widths.map((each, i) =>
    i === widest && total > width ? Math.max(24, each - (total - width)) : each,
  )
  return `${tableLines(head, cells, colWidths).join('\n')}\n${rows.length} row${rows.length === 1 ? '' : 's'}\n`
}

const asJson = ({ rows, columns }: Answer): string => {
  const members = rows.map((row) => Object.fromEntries(columns.map((name, i) => [name, row[i] ?? null])))
  return `${printableJson(JSON.stringify(members, withBigints, 1))}\n`
}

const formats: Readonly<Record<string, (answer: Answer) => string>> = { table: asTable, csv: csvOf, json: asJson }

/** The text of an answer in a format. */
export const textOf = (answer: Answer, format: string): string => {
  const render = Object.hasOwn(formats, format) ? formats[format] : undefined
  if (!render) throw unknownName('format', format, Object.keys(formats))
  return render(answer)
}

/** Prints some columns of rows. */
export const printRows = (rows: readonly ResultRow[], columns: readonly string[], format: string): void =>
  say(textOf({ columns, rows: rows.map((row) => columns.map((name) => row[name] ?? null)) }, format))
