/** How a value of a row is written in a cell. */
import type { Value } from '../../core/engine.ts'
import { evidenceText } from '../language/evidence.ts'
import type { Say } from '../language/language.ts'
import { companyNames, plainNames } from '../language/names.ts'
import {
  amount,
  clock,
  decimal,
  dollars,
  hundredths,
  percent,
  points,
  signedDecimal,
  signedPercent,
  signedPoints,
  whole,
} from '../language/numbers.ts'
import { told } from '../language/told.ts'
import type { Format } from './exhibit.ts'

const writers: Readonly<Record<Format, (value: Value, say: Say) => string>> = {
  text: (value) => String(value),
  told: (value, say) => told(String(value), say),
  evidence: (value, say) => evidenceText(String(value), say),
  name: (value, say) => plainNames(String(value), say),
  companies: (value, say) => companyNames(String(value).split(','), say),
  yes: (value, say) => say(value ? 'yes' : 'no'),
  date: (value) => String(value),
  instant: (value) => clock(String(value)),
  change: (value) => signedPercent(Number(value)),
  share: (value) => percent(Number(value)),
  dollars: (value) => dollars(Number(value)),
  number: (value) => decimal(Number(value)),
  difference: (value) => signedDecimal(Number(value)),
  hundredths: (value) => hundredths(Number(value)),
  percentage_points: (value) => signedPoints(Number(value)),
  points: (value) => points(Number(value)),
  count: (value) => whole(Number(value)),
  amount: (value) => amount(Number(value)),
}

/** An unknown value is said to be unknown, never left out and never zero. */
export const cell = (value: Value | undefined, format: Format, say: Say): string =>
  value === null || value === undefined ? say('unknown') : writers[format](value, say)

export const isNumeric = (format: Format): boolean =>
  !['text', 'told', 'evidence', 'name', 'companies', 'yes'].includes(format)
