/** Absorption ratio and turbulence of a basket of log returns. Pure: arrays in, arrays out. */
import { EigenvalueDecomposition, Matrix, solve } from 'ml-matrix'

/** Share of the eigenvectors, Kritzman, Li, Page, Rigobon 2011, JPM 37(4). */
const eigenvectorShare = 0.2

/**
 * Share of variance that the first fifth of the eigenvectors of the exponentially weighted covariance absorbs.
 * @param returns T x N log returns, oldest first.
 * @returns a fraction in (0, 1].
 */
export const absorptionRatio = (returns: readonly (readonly number[])[], halfLife: number): number => {
  const size = returns[0]!.length
  const decay = returns.map((_, i) => 0.5 ** ((returns.length - 1 - i) / halfLife))
  const total = decay.reduce((a, b) => a + b, 0)
  const weights = decay.map((each) => each / total)
  const mean = column(size, (j) => dot(weights, (i) => returns[i]![j]!))
  const covariance = Matrix.zeros(size, size)
  for (let a = 0; a < size; a++) {
    for (let b = a; b < size; b++) {
      const value = dot(weights, (i) => (returns[i]![a]! - mean[a]!) * (returns[i]![b]! - mean[b]!))
      covariance.set(a, b, value)
      covariance.set(b, a, value)
    }
  }
  const eigenvalues = new EigenvalueDecomposition(covariance, { assumeSymmetric: true }).realEigenvalues
  const sorted = [...eigenvalues].sort((a, b) => b - a)
  const count = Math.max(1, Math.round(size * eigenvectorShare))
  return sum(sorted.slice(0, count)) / sum(column(size, (i) => covariance.get(i, i)))
}

/**
 * Squared Mahalanobis distance of today's returns from the sessions before, over N. Kritzman, Li 2010, FAJ 66(5);
 * their full sample replaced by the trailing window, so that nothing looks ahead.
 * @param before T x N log returns before today; T must be at least 5 N.
 * @returns a ratio, 1 on average; NULL where the covariance is singular.
 */
export const turbulence = (before: readonly (readonly number[])[], today: readonly number[]): number | null => {
  const size = today.length
  if (before.length < 5 * size) return null
  const mean = column(size, (j) => sum(before.map((row) => row[j]!)) / before.length)
  const covariance = Matrix.zeros(size, size)
  for (let a = 0; a < size; a++) {
    for (let b = a; b < size; b++) {
      const value = sum(before.map((row) => (row[a]! - mean[a]!) * (row[b]! - mean[b]!))) / (before.length - 1)
      covariance.set(a, b, value)
      covariance.set(b, a, value)
    }
  }
  const deviation = Matrix.columnVector(today.map((value, j) => value - mean[j]!))
  try {
    const distance = deviation.transpose().mmul(solve(covariance, deviation)).get(0, 0)
    return Number.isFinite(distance) ? distance / size : null
  } catch {
    return null
  }
}

const column = (size: number, of: (j: number) => number) => Array.from({ length: size }, (_, j) => of(j))
const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0)
const dot = (weights: readonly number[], of: (i: number) => number) => {
  let total = 0
  for (let i = 0; i < weights.length; i++) total += weights[i]! * of(i)
  return total
}
