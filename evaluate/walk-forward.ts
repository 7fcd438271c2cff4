/** Walk-forward forecasts: each year is forecast by a model fitted only on outcomes known before that year. Pure. */

/**
 * Isotonic (non-decreasing) regression by pooling adjacent violators (Ayer et al. 1955). Returns the fitted step
 * function.
 */
export const isotonic = (values: readonly number[], outcomes: readonly number[]): ((value: number) => number) => {
  const order = [...values.keys()].sort((a, b) => values[a]! - values[b]!)
  const blocks: { low: number; sum: number; count: number }[] = []
  for (const i of order) {
    const tied = blocks.at(-1)
    if (tied && tied.low === values[i]! && tied.count === 1) {
      tied.sum += outcomes[i]!
      tied.count++
    } else blocks.push({ low: values[i]!, sum: outcomes[i]!, count: 1 })
    for (let last = blocks.length - 1; last > 0; last--) {
      const [below, above] = [blocks[last - 1]!, blocks[last]!]
      if (below.sum / below.count < above.sum / above.count && below.low !== above.low) break
      blocks.splice(last - 1, 2, { low: below.low, sum: below.sum + above.sum, count: below.count + above.count })
    }
  }
  return (value) => {
    let at = 0
    for (let high = blocks.length; high - at > 1; ) {
      const middle = (at + high) >> 1
      if (blocks[middle]!.low <= value) at = middle
      else high = middle
    }
    return blocks[at]!.sum / blocks[at]!.count
  }
}

interface Forecast {
  /** Indices of the sessions that are forecast. */
  readonly positions: readonly number[]
  readonly probabilities: Float64Array
  /** Share of drawdowns in the training data, which is the forecast without a predictor. One per forecast position. */
  readonly baseRates: Float64Array
}

/**
 * Forecasts every year that has enough training data. All arrays are in time order, one entry per session.
 * @param years calendar year of each session; the sessions of one year are forecast by one model.
 * @param embargo number of sessions before a year that are not used for training, since their outcomes were not known
 * yet.
 * @param fewestTraining number of training sessions that the first forecast year needs.
 */
export const walkForward = (
  values: Float64Array,
  outcomes: Uint8Array,
  years: readonly number[],
  embargo: number,
  fewestTraining: number,
): Forecast => {
  const positions: number[] = []
  const probabilities: number[] = []
  const baseRates: number[] = []
  for (let start = 0; start < years.length; ) {
    let end = start
    while (end < years.length && years[end] === years[start]) end++
    const trained = start - embargo
    if (trained >= fewestTraining) {
      const known = [...outcomes.subarray(0, trained)]
      const probability = isotonic([...values.subarray(0, trained)], known)
      const baseRate = known.reduce((sum, outcome) => sum + outcome, 0) / trained
      for (let i = start; i < end; i++) {
        positions.push(i)
        probabilities.push(probability(values[i]!))
        baseRates.push(baseRate)
      }
    }
    start = end
  }
  return { positions, probabilities: Float64Array.from(probabilities), baseRates: Float64Array.from(baseRates) }
}

/**
 * Brier skill score: 1 - (Brier score of the forecast) / (Brier score of the base rate). Above zero, the forecast is
 * better.
 */
export const brierSkill = ({ positions, probabilities, baseRates }: Forecast, outcomes: Uint8Array): number => {
  let score = 0
  let reference = 0
  for (const [i, at] of positions.entries()) {
    score += (probabilities[i]! - outcomes[at]!) ** 2
    reference += (baseRates[i]! - outcomes[at]!) ** 2
  }
  return 1 - score / reference
}
