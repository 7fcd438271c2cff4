/** Measures beside the area under the ROC curve: the two curves, average precision, precision of the top, reliability. Pure. */
import { descending } from 'd3-array'

/** Positions from the highest value to the lowest. */
const fromTheTop = (values: Float64Array): number[] =>
  [...values.keys()].sort((a, b) => descending(values[a], values[b]))

export interface CurvePoint {
  readonly falseAlarmRate: number
  readonly hitRate: number
}

/** The ROC curve, one point per distinct value. */
export const rocCurve = (values: Float64Array, outcomes: Uint8Array): CurvePoint[] => {
  const order = fromTheTop(values)
  const positives = outcomes.reduce((sum, each) => sum + each, 0)
  const negatives = outcomes.length - positives
  const points: CurvePoint[] = [{ falseAlarmRate: 0, hitRate: 0 }]
  let [hits, falseAlarms] = [0, 0]
  for (const [i, at] of order.entries()) {
    if (outcomes[at]) hits++
    else falseAlarms++
    const next = order[i + 1]
    if (next !== undefined && values[next] === values[at]) continue
    points.push({ falseAlarmRate: falseAlarms / negatives, hitRate: hits / positives })
  }
  return points
}

/** Area under the precision-recall curve, as average precision. Equal values are one step. The base rate is its value for noise. */
export const averagePrecision = (values: Float64Array, outcomes: Uint8Array): number => {
  const order = fromTheTop(values)
  const positives = outcomes.reduce((sum, each) => sum + each, 0)
  let [hits, counted, area] = [0, 0, 0]
  for (const [i, at] of order.entries()) {
    hits += outcomes[at]!
    const next = order[i + 1]
    if (next !== undefined && values[next] === values[at]) continue
    area += ((hits - counted) / positives) * (hits / (i + 1))
    counted = hits
  }
  return area
}

/** Share of sessions before a fall among the sessions with the highest values. Ties at the edge are all taken. */
export const precisionAtTop = (values: Float64Array, outcomes: Uint8Array, share: number): number => {
  const order = fromTheTop(values)
  const edge = values[order[Math.max(0, Math.ceil(order.length * share) - 1)]!]!
  const top = outcomes.filter((_, i) => values[i]! >= edge)
  return top.reduce((sum, each) => sum + each, 0) / top.length
}

export interface ReliabilityBin {
  readonly count: number
  readonly forecast: number
  readonly observed: number
}

/** Mean forecast and observed share of falls, in bins of equal numbers of forecasts. */
export const reliability = (
  probabilities: Float64Array,
  outcomes: readonly number[],
  bins: number,
): ReliabilityBin[] => {
  const order = [...probabilities.keys()].sort((a, b) => probabilities[a]! - probabilities[b]! || a - b)
  return Array.from({ length: bins }, (_, bin) => {
    const part = order.slice(Math.floor((bin * order.length) / bins), Math.floor(((bin + 1) * order.length) / bins))
    const mean = (of: (at: number) => number) => part.reduce((sum, at) => sum + of(at), 0) / part.length
    return { count: part.length, forecast: mean((at) => probabilities[at]!), observed: mean((at) => outcomes[at]!) }
  }).filter(({ count }) => count > 0)
}
