/** Parameters of features, fixed before any evaluation. */

/** Gaps whose reversal is counted. The published explanation used 1 % and, for its "last two", 1.4 %. */
export const gapThresholds = [0.005, 0.0075, 0.01, 0.0125, 0.014, 0.02] as const

/** Horizons of forward returns, in sessions. */
export const forwardHorizons = [1, 5, 10, 21, 63] as const

/** Horizons in sessions, and depths as fractions, of the drawdown label. */
export const drawdownHorizons = [5, 10, 20, 60] as const
export const drawdownDepths = [0.03, 0.05, 0.07, 0.1] as const

/** Size of the order whose price impact is estimated, in USD. */
export const orderUsd = 100e6

/** Sessions since VIX closed as high above which the signal lights, fixed beforehand. */
export const longSinceHigher = 100

/** Kinds of catalysts at once and weight of overdue releases above which their signals light, fixed beforehand. */
export const manyKinds = 2
export const heavyVacuum = 2
