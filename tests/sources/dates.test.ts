/** Dates of payloads: what a cell reader takes for a date, and what it refuses. */
import fc from 'fast-check'
import { DateTime } from 'luxon'
import { expect, test } from 'vitest'
import { volatilityIndices } from '../../schemas/tables/volatility_indices.ts'
import { cellReader } from '../../sources/shared/wire.ts'

const payload = {
  source: 'cboe_volatility',
  key: 'VIX',
  bronzeKey: 'bronze/x',
  fetchedAt: '2025-01-02T22:00:00Z',
  body: new Uint8Array(),
} as never
const cell = cellReader(payload, volatilityIndices, 1, 'VIX')
const read = (text: string, format: string) => {
  try {
    return cell.date('session', text, format)
  } catch {
    return 'refused'
  }
}

test.each([
  ['01/02/2025', 'MM/dd/yyyy', '2025-01-02'],
  [' 01/02/2025 ', 'MM/dd/yyyy', '2025-01-02'],
  ['02/29/2024', 'MM/dd/yyyy', '2024-02-29'],
  ['02/29/2025', 'MM/dd/yyyy', 'refused'],
  ['13/01/2025', 'MM/dd/yyyy', 'refused'],
  ['1/2/2025', 'MM/dd/yyyy', 'refused'],
  ['01/02/25', 'MM/dd/yyyy', 'refused'],
  ['2025-01-02', 'MM/dd/yyyy', 'refused'],
  ['2025-01-02', 'yyyy-MM-dd', '2025-01-02'],
  ['2025-02-30', 'yyyy-MM-dd', 'refused'],
  ['', 'yyyy-MM-dd', 'refused'],
])('"%s" as %s is %s', (text, format, expected) => {
  expect(read(text, format)).toBe(expected)
})

test('any digits are read as luxon reads them', () => {
  const digits = (length: number) =>
    fc.integer({ min: 0, max: 10 ** length - 1 }).map((n) => String(n).padStart(length, '0'))
  fc.assert(
    fc.property(digits(4), digits(2), digits(2), (year, month, day) => {
      for (const [text, format] of [
        [`${year}-${month}-${day}`, 'yyyy-MM-dd'],
        [`${month}/${day}/${year}`, 'MM/dd/yyyy'],
      ] as const) {
        const parsed = DateTime.fromFormat(text, format, { zone: 'utc', locale: 'en-US' })
        expect(read(text, format)).toBe(parsed.isValid ? parsed.toISODate() : 'refused')
      }
    }),
  )
})
