/**
 * Covariances over a moving window of sessions. Pure functions of columns of returns.
 *
 * A window is a few whole blocks of sessions and a part of a block at each end. The products of two columns are added up once for each
 * block, so that a window of 500 sessions takes about 45 additions. Blocks begin at fixed session numbers: a covariance has the same
 * bytes whatever earlier sessions are there. Nothing is subtracted again when it leaves the window, so that no rounding piles up.
 */
import { Matrix } from 'ml-matrix'

/** Sessions in a block: near the root of the length of the windows. */
const blockSize = 22
/** A variance below this share of the squared mean is what rounding left of equal returns. */
const rounding = 1e-12

/** Columns of log returns, oldest first. NaN if a return is missing. */
export interface Returns {
  readonly columns: readonly Float64Array[]
  /** The session number of each row. */
  readonly numbers: readonly number[]
}

export interface Moments {
  /** Weighted covariance, N x N, without correction for the degrees of freedom. A column of equal returns has zeros. */
  readonly covariance: Matrix
  readonly means: readonly number[]
}

/** The moments of some columns over the window that ends with a row. Its sessions follow each other, and no return is missing. */
export type MovingMoments = (columns: readonly number[], row: number) => Moments

/**
 * @param length sessions in the window.
 * @param halfLife sessions after which a weight has halved. Infinity for equal weights.
 */
export const movingMoments = (returns: Returns, length: number, halfLife: number): MovingMoments => {
  const weights = Float64Array.from({ length }, (_, age) => 0.5 ** (age / halfLife))
  const totalWeight = weights.reduce((a, b) => a + b, 0)
  const blocks = blocksOf(returns.numbers)
  const ones = new Float64Array(returns.numbers.length).fill(1)
  const columns = [...returns.columns, ones]
  const sums = new Map<number, Float64Array>()
  const mean = (a: number, b: number, row: number): number => {
    const pair = a * columns.length + b
    const [x, y] = [columns[a]!, columns[b]!]
    const found = sums.get(pair) ?? blockSums(x, y, weights, blocks)
    sums.set(pair, found)
    return windowSum(x, y, weights, blocks, found, row) / totalWeight
  }
  return (chosen, row) => {
    const means = chosen.map((a) => mean(a, returns.columns.length, row))
    const covariance = Matrix.zeros(chosen.length, chosen.length)
    const isStill = chosen.map((a, i) => !(mean(a, a, row) - means[i]! ** 2 > rounding * means[i]! ** 2))
    for (let i = 0; i < chosen.length; i++) {
      for (let j = i; j < chosen.length; j++) {
        if (isStill[i] || isStill[j]) continue
        const product = mean(chosen[i]!, chosen[j]!, row) - means[i]! * means[j]!
        covariance.set(i, j, product)
        covariance.set(j, i, product)
      }
    }
    return { covariance, means }
  }
}

interface Blocks {
  /** Position of the block of each row. */
  readonly of: Int32Array
  /** First row of each block, and the number of rows at the end. */
  readonly starts: readonly number[]
}

const blocksOf = (numbers: readonly number[]): Blocks => {
  const starts: number[] = []
  const of = Int32Array.from(numbers, (number, row) => {
    const isNew = row === 0 || Math.floor(number / blockSize) !== Math.floor(numbers[row - 1]! / blockSize)
    if (isNew) starts.push(row)
    return starts.length - 1
  })
  return { of, starts: [...starts, numbers.length] }
}

/** For each block the sum of the products of two columns, weighted by their age at the last row of the block. */
const blockSums = (x: Float64Array, y: Float64Array, weights: Float64Array, { starts }: Blocks): Float64Array =>
  Float64Array.from({ length: starts.length - 1 }, (_, block) =>
    partSum(x, y, weights, starts[block]!, starts[block + 1]!, starts[block + 1]! - 1),
  )

const windowSum = (
  x: Float64Array,
  y: Float64Array,
  weights: Float64Array,
  { of, starts }: Blocks,
  sums: Float64Array,
  row: number,
): number => {
  const from = row - weights.length + 1
  const first = of[from]!
  const last = of[row]!
  let sum = partSum(x, y, weights, from, starts[first + 1]!, row)
  for (let block = first + 1; block < last; block++) sum += sums[block]! * weights[row - starts[block + 1]! + 1]!
  return sum + partSum(x, y, weights, starts[last]!, row + 1, row)
}

/** The products of the rows from `from` to before `to`, weighted by their age at `row`. */
const partSum = (x: Float64Array, y: Float64Array, weights: Float64Array, from: number, to: number, row: number) => {
  let sum = 0
  for (let i = from; i < to; i++) sum += x[i]! * y[i]! * weights[row - i]!
  return sum
}
