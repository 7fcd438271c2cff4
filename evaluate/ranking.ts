/** How well the values of a predictor rank sessions before drawdowns above other sessions. Pure. */
import { ascending } from 'd3-array'
import { type Interval, middle95, type Random } from '../core/bootstrap.ts'

/** Values and outcomes (1 before a drawdown, else 0), one per session in time order. */
interface Scored {
  readonly values: Float64Array
  readonly outcomes: Uint8Array
}

/** Positions sorted by value, with a mark at the last of each run of equal values. */
interface Order {
  readonly positions: Int32Array
  readonly isLastOfTie: Uint8Array
}

const orderOf = (values: Float64Array): Order => {
  const positions = Int32Array.from(values.keys()).sort((a, b) => ascending(values[a], values[b]))
  const isLastOfTie = new Uint8Array(values.length)
  for (let i = 0; i < values.length; i++) {
    isLastOfTie[i] = i + 1 === values.length || values[positions[i]!] !== values[positions[i + 1]!] ? 1 : 0
  }
  return { positions, isLastOfTie }
}

/** Area under the ROC curve if position i counts `counts[i]` times. NaN unless both outcomes occur. */
const weightedArea = ({ positions, isLastOfTie }: Order, outcomes: Uint8Array, counts: Uint16Array): number => {
  let negatives = 0
  let positives = 0
  let area = 0
  let tiedPositives = 0
  let tiedNegatives = 0
  for (let i = 0; i < positions.length; i++) {
    const at = positions[i]!
    if (outcomes[at]) tiedPositives += counts[at]!
    else tiedNegatives += counts[at]!
    if (!isLastOfTie[i]) continue
    area += tiedPositives * (negatives + tiedNegatives / 2)
    negatives += tiedNegatives
    positives += tiedPositives
    tiedPositives = 0
    tiedNegatives = 0
  }
  return area / (positives * negatives)
}

const once = (length: number) => new Uint16Array(length).fill(1)

/**
 * Area under the ROC curve: the probability that a session before a drawdown has a higher value than another session.
 * Ties count one half. NaN unless both outcomes occur.
 */
export const areaUnderCurve = ({ values, outcomes }: Scored): number =>
  weightedArea(orderOf(values), outcomes, once(values.length))

/** One circular block bootstrap resample: sets `counts[i]` to the number of times that position i is drawn. */
const drawBlocks = (length: number, block: number, random: Random, counts: Uint16Array): void => {
  counts.fill(0)
  for (let drawn = 0; drawn < length; ) {
    const start = Math.floor(random() * length)
    for (let i = 0; i < block && drawn < length; i++, drawn++) counts[(start + i) % length]!++
  }
}

/**
 * Circular block bootstrap: 95 % intervals of the areas of several predictors, and of each area minus that of the last
 * predictor.
 * All predictors use the same resamples, so that the differences are paired.
 */
export const areaIntervals = (
  predictors: readonly Float64Array[],
  outcomes: Uint8Array,
  options: { readonly block: number; readonly resamples: number; readonly random: Random },
): { readonly areas: readonly Interval[]; readonly differences: readonly Interval[] } => {
  const orders = predictors.map(orderOf)
  const counts = new Uint16Array(outcomes.length)
  const areas = predictors.map((): number[] => [])
  const differences = predictors.map((): number[] => [])
  for (let b = 0; b < options.resamples; b++) {
    drawBlocks(outcomes.length, options.block, options.random, counts)
    const drawn = orders.map((order) => weightedArea(order, outcomes, counts))
    if (drawn.some(Number.isNaN)) continue
    for (const [i, area] of drawn.entries()) {
      areas[i]!.push(area)
      differences[i]!.push(area - drawn.at(-1)!)
    }
  }
  const interval = (values: readonly number[]) => middle95(Float64Array.from(values))
  return { areas: areas.map(interval), differences: differences.map(interval) }
}

/**
 * Placebo test: the share of circular shifts in time whose area is at least the observed one.
 * A shift keeps the autocorrelation of values and outcomes and removes their relation. The observed area counts as one
 * shift.
 */
export const placeboShare = ({ values, outcomes }: Scored, shifts: number, random: Random): number => {
  const observed = areaUnderCurve({ values, outcomes })
  const order = orderOf(values)
  const counts = once(values.length)
  const shifted = new Uint8Array(outcomes.length)
  let asGood = 0
  for (let s = 0; s < shifts; s++) {
    const by = 1 + Math.floor(random() * (outcomes.length - 1))
    for (let i = 0; i < outcomes.length; i++) shifted[i] = outcomes[(i + by) % outcomes.length]!
    if (weightedArea(order, shifted, counts) >= observed) asGood++
  }
  return (1 + asGood) / (1 + shifts)
}
