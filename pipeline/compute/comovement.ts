/** Absorption ratio and turbulence of a basket. Pure functions of the moments of its log returns. */
import { EigenvalueDecomposition, Matrix, solve } from 'ml-matrix'
import type { Moments } from './moving-covariance.ts'

/** Share of the eigenvectors, Kritzman, Li, Page, Rigobon 2011, JPM 37(4). */
const eigenvectorShare = 0.2

/**
 * Share of variance that the first fifth of the eigenvectors of the covariance absorbs.
 * @returns a fraction in (0, 1]; NULL if nothing moved.
 */
export const absorptionRatio = ({ covariance }: Moments): number | null => {
  const eigenvalues = new EigenvalueDecomposition(covariance, { assumeSymmetric: true }).realEigenvalues
  const count = Math.max(1, Math.round(covariance.rows * eigenvectorShare))
  const total = sum(covariance.diag())
  return total > 0 ? sum([...eigenvalues].sort((a, b) => b - a).slice(0, count)) / total : null
}

/**
 * Squared Mahalanobis distance of today's returns from the sessions before, over N. Kritzman, Li 2010, FAJ 66(5);
 * their full sample replaced by the trailing window, so that nothing looks ahead.
 * @param before the moments of the sessions before today, equally weighted.
 * @param length how many sessions they are; at least 5 N.
 * @param today N log returns.
 * @returns a ratio, 1 on average; NULL where the covariance is singular.
 */
export const turbulence = ({ covariance, means }: Moments, length: number, today: readonly number[]): number | null => {
  if (length < 5 * today.length) return null
  const deviation = Matrix.columnVector(today.map((value, j) => value - means[j]!))
  try {
    const unbiased = Matrix.mul(covariance, length / (length - 1))
    const distance = deviation.transpose().mmul(solve(unbiased, deviation)).get(0, 0)
    return Number.isFinite(distance) ? distance / today.length : null
  } catch {
    return null
  }
}

const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0)
