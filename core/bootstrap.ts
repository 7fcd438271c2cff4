/** Bootstrap intervals. Pure: the random generator is an argument, so that equal inputs give equal intervals. */
import { quantileSorted } from 'd3-array'

export type Random = () => number
export type Interval = readonly [low: number, high: number]

/** The interval from the 2.5th to the 97.5th percentile of the values. */
export const middle95 = (values: Float64Array): Interval => {
  const sorted = [...values].sort((a, b) => a - b)
  return [quantileSorted(sorted, 0.025)!, quantileSorted(sorted, 0.975)!]
}

/** Bootstrap 95 % interval of the mean of independent values; undefined for fewer than two values. */
export const meanInterval = (values: readonly number[], resamples: number, random: Random): Interval | undefined => {
  const n = values.length
  if (n < 2) return undefined
  const means = new Float64Array(resamples)
  for (let b = 0; b < resamples; b++) {
    let sum = 0
    for (let i = 0; i < n; i++) sum += values[Math.floor(random() * n)]!
    means[b] = sum / n
  }
  return middle95(means)
}
