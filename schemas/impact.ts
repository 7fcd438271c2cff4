/**
 * Price impact of an order in basis points: k (Q / (D - unusable))^gamma, with the order Q and the depth D in USD.
 * The published explanation says that an order of $100M cost 0.1 % at normal depth and 0.5 % at a depth of $5M.
 * Each calibration assumes one normal depth and one functional form, and fits the first of these two anchors.
 * `reproduces` tells whether it also fits the second. All calibrations are illustrative: the square-root law on daily
 * volume gives 1.4 basis points for the same order.
 */
import { orderUsd } from './thresholds.ts'

const anchor = { normalBps: 10, stressedBps: 50, stressedDepth: 5e6 } as const
const ratio = anchor.stressedBps / anchor.normalBps

interface ImpactCalibration {
  readonly name: string
  readonly normalDepth: number
  readonly form: 'square_root' | 'linear' | 'fitted_power' | 'linear_with_unusable_depth'
  readonly gamma: number
  /** Impact of an order as large as the usable depth, in basis points. */
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

/** Fits both anchors: the exponent at which the ratio of the two depths gives the ratio of the two impacts. */
const fittedPower = (normalDepth: number) => Math.log(ratio) / Math.log(normalDepth / anchor.stressedDepth)

/** Fits both anchors: the part of the quoted depth that cannot be traded, in USD. */
const unusable = (normalDepth: number) => (ratio * anchor.stressedDepth - normalDepth) / (ratio - 1)

/** Normal depths in USD. $11M was the mean, $20M is called ample, and more than $20M is called good. */
export const impactCalibrations: readonly ImpactCalibration[] = [25e6, 20e6, 11e6].flatMap((normalDepth) => [
  calibrated(normalDepth, 'square_root', 0.5),
  calibrated(normalDepth, 'linear', 1),
  calibrated(normalDepth, 'fitted_power', fittedPower(normalDepth)),
  calibrated(normalDepth, 'linear_with_unusable_depth', 1, unusable(normalDepth)),
])
