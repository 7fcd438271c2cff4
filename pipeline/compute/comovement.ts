/** Absorption ratio and turbulence of a basket of log returns. Pure functions of columns of returns. */
import { EigenvalueDecomposition, Matrix, solve } from 'ml-matrix'

/** Returns of one symbol, oldest first. */
export type Returns = Float64Array

/** Share of the eigenvectors, Kritzman, Li, Page, Rigobon 2011, JPM 37(4). */
const eigenvectorShare = 0.2

/** Weights that sum to one and halve every `halfLife` rows back in time. */
export const decayWeights = (length: number, halfLife: number): Float64Array => {
  const decay = Float64Array.from({ length }, (_, i) => 0.5 ** ((length - 1 - i) / halfLife))
  const total = decay.reduce((a, b) => a + b, 0)
  return decay.map((each) => each / total)
}

/**
 * Share of variance that the first fifth of the eigenvectors of the weighted covariance absorbs.
 * @param returns N columns of T log returns.
 * @param weights T weights that sum to one.
 * @returns a fraction in (0, 1]; NULL if nothing moved.
 */
export const absorptionRatio = (returns: readonly Returns[], weights: Float64Array): number | null => {
  const covariance = covarianceOf(returns, weights)
  const eigenvalues = new EigenvalueDecomposition(covariance, { assumeSymmetric: true }).realEigenvalues
  const count = Math.max(1, Math.round(returns.length * eigenvectorShare))
  const total = sum(covariance.diag())
  return total > 0 ? sum([...eigenvalues].sort((a, b) => b - a).slice(0, count)) / total : null
}

/**
 * Squared Mahalanobis distance of today's returns from the sessions before, over N. Kritzman, Li 2010, FAJ 66(5);
 * their full sample replaced by the trailing window, so that nothing looks ahead.
 * @param before N columns of T log returns before today; T must be at least 5 N.
 * @param today N log returns.
 * @returns a ratio, 1 on average; NULL where the covariance is singular.
 */
export const turbulence = (before: readonly Returns[], today: readonly number[]): number | null => {
  const length = before[0]?.length ?? 0
  if (length < 5 * before.length) return null
  const equal = new Float64Array(length).fill(1 / length)
  const covariance = covarianceOf(before, equal).mul(length / (length - 1))
  const deviation = Matrix.columnVector(today.map((value, j) => value - meanOf(before[j]!, equal)))
  try {
    const distance = deviation.transpose().mmul(solve(covariance, deviation)).get(0, 0)
    return Number.isFinite(distance) ? distance / before.length : null
  } catch {
    return null
  }
}

const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0)

const meanOf = (column: Returns, weights: Float64Array) => {
  let total = 0
  for (let i = 0; i < column.length; i++) total += weights[i]! * column[i]!
  return total
}

/** Inner product in four sums, which a processor can add in parallel. */
const dot = (left: Float64Array, right: Float64Array): number => {
  const { length } = left
  const whole = length - (length % 4)
  let [a, b, c, d] = [0, 0, 0, 0]
  for (let i = 0; i < whole; i += 4) {
    a += left[i]! * right[i]!
    b += left[i + 1]! * right[i + 1]!
    c += left[i + 2]! * right[i + 2]!
    d += left[i + 3]! * right[i + 3]!
  }
  for (let i = whole; i < length; i++) a += left[i]! * right[i]!
  return a + b + (c + d)
}

/** Weighted covariance, N x N, without correction for the degrees of freedom. */
const covarianceOf = (columns: readonly Returns[], weights: Float64Array): Matrix => {
  const length = weights.length
  const centred = columns.map((column) => {
    const mean = meanOf(column, weights)
    const deviations = new Float64Array(length)
    for (let i = 0; i < length; i++) deviations[i] = column[i]! - mean
    return deviations
  })
  const covariance = Matrix.zeros(columns.length, columns.length)
  const weighted = new Float64Array(length)
  for (const [a, left] of centred.entries()) {
    for (let i = 0; i < length; i++) weighted[i] = left[i]! * weights[i]!
    for (let b = a; b < centred.length; b++) {
      const product = dot(weighted, centred[b]!)
      covariance.set(a, b, product)
      covariance.set(b, a, product)
    }
  }
  return covariance
}
