/** How a value of a row is written in a cell. */
import type { Value } from '../../core/engine.ts'
import type { Say } from '../language/language.ts'
import { clock, dollars, percent, signedPercent } from '../language/numbers.ts'
import type { Format } from './exhibit.ts'

/** Digits enough to tell small numbers from zero. */
const decimal = (value: number) =>
  value !== 0 && Math.abs(value) < 0.01
    ? Math.abs(value) < 1e-4
      ? value.toExponential(2)
      : value.toPrecision(3)
    : value.toLocaleString('en-US', { minimumFractionDigits: Math.abs(value) < 1e6 ? 2 : 0, maximumFractionDigits: 2 })
const share = (value: number) => percent(value, value !== 0 && Math.abs(value) < 0.1 ? 2 : 1)

const writers: Readonly<Record<Format, (value: Value, say: Say) => string>> = {
  text: (value) => String(value),
  yes: (value, say) => say(value ? 'yes' : 'no'),
  date: (value) => String(value),
  instant: (value) => clock(String(value)),
  change: (value) => signedPercent(Number(value)),
  share: (value) => share(Number(value)),
  dollars: (value) => dollars(Number(value)),
  number: (value) => decimal(Number(value)),
  count: (value) => Number(value).toLocaleString('en-US'),
}

/** An unknown value is said to be unknown, never left out and never zero. */
export const cell = (value: Value | undefined, format: Format, say: Say): string =>
  value === null || value === undefined ? say('unknown') : writers[format](value, say)

export const isNumeric = (format: Format): boolean => !['text', 'yes'].includes(format)
