/** Walk-forward: a probability that is fitted anew each year on what was known before it, and applied to that year. Pure. */

/** Non-decreasing fit of outcomes on values by pooling adjacent violators (Ayer et al. 1955). Returns the step function. */
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
  /** Positions that were forecast. */
  readonly positions: readonly number[]
  readonly probabilities: Float64Array
  /** Share of drawdowns in the training data: the forecast of somebody who looks at nothing. */
  readonly baseRates: Float64Array
}

/**
 * @param years calendar year of each position; positions of one year are forecast together.
 * @param embargo positions before a year whose outcome was not known when it began, and so are not trained on.
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

/** 1 - Brier score / that of the base rate: above zero the probabilities say something. */
export const brierSkill = ({ positions, probabilities, baseRates }: Forecast, outcomes: Uint8Array): number => {
  let score = 0
  let reference = 0
  for (const [i, at] of positions.entries()) {
    score += (probabilities[i]! - outcomes[at]!) ** 2
    reference += (baseRates[i]! - outcomes[at]!) ** 2
  }
  return 1 - score / reference
}
