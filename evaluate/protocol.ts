/** The protocol of the evaluation, frozen on 2026-11-23 before the score was first evaluated. Nothing is tuned on its outcome. */
export const protocol = {
  /** The label: the lowest close of the next 20 sessions is 5 % or more below this one. */
  horizon: 20,
  depth: 0.05,
  /** A predictor is judged from here on: its place in its own past needs a past. */
  fewestObservations: 252,
  /** Sessions left out between the data that a model was fitted on and the first session it is applied to. */
  embargo: 20,
  /** Sessions of training before the first walk-forward year. */
  fewestTraining: 1260,
  /** Neighbouring sessions share their future: blocks of a quarter are drawn, not sessions. */
  block: 60,
  resamples: 1000,
  shifts: 500,
  seed: 0.2025112,
  /** Alarms and precision: the place in the own past from which it counts. */
  alarmPercentile: 0.9,
  precisionPercentile: 0.95,
  /** Episodes of drawdown nearer than this are one. */
  mergedGap: 20,
  /** Calm: less than this below the highest close of 252 sessions. */
  calmDrawdown: 0.03,
} as const
