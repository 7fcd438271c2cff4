/** Tests how well the precursors, the score and VIX alone rank drawdowns on a lake, by the pre-registered protocol. */
import { randomLcg } from 'd3-random'
import type { Interval } from '../core/bootstrap.ts'
import { UsageError } from '../core/errors.ts'
import { placesOf } from '../pipeline/compute/percentiles.ts'
import { readingOften } from '../pipeline/lake/current.ts'
import type { Lake } from '../pipeline/lake/lake.ts'
import { benchmark } from '../schemas/baskets.ts'
import { precursors } from '../schemas/precursors.ts'
import { crashPrecursors } from '../schemas/views/composite/crash_precursors.ts'
import { precursorScore } from '../schemas/views/composite/precursor_score.ts'
import { labelForwardDrawdown } from '../schemas/views/labels/label_forward_drawdown.ts'
import { type AlarmRecord, alarmRecord, spells } from './alarms.ts'
import { protocol } from './protocol.ts'
import { areaIntervals, areaUnderCurve, placeboShare } from './ranking.ts'
import { brierSkill, walkForward } from './walk-forward.ts'

export interface Ranking {
  readonly name: string
  readonly group: string
  readonly from: string
  readonly to: string
  readonly count: number
  readonly baseRate: number
  readonly area: number
  readonly interval: Interval
  /** Share of top-percentile sessions that precede a drawdown, as a fraction. */
  readonly precision: number
  /** Number of top-percentile sessions. */
  readonly topCount: number
}

export interface Comparison {
  readonly subset: string
  readonly from: string
  readonly to: string
  readonly count: number
  readonly baseRate: number
  readonly score: number
  readonly scoreInterval: Interval
  readonly vix: number
  readonly vixInterval: Interval
  readonly difference: number
  readonly differenceInterval: Interval
}

export interface Evaluation {
  readonly symbol: string
  readonly from: string
  readonly to: string
  readonly sessions: number
  readonly drawdowns: number
  readonly episodes: number
  readonly rankings: readonly Ranking[]
  readonly comparisons: readonly Comparison[]
  readonly skills: readonly {
    readonly name: string
    readonly from: string
    readonly count: number
    readonly skill: number
  }[]
  readonly alarms: readonly (AlarmRecord & { readonly name: string })[]
  readonly placebo: readonly { readonly name: string; readonly share: number }[]
  readonly event: Readonly<Record<string, number | string | boolean | null>> | undefined
}

export const eventSession = '2025-11-20'

/** Sessions in time order, with the outcome and every predictor of each. Missing values are NaN. */
interface Panel {
  readonly sessions: readonly string[]
  /** Position of each session in the exchange calendar. */
  readonly numbers: Float64Array
  readonly outcomes: Float64Array
  readonly drawdown: Float64Array
  readonly predictors: ReadonlyMap<string, Float64Array>
  /** Percentile of each value against its history up to that session, for the predictors that are compared. */
  readonly places: ReadonlyMap<string, Float64Array>
}

const vix = 'vix_close'
const score = 'score'

export const evaluate = readingOften([crashPrecursors, precursorScore, labelForwardDrawdown])(
  async (lake: Lake): Promise<Evaluation> => {
    const panel = await readPanel(lake)
    const sample = kept(
      panel,
      panel.sessions.map((_, i) => !Number.isNaN(panel.outcomes[i])),
    )
    if (!hasBoth(sample)) {
      throw new UsageError(
        `the lake holds ${sample.sessions.length} sessions of ${benchmark.index} with ${protocol.horizon} sessions after them; an evaluation needs sessions before drawdowns and sessions before none: import or backfill a longer history`,
      )
    }
    const declared = precursors.map(({ column, group, direction }) => ({
      name: column as string,
      group: group as string,
      direction,
    }))
    const both = compared(sample)
    return {
      symbol: benchmark.index,
      from: sample.sessions[0]!,
      to: sample.sessions.at(-1)!,
      sessions: sample.sessions.length,
      drawdowns: sample.outcomes.reduce((sum, each) => sum + each, 0),
      episodes: spells(Uint8Array.from(sample.outcomes), sample.numbers, protocol.mergedGap).length,
      rankings: [{ name: score, group: 'all', direction: 1 as const }, ...declared].flatMap(
        ({ name, group, direction }) => ranking(sample, name, group, direction),
      ),
      comparisons: both ? comparisons(both) : [],
      skills: both ? [score, vix].flatMap((name) => skill(both, name)) : [],
      alarms: both ? [score, vix].map((name) => ({ name, ...alarmsOf(both, name) })) : [],
      placebo: both
        ? [score, vix].map((name) => ({ name, share: placeboShare(scored(both, name), protocol.shifts, fresh()) }))
        : [],
      event: await eventRow(lake),
    }
  },
)

const readPanel = async ({ engine }: Lake): Promise<Panel> => {
  const columns = precursors.map(({ column }) => column)
  await engine.run(
    `create or replace table main.evaluation_panel as
     select p.session, c.session_number, case when l.is_drawdown_5 then 1 when not l.is_drawdown_5 then 0 end as outcome, s.score, ${columns.map((name) => `p.${name}`).join(', ')}
     from crash_precursors p
     join calendar c on c.session = p.session
     left join precursor_score s on s.session = p.session
     join label_forward_drawdown l on l.session = p.session and l.symbol = '${benchmark.index}'`,
  )
  const ordered = 'main.evaluation_panel order by session'
  const sessions = await engine.rows<{ session: string }>(`select session from ${ordered}`)
  const values = await engine.doubles(['session_number', 'outcome', score, ...columns], ordered)
  await engine.run('drop table main.evaluation_panel')
  return {
    sessions: sessions.map(({ session }) => session),
    numbers: values.session_number,
    outcomes: values.outcome,
    drawdown: values.index_drawdown_252,
    predictors: new Map([score, ...columns].map((name) => [name, values[name as typeof score]])),
    places: new Map(
      ([score, vix] as const).map((name) => [name, placesOf(values[name], 1, protocol.fewestObservations).percentile]),
    ),
  }
}

