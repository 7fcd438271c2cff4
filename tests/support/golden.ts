/** Comparing what a lake answers with a golden file, cell by cell. */
import { expect } from 'vitest'
import type { Lake } from '../../pipeline/lake/lake.ts'
import { forwardHorizons } from '../../schemas/thresholds.ts'

/** Golden files write 10 to 12 digits, hence comparison at their precision. */
export const tolerance = 1e-9

/** Candles: golden column to ours. */
export const candleColumns = {
  gap_pct: 'gap_return',
  ret_cc: 'close_return',
  ret_oc: 'open_to_close_return',
  range_pct_prev: 'range_fraction',
  tr: 'true_range',
  tr_pct: 'true_range_fraction',
  atr14_sma: 'average_true_range_14',
  clv: 'close_location',
  fade_from_high: 'fade_from_high',
  gap_retrace: 'gap_retrace',
}

/** What followed: golden column to ours. */
export const horizonColumns = Object.fromEntries(forwardHorizons.map((n) => [`fwd_${n}d`, `forward_return_${n}`]))

export const isSameNumber = (
  found: number | null | undefined,
  expected: string | undefined,
  relative = tolerance,
): boolean => {
  if (expected === '' || expected === undefined) return found === null
  const wanted = Number(expected)
  if (found === null || found === undefined) return false
  return Math.abs(found - wanted) <= relative * Math.max(Math.abs(wanted), 1e-6)
}

/** Expects every golden cell of `columns` (theirs to ours) in the rows of a query that has a `session`. */
export const expectGolden = async (
  { engine }: Lake,
  sql: string,
  golden: readonly Record<string, string>[],
  columns: Readonly<Record<string, string>>,
  relative = tolerance,
) => {
  const rows = new Map((await engine.rows<Record<string, number | null>>(sql)).map((row) => [String(row.session), row]))
  const dateOf = (row: Record<string, string>) => row.session ?? row.date ?? row.Date ?? ''
  const differences = golden.flatMap((expected) =>
    Object.entries(columns).flatMap(([theirs, ours]) => {
      expect(Object.keys(expected)).toContain(theirs)
      const found = rows.get(dateOf(expected))?.[ours]
      return isSameNumber(found, expected[theirs], relative)
        ? []
        : [`${dateOf(expected)} ${ours}: expected ${expected[theirs]}, got ${found}`]
    }),
  )
  expect(golden.length).toBeGreaterThan(0)
  expect(differences).toEqual([])
}
