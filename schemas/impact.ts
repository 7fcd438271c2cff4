/**
 * Price impact of an order in basis points: k (Q / (D - unusable))^gamma, with Q the order and D the depth in USD.
 * The published explanation says $100M cost 0.1 % at normal depth and 0.5 % at $5M. Each calibration takes one normal depth and one
 * form through the first anchor; `reproduces` says which of them meet the second. All are illustrative: the square-root
 * law on a day's volume gives 1.4 basis points for the same order.
 */
import { orderUsd } from './thresholds.ts'

const anchor = { normalBps: 10, stressedBps: 50, stressedDepth: 5e6 } as const
const ratio = anchor.stressedBps / anchor.normalBps

export interface ImpactCalibration {
  readonly name: string
  readonly normalDepth: number
  readonly form: 'square_root' | 'linear' | 'fitted_power' | 'linear_with_unusable_depth'
  readonly gamma: number
  /** Basis points for an order as large as the usable depth. */
  readonly k: number
  readonly unusableDepth: number
  readonly isDefault: boolean
}

const calibrated = (normalDepth: number, form: ImpactCalibration['form'], gamma: number, unusableDepth = 0) => ({
  name: `${form}_${normalDepth / 1e6}m`,
  normalDepth,
  form,
  gamma,
  k: anchor.normalBps / (orderUsd / (normalDepth - unusableDepth)) ** gamma,
  unusableDepth,
  isDefault: form === 'linear' && normalDepth === 25e6,
})

/** Through both anchors: the power that makes the two depths differ by the ratio of the two impacts. */
const fittedPower = (normalDepth: number) => Math.log(ratio) / Math.log(normalDepth / anchor.stressedDepth)

/** Through both anchors: the depth that is never there. */
const unusable = (normalDepth: number) => (ratio * anchor.stressedDepth - normalDepth) / (ratio - 1)

/** Normal depths: more than $20M is called good, $20M ample, $11M was the mean. */
export const impactCalibrations: readonly ImpactCalibration[] = [25e6, 20e6, 11e6].flatMap((normalDepth) => [
  calibrated(normalDepth, 'square_root', 0.5),
  calibrated(normalDepth, 'linear', 1),
  calibrated(normalDepth, 'fitted_power', fittedPower(normalDepth)),
  calibrated(normalDepth, 'linear_with_unusable_depth', 1, unusable(normalDepth)),
])
