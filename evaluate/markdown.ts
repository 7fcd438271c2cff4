/** Numbers and tables of the evaluation as Markdown that is aligned for a terminal. */
import type { Interval } from '../core/bootstrap.ts'

export const percent = (value: number) => (Number.isNaN(value) ? 'n/a' : `${(value * 100).toFixed(1)} %`)
export const change = (value: number) => `${value >= 0 ? '+' : ''}${percent(value)}`
export const three = (value: number) => value.toFixed(3)
export const signed = (value: number) => `${value >= 0 ? '+' : ''}${value.toFixed(3)}`
export const span = ([low, high]: Interval, shown = three) => `${shown(low)} to ${shown(high)}`

export const table = (header: readonly string[], rows: readonly (readonly string[])[]): string => {
  const all = [header, ...rows]
  const widths = header.map((_, i) => Math.max(...all.map((row) => row[i]!.length)))
  const line = (row: readonly string[]) =>
    `| ${row.map((text, i) => (i ? text.padStart(widths[i]!) : text.padEnd(widths[i]!))).join(' | ')} |`
  const rule = `| ${widths.map((width, i) => (i ? `${'-'.repeat(width - 1)}:` : '-'.repeat(width))).join(' | ')} |`
  return [line(header), rule, ...rows.map(line)].join('\n')
}
