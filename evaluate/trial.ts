/** One try: a predictor against VIX alone and against the base rate, on one sample. Pure. */
import { randomLcg } from 'd3-random'
import type { Interval } from '../core/bootstrap.ts'
import { placesOf } from '../pipeline/compute/percentiles.ts'
import { type AlarmRecord, alarmRecord, spells } from './alarms.ts'
import {
  averagePrecision,
  type CurvePoint,
  precisionAtTop,
  type ReliabilityBin,
  reliability,
  rocCurve,
} from './curves.ts'
import { protocol } from './protocol.ts'
import { areaIntervals, areaUnderCurve, placeboShare } from './ranking.ts'
import { suspicionOf } from './suspicion.ts'
import { brierSkill, walkForward } from './walk-forward.ts'

/** Sessions in time order, with what is compared. Missing values are NaN. */
export interface Sample {
  readonly sessions: readonly string[]
  /** Position of each session in the exchange calendar. */
  readonly numbers: Float64Array
  /** 1 before a fall, 0 before none. */
  readonly outcomes: Float64Array
  readonly vix: Float64Array
  /** The predictor, signed so that a high value means risk. */
  readonly values: Float64Array
  /** The sessions that the subset asks for. */
  readonly isWanted: readonly boolean[]
}

export interface Trial {
  /** First session for which predictor, VIX and outcome are known, inside the subset or not. */
  readonly from: string
  readonly to: string
  readonly sessions: number
  readonly episodes: number
  readonly baseRate: number
  readonly area: number
  readonly areaInterval: Interval
  readonly vixArea: number
  readonly vixAreaInterval: Interval
  readonly difference: number
  readonly differenceInterval: Interval
  readonly curve: readonly CurvePoint[]
  readonly vixCurve: readonly CurvePoint[]
  readonly precisionRecall: number
  readonly vixPrecisionRecall: number
  /** Precision of the 5 % of sessions with the highest values. */
  readonly precision: number
  readonly vixPrecision: number
  readonly alarms: AlarmRecord
  /** Brier skill of the walk-forward forecast; undefined if the sample is too short. */
  readonly skill: number | undefined
  readonly forecastCount: number
  readonly reliability: readonly ReliabilityBin[]
  readonly placebo: number
  readonly suspicion: string | undefined
}

const topShare = 0.05
const reliabilityBins = 5

/** The result, or a text that says what the sample lacks. */
export const trialOf = (sample: Sample, horizon: number): Trial | string => {
  const isKnown = [...sample.values].map(
    (value, i) => !Number.isNaN(value) && !Number.isNaN(sample.vix[i]) && !Number.isNaN(sample.outcomes[i]),
  )
  const places = placesOf(sample.values, 1, protocol.fewestObservations).percentile
  const isKept = isKnown.map((known, i) => known && sample.isWanted[i]!)
  const kept = (values: Float64Array) => values.filter((_, i) => isKept[i])
  const sessions = sample.sessions.filter((_, i) => isKept[i])
  const [values, vix, numbers] = [kept(sample.values), kept(sample.vix), kept(sample.numbers)]
  const outcomes = Uint8Array.from(kept(sample.outcomes))
  const first = isKnown.indexOf(true)
  if (outcomes.length === 0)
    return 'no session of the sample has a value of the predictor, of VIX and of what followed, and lies in the subset'
  if (!outcomes.includes(1) || !outcomes.includes(0))
    return `of ${outcomes.length} sessions with a value of the predictor, of VIX and of what followed, ${outcomes.includes(1) ? 'each' : 'none'} precedes such a fall`
  const draws = { block: protocol.block, resamples: protocol.resamples, random: randomLcg(protocol.seed) }
  const { areas, differences } = areaIntervals([values, vix], outcomes, draws)
  const area = areaUnderCurve({ values, outcomes })
  const vixArea = areaUnderCurve({ values: vix, outcomes })
  const episodes = spells(outcomes, numbers, protocol.mergedGap).length
  const alarms = Uint8Array.from(kept(places), (place) => (place >= protocol.alarmPercentile ? 1 : 0))
  const years = sessions.map((session) => Number(session.slice(0, 4)))
  const forecast = walkForward(values, outcomes, years, horizon, protocol.fewestTraining)
  const followed = forecast.positions.map((at) => outcomes[at]!)
  return {
    from: sample.sessions[first]!,
    to: sessions.at(-1)!,
    sessions: sessions.length,
    episodes,
    baseRate: outcomes.reduce((sum, each) => sum + each, 0) / outcomes.length,
    area,
    areaInterval: areas[0]!,
    vixArea,
    vixAreaInterval: areas[1]!,
    difference: area - vixArea,
    differenceInterval: differences[0]!,
    curve: rocCurve(values, outcomes),
    vixCurve: rocCurve(vix, outcomes),
    precisionRecall: averagePrecision(values, outcomes),
    vixPrecisionRecall: averagePrecision(vix, outcomes),
    precision: precisionAtTop(values, outcomes, topShare),
    vixPrecision: precisionAtTop(vix, outcomes, topShare),
    alarms: alarmRecord(alarms, outcomes, numbers, horizon, protocol.mergedGap),
    skill: followed.length > 0 ? brierSkill(forecast, outcomes) : undefined,
    forecastCount: followed.length,
    reliability: reliability(forecast.probabilities, followed, reliabilityBins),
    placebo: placeboShare({ values, outcomes }, protocol.shifts, randomLcg(protocol.seed)),
    suspicion: suspicionOf(
      sample.values.filter((value) => !Number.isNaN(value)),
      areas[0]!,
      episodes,
    ),
  }
}
