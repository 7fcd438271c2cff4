/**
 * Sums over sliding windows, in memory: what `lag-blocks.ts` says in SQL, with the same operations in the same order, so that each row has the
 * same digits. A row with too few rows before it is NaN.
 */
import type { Block } from '../../schemas/views/shared/lag-blocks.ts'

/**
 * Columns that are used for one series after another. New columns for each would take longer than the arithmetic, because the garbage
 * collector looks at all objects of the program whenever some megabytes of columns were made.
 */
export class Workspace {
  readonly #columns: Float64Array[] = []
  #taken = 0

  take(length: number): Float64Array {
    const place = this.#taken++
    const known = this.#columns[place]
    const column = known && known.length >= length ? known : new Float64Array(2 * length)
    this.#columns[place] = column
    return column.subarray(0, length)
  }

  /** All columns may be used again. */
  reset(): void {
    this.#taken = 0
  }

  /** A column whose first rows are NaN. */
  startedAt(first: number, length: number): Float64Array {
    return this.take(length).fill(Number.NaN, 0, Math.min(first, length))
  }
}

// The loops stand in each function, because a function that is called for each row with a closure of its own takes ten times as long.

export const totals = (space: Workspace, x: Float64Array, { count, size }: Block): Float64Array => {
  const first = (count - 1) * size
  const values = space.startedAt(first, x.length)
  for (let i = first; i < x.length; i++) {
    let sum = x[i]!
    for (let k = 1, at = i - size; k < count; k++, at -= size) sum += x[at]!
    values[i] = sum
  }
  return values
}

/** A column with its sums over a block. */
export interface Summed {
  readonly values: Float64Array
  readonly totals: Float64Array
}

/** Sum of the products of the deviations of two columns from their means. `within` has the same sums inside the values. */
export const deviations = (
  space: Workspace,
  { count, size }: Block,
  x: Summed,
  y: Summed = x,
  within?: Float64Array,
): Float64Array => {
  const first = (count - 1) * size
  const [xs, xTotals, ys, yTotals] = [x.values, x.totals, y.values, y.totals]
  const values = space.startedAt(first, xs.length)
  for (let i = first; i < xs.length; i++) {
    const meanX = xTotals[i]! / count
    const meanY = yTotals[i]! / count
    let sum = (xs[i]! - meanX) * (ys[i]! - meanY)
    for (let k = 1, at = i - size; k < count; k++, at -= size) sum += (xs[at]! - meanX) * (ys[at]! - meanY)
    values[i] = sum / size
  }
  if (within) {
    const inside = totals(space, within, { count, size })
    for (let i = first; i < xs.length; i++) values[i] = inside[i]! + values[i]!
  }
  return values
}

/** The column one row earlier. */
export const previous = (space: Workspace, x: Float64Array): Float64Array => {
  const values = space.startedAt(1, x.length)
  for (let i = 1; i < x.length; i++) values[i] = x[i - 1]!
  return values
}

export const divided = (space: Workspace, x: Float64Array, by: number): Float64Array => {
  const values = space.take(x.length)
  for (let i = 0; i < x.length; i++) values[i] = x[i]! / by
  return values
}

/** `greatest(x, 0e0)`, which is 0 if `x` is NULL. */
export const atLeastZero = (x: number): number => (x >= 0 ? x : 0)
