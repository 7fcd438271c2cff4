/** Comparing rows: numbers to a relative tolerance, everything else exactly. */
import type { ResultRow } from '../../pipeline/engine.ts'

/** Window sums associate by position, so that the last digits move when rows are added. */
const tolerance = 1e-10

const same = (a: unknown, b: unknown) =>
  typeof a === 'number' && typeof b === 'number'
    ? Math.abs(a - b) <= tolerance * Math.max(Math.abs(a), Math.abs(b), 1e-6)
    : a === b

/** The first differences, in words; empty when the rows are the same. */
export const differences = (found: readonly ResultRow[], expected: readonly ResultRow[]): string[] => {
  if (found.length !== expected.length) return [`${found.length} rows, expected ${expected.length}`]
  const list: string[] = []
  for (let i = 0; i < expected.length && list.length < 5; i++) {
    for (const [name, value] of Object.entries(expected[i]!)) {
      if (!same(found[i]![name], value))
        list.push(`row ${i} ${name}: ${found[i]![name]}, expected ${value} in ${JSON.stringify(expected[i])}`)
    }
  }
  return list
}
