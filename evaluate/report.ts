/** The evaluation in words and tables: Markdown, which also reads well in a terminal. */

import type { Interval } from '../core/bootstrap.ts'
import { groups, precursors } from '../schemas/precursors.ts'
import { type Evaluation, eventSession } from './evaluate.ts'
import { protocol } from './protocol.ts'

const percent = (value: number) => (Number.isNaN(value) ? 'n/a' : `${(value * 100).toFixed(1)} %`)
const change = (value: number) => `${value >= 0 ? '+' : ''}${percent(value)}`
const three = (value: number) => value.toFixed(3)
const signed = (value: number) => `${value >= 0 ? '+' : ''}${value.toFixed(3)}`
const span = ([low, high]: Interval, shown = three) => `${shown(low)} to ${shown(high)}`

const table = (header: readonly string[], rows: readonly (readonly string[])[]): string => {
  const all = [header, ...rows]
  const widths = header.map((_, i) => Math.max(...all.map((row) => row[i]!.length)))
  const line = (row: readonly string[]) =>
    `| ${row.map((text, i) => (i ? text.padStart(widths[i]!) : text.padEnd(widths[i]!))).join(' | ')} |`
  const rule = `| ${widths.map((width, i) => (i ? `${'-'.repeat(width - 1)}:` : '-'.repeat(width))).join(' | ')} |`
  return [line(header), rule, ...rows.map(line)].join('\n')
}

/** What the paired difference says, whichever way it falls. */
const verdict = ({ comparisons }: Evaluation): string => {
  const all = comparisons[0]
  if (!all) return 'The lake holds too little for the score to be compared with VIX.'
  const [low, high] = all.differenceInterval
  const found = `AUC ${three(all.score)} against ${three(all.vix)} on the same ${all.count} sessions: ${signed(all.difference)} (95 % interval ${span(all.differenceInterval, signed)})`
  if (low > 0) return `**The score ranks better than VIX alone.** ${found}.`
  if (high < 0) return `**The score ranks worse than VIX alone.** ${found}.`
  return `**The score does not beat VIX alone.** ${found}; the interval holds zero.`
}

export const evaluationReport = (evaluation: Evaluation, notice?: string): string => {
  const { symbol, from, to, sessions, drawdowns, episodes, rankings, comparisons } = evaluation
  const sections = [
    '# Evaluation',
    ...(notice ? [`**${notice}**`] : []),
    verdict(evaluation),
    '## What was asked',
    `Label: the lowest close of ${symbol} over the next ${protocol.horizon} sessions is ${protocol.depth * 100} % or more below this one. ${from} to ${to}: ${sessions} sessions, ${drawdowns} of them before such a fall (${percent(drawdowns / sessions)}), in ${episodes} episodes. ${precursors.length} precursors in ${groups.length} groups, equal weights, directions and thresholds fixed beforehand, none tuned on November 2025. Each is judged from its ${protocol.fewestObservations}nd value on. Intervals: circular block bootstrap, blocks of ${protocol.block} sessions, ${protocol.resamples} resamples; ${rankings.length} rankings are printed, so that one in twenty may look better than it is.`,
    '## Each precursor alone',
    `Signed so that higher is riskier. Precision: share before a drawdown among the sessions in the top ${percent(1 - protocol.precisionPercentile)} of the own past.`,
    table(
      ['precursor', 'group', 'from', 'sessions', 'base rate', 'AUC', '95 % interval', 'precision', 'of', 'lift'],
      [...rankings]
        .sort((a, b) => b.area - a.area)
        .map((each) => [
          each.name,
          each.group,
          each.from,
          String(each.count),
          percent(each.baseRate),
          three(each.area),
          span(each.interval),
          percent(each.precision),
          String(each.topCount),
          Number.isNaN(each.precision) ? 'n/a' : (each.precision / each.baseRate).toFixed(2),
        ]),
    ),
    ...(comparisons.length ? againstVix(evaluation) : []),
    ...eventSection(evaluation),
  ]
  return `${sections.join('\n\n')}\n`
}

/** Where both have a place in their own past. */
const againstVix = ({ comparisons, skills, alarms, placebo }: Evaluation): string[] => [
  '## The score against VIX alone',
  table(
    ['subset', 'from', 'sessions', 'base rate', 'score AUC', 'VIX AUC', 'difference', '95 % interval'],
    comparisons.map((each) => [
      each.subset,
      each.from,
      String(each.count),
      percent(each.baseRate),
      `${three(each.score)} (${span(each.scoreInterval)})`,
      `${three(each.vix)} (${span(each.vixInterval)})`,
      signed(each.difference),
      span(each.differenceInterval, signed),
    ]),
  ),
  '## As a forecast',
  `Walk-forward: each year an isotonic probability is fitted on all sessions up to ${protocol.embargo} before it. Brier skill: above zero it says more than the base rate.`,
  table(
    ['predictor', 'from', 'sessions', 'Brier skill', 'placebo'],
    skills.map(({ name, from: first, count, skill }) => [
      name,
      first,
      String(count),
      signed(skill),
      `${percent(placebo.find((each) => each.name === name)?.share ?? Number.NaN)}`,
    ]),
  ),
  `Placebo: share of ${protocol.shifts} circular shifts in time that rank as well.`,
  '## As an alarm',
  `Alarm: at or above nine tenths of the own past. Caught: an alarm from ${protocol.horizon} sessions before the start of an episode to its end. Lead: sessions from that alarm to the start. False: a spell of alarms without any drawdown after it.`,
  table(
    ['predictor', 'episodes', 'caught', 'in time', 'median lead', 'alarm spells', 'false a year'],
    alarms.map((each) => [
      each.name,
      String(each.episodes),
      String(each.caught),
      String(each.caughtInTime),
      Number.isNaN(each.medianLead) ? 'n/a' : String(each.medianLead),
      String(each.alarms),
      each.falseAlarmsPerYear.toFixed(2),
    ]),
  ),
]

const eventSection = ({ event, symbol }: Evaluation): string[] => {
  if (!event) return []
  const scored =
    event.score === null
      ? `No score: only ${percent(Number(event.coverage))} of the precursors are known.`
      : `Score ${Number(event.score).toFixed(1)}, not below ${percent(Number(event.percentile))} of all scores so far; ${percent(Number(event.coverage))} of the precursors known.`
  if (event.forward_minimum_return_20 === null) return [`## ${eventSession}`, scored]
  const followed = `${symbol} went ${change(Number(event.forward_return_1))} the next session and ${change(Number(event.forward_return_21))} over 21; its lowest close of 20 sessions stood at ${change(Number(event.forward_minimum_return_20))}. Under the label this session is ${event.is_drawdown_5 ? 'a drawdown' : 'not a drawdown, although the published explanation calls it a crash'}.`
  return [`## ${eventSession}`, scored, followed]
}
