/** Bootstrap intervals. Pure; the generator is an argument, so that the same numbers give the same interval. */
import { quantileSorted } from 'd3-array'

export type Random = () => number
export type Interval = readonly [low: number, high: number]

/** The middle 95 % of values. */
export const middle95 = (values: Float64Array): Interval => {
  const sorted = [...values].sort((a, b) => a - b)
  return [quantileSorted(sorted, 0.025)!, quantileSorted(sorted, 0.975)!]
}

/** 95 % interval of the mean of independent cases; undefined below two. */
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
