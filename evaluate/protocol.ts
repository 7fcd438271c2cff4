/**
 * The protocol of the evaluation. It was fixed on 2026-11-23, before the score was first evaluated.
 * No parameter is tuned on the outcome.
 */
export const protocol = {
  /** The label is true if the lowest close of the next 20 sessions is 5 % or more below the close of this one. */
  horizon: 20,
  depth: 0.05,
  /** Number of values that a predictor needs before it has a percentile and is evaluated. */
  fewestObservations: 252,
  /** Sessions left out between the training data of a model and the first session that it forecasts. */
  embargo: 20,
  /** Sessions of training before the first walk-forward year. */
  fewestTraining: 1260,
  /**
   * Sessions per block of the bootstrap. Labels of neighbouring sessions overlap, so it draws blocks of about a
   * quarter.
   */
  block: 60,
  resamples: 1000,
  shifts: 500,
  seed: 0.2025112,
  /** Percentiles (as fractions) from which a session counts as an alarm, and as a top session for the precision. */
  alarmPercentile: 0.9,
  precisionPercentile: 0.95,
  /** Drawdown episodes fewer than this many sessions apart are one. */
  mergedGap: 20,
  /** A session is calm if its close is less than this fraction below the highest close of 252 sessions. */
  calmDrawdown: 0.03,
} as const
