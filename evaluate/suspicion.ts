/** Values that no evening can have known, by their statistics alone. Pure. */
import type { Interval } from '../core/bootstrap.ts'

/** VIX reaches 0.70 and no published predictor of falls 0.75, also in sample. */
const tooGood = 0.8
const fewestEpisodes = 5

/**
 * Why the values look as if they came from the future; undefined if they do not.
 * @param values every value of the predictor, also outside of the sample.
 * @param area interval of the area under the ROC curve.
 */
export const suspicionOf = (values: Float64Array, area: Interval, episodes: number): string | undefined => {
  if (episodes >= fewestEpisodes && area[0] > tooGood)
    return `it ranks falls with an area of at least ${area[0].toFixed(3)}, which no predictor reaches without the label in it`
  if (isFullSamplePercentile(values))
    return 'its values are the percentiles of the whole sample: each depends on all later values'
  return undefined
}

/** True if the values are their own ranks in the full sample: an expanding percentile is not uniform to the last rank. */
const isFullSamplePercentile = (values: Float64Array): boolean => {
  const n = values.length
  const sorted = values.slice().sort()
  const scale = sorted[n - 1]! > 1.5 ? 100 : 1
  if (n < 252 || sorted[0]! < 0 || sorted[n - 1]! > scale || sorted[n - 1]! < 0.98 * scale) return false
  let from = 0
  let furthest = 0
  for (let i = 1; i <= n; i++) {
    if (i < n && sorted[i] === sorted[from]) continue
    // The rank of tied values may be the lowest, the highest or the mean of theirs.
    const value = (sorted[from]! / scale) * n
    const distance = value < from ? from - value : value > i ? value - i : 0
    furthest = Math.max(furthest, distance)
    from = i
  }
  return furthest <= Math.max(1.5, 0.002 * n) && new Set(sorted).size > 50
}
