/** Family-wise correction of intervals for the number of tries (Bonferroni). Pure. */
import type { Interval } from '../core/bootstrap.ts'

const numerator = [
  -3.969683028665376e1, 2.209460984245205e2, -2.759285104469687e2, 1.38357751867269e2, -3.066479806614716e1,
  2.506628277459239,
]
const denominator = [
  -5.447609879822406e1, 1.615858368580409e2, -1.556989798598866e2, 6.680131188771972e1, -1.328068155288572e1, 1,
]
const tailNumerator = [
  -7.784894002430293e-3, -3.223964580411365e-1, -2.400758277161838, -2.549732539343734, 4.374664141464968,
  2.938163982698783,
]
const tailDenominator = [7.784695709041462e-3, 3.224671290700398e-1, 2.445134137142996, 3.754408661907416, 1]

const polynomial = (coefficients: readonly number[], x: number) => coefficients.reduce((sum, each) => sum * x + each, 0)

/** The quantile of the standard normal distribution for a probability in (0, 0.5], after Acklam (2003). Its relative error is below 1.2e-9. */
const lowerQuantile = (probability: number): number => {
  if (probability < 0.02425) {
    const q = Math.sqrt(-2 * Math.log(probability))
    return polynomial(tailNumerator, q) / polynomial(tailDenominator, q)
  }
  const q = probability - 0.5
  return (polynomial(numerator, q * q) * q) / polynomial(denominator, q * q)
}

/**
 * The interval that holds in a family of tries with a probability of 95 %. Each side of the uncorrected interval is stretched from the
 * 97.5th percentile of the normal distribution to that of 1 - 0.025 / tries: a thousand resamples do not reach so far.
 */
export const corrected = (estimate: number, [low, high]: Interval, tries: number): Interval => {
  if (tries <= 1) return [low, high]
  const stretch = lowerQuantile(0.025 / tries) / lowerQuantile(0.025)
  return [estimate - (estimate - low) * stretch, estimate + (high - estimate) * stretch]
}
