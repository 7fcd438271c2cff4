/** Expanding percentiles of a series against its history. Pure functions of values in time order. */
import { bisectLeft } from 'd3-array'

export interface Places {
  /** Number of values so far, including the current one. */
  readonly count: Float64Array
  /** Mid-rank: the share of the values so far that are less risky, plus half of the share that are equal. NaN until there are `fewest` values. */
  readonly percentile: Float64Array
  /** (1 + earlier values as risky or riskier) / (1 + earlier values). */
  readonly rarity: Float64Array
}

/**
 * @param values one per session in time order. NaN if unknown; then its results are NaN too.
 * @param direction 1 if a high value is the risk, -1 if a low value is.
 */
export const placesOf = (values: Float64Array, direction: 1 | -1, fewest: number): Places => {
  const ranks = ranked(values, direction)
  const tree = new Float64Array(values.length + 1)
  const made = {
    count: new Float64Array(values.length).fill(Number.NaN),
    percentile: new Float64Array(values.length).fill(Number.NaN),
    rarity: new Float64Array(values.length).fill(Number.NaN),
  }
  let count = 0
  for (let i = 0; i < values.length; i++) {
    const rank = ranks[i]!
    if (Number.isNaN(rank)) continue
    const below = sumTo(tree, rank - 1)
    add(tree, rank)
    count++
    made.count[i] = count
    if (count >= fewest) made.percentile[i] = (below + (sumTo(tree, rank) - below) / 2) / count
    made.rarity[i] = (1 + (count - 1 - below)) / count
  }
  return made
}

/** The rank of each value among the distinct values, from 1 for the least risky. */
const ranked = (values: Float64Array, direction: 1 | -1): Float64Array => {
  const signed = values.map((value) => value * direction)
  const sorted = Float64Array.from(new Set(signed.filter((value) => !Number.isNaN(value)))).sort()
  return signed.map((value) => (Number.isNaN(value) ? value : bisectLeft(sorted, value) + 1))
}

/** A binary indexed tree of counts by rank. */
const add = (tree: Float64Array, rank: number) => {
  for (let at = rank; at < tree.length; at += at & -at) tree[at]!++
}

const sumTo = (tree: Float64Array, rank: number): number => {
  let sum = 0
  for (let at = rank; at > 0; at -= at & -at) sum += tree[at]!
  return sum
}