const kept = (panel: Panel, keep: readonly boolean[]): Panel => {
  const of = (values: Float64Array) => values.filter((_, i) => keep[i])
  return {
    sessions: panel.sessions.filter((_, i) => keep[i]),
    numbers: of(panel.numbers),
    outcomes: of(panel.outcomes),
    drawdown: of(panel.drawdown),
    predictors: new Map([...panel.predictors].map(([name, values]) => [name, of(values)])),
    places: new Map([...panel.places].map(([name, values]) => [name, of(values)])),
  }
}

/** The sessions for which the score and VIX both have a percentile; undefined if they do not include both outcomes. */
const compared = (panel: Panel): Panel | undefined => {
  const places = [...panel.places.values()]
  const part = kept(
    panel,
    panel.sessions.map((_, i) => places.every((each) => !Number.isNaN(each[i]))),
  )
  return hasBoth(part) ? part : undefined
}

/** True if some sessions precede a drawdown and some do not. */
const hasBoth = ({ outcomes }: Panel) => outcomes.includes(1) && outcomes.includes(0)

const scored = (panel: Panel, name: string) => ({
  values: panel.predictors.get(name)!,
  outcomes: Uint8Array.from(panel.outcomes),
})

const fresh = () => randomLcg(protocol.seed)
const drawing = () => ({ block: protocol.block, resamples: protocol.resamples, random: fresh() })
const shareOf = (outcomes: Uint8Array) => outcomes.reduce((sum, each) => sum + each, 0) / outcomes.length

const ranking = (panel: Panel, name: string, group: string, direction: 1 | -1): Ranking[] => {
  const places = placesOf(panel.predictors.get(name)!, direction, protocol.fewestObservations).percentile
  const isPlaced = [...places].map((place) => !Number.isNaN(place))
  const part = kept(panel, isPlaced)
  if (!hasBoth(part)) return []
  const { sessions } = part
  const outcomes = Uint8Array.from(part.outcomes)
  const values = part.predictors.get(name)!.map((value) => value * direction)
  const placed = places.filter((_, i) => isPlaced[i])
  const top = outcomes.filter((_, i) => placed[i]! >= protocol.precisionPercentile)
  return [
    {
      name,
      group,
      from: sessions[0]!,
      to: sessions.at(-1)!,
      count: outcomes.length,
      baseRate: shareOf(outcomes),
      area: areaUnderCurve({ values, outcomes }),
      interval: areaIntervals([values], outcomes, drawing()).areas[0]!,
      precision: shareOf(top),
      topCount: top.length,
    },
  ]
}

const comparisons = (panel: Panel): Comparison[] => {
  const calm = kept(
    panel,
    [...panel.drawdown].map((drawdown) => drawdown > -protocol.calmDrawdown),
  )
  return [
    ['all sessions', panel] as const,
    [`calm: less than ${protocol.calmDrawdown * 100} % below the high`, calm] as const,
  ].flatMap(([subset, part]) => {
    if (!hasBoth(part)) return []
    const outcomes = Uint8Array.from(part.outcomes)
    const predictors = [part.predictors.get(score)!, part.predictors.get(vix)!]
    const [scoreArea, vixArea] = predictors.map((values) => areaUnderCurve({ values, outcomes }))
    const { areas, differences } = areaIntervals(predictors, outcomes, drawing())
    return [
      {
        subset,
        from: part.sessions[0]!,
        to: part.sessions.at(-1)!,
        count: outcomes.length,
        baseRate: shareOf(outcomes),
        score: scoreArea!,
        scoreInterval: areas[0]!,
        vix: vixArea!,
        vixInterval: areas[1]!,
        difference: scoreArea! - vixArea!,
        differenceInterval: differences[0]!,
      },
    ]
  })
}

const skill = (panel: Panel, name: string) => {
  const { values, outcomes } = scored(panel, name)
  const years = panel.sessions.map((session) => Number(session.slice(0, 4)))
  const forecast = walkForward(values, outcomes, years, protocol.embargo, protocol.fewestTraining)
  const first = forecast.positions[0]
  if (first === undefined) return []
  return [
    { name, from: panel.sessions[first]!, count: forecast.positions.length, skill: brierSkill(forecast, outcomes) },
  ]
}

const alarmsOf = (panel: Panel, name: string): AlarmRecord => {
  const outcomes = Uint8Array.from(panel.outcomes)
  const alarms = Uint8Array.from(panel.places.get(name)!, (place) => (place >= protocol.alarmPercentile ? 1 : 0))
  return alarmRecord(alarms, outcomes, panel.numbers, protocol.horizon, protocol.mergedGap)
}

const eventRow = async ({ engine }: Lake) =>
  (
    await engine.rows<Record<string, number | string | boolean | null>>(
      `select s.score, s.coverage, (select cast(sum(case when e.score <= s.score then 1 else 0 end) as double) / count(e.score) from precursor_score e where e.session <= s.session) as percentile,
              l.forward_minimum_return_20, l.is_drawdown_5, l.forward_return_1, l.forward_return_21
       from precursor_score s join label_forward_drawdown l on l.session = s.session and l.symbol = '${benchmark.index}'
       where s.session = date '${eventSession}'`,
    )
  )[0]
