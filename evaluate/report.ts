/** The report of an evaluation as Markdown, with tables that are aligned for a terminal. */

import { groups, precursors } from '../schemas/precursors.ts'
import { type Evaluation, eventSession } from './evaluate.ts'
import { change, percent, signed, span, table, three } from './markdown.ts'
import { protocol } from './protocol.ts'

/** States whether the score ranks better than VIX, worse, or neither, by the interval of the paired difference. */
const verdict = ({ comparisons }: Evaluation): string => {
  const all = comparisons[0]
  if (!all) return 'The lake holds too few sessions to compare the score with VIX.'
  const [low, high] = all.differenceInterval
  const found = `AUC ${three(all.score)} against ${three(all.vix)} on the same ${all.count} sessions: ${signed(all.difference)} (95 % interval ${span(all.differenceInterval, signed)})`
  if (low > 0) return `**The score ranks better than VIX alone.** ${found}.`
  if (high < 0) return `**The score ranks worse than VIX alone.** ${found}.`
  return `**The score does not beat VIX alone.** ${found}. The interval contains zero.`
}

export const evaluationReport = (evaluation: Evaluation, notice?: string): string => {
  const { symbol, from, to, sessions, drawdowns, episodes, rankings, comparisons } = evaluation
  const sections = [
    '# Evaluation',
    ...(notice ? [`**${notice}**`] : []),
    verdict(evaluation),
    '## Question and method',
    [
      `- Label: the lowest close of ${symbol} over the next ${protocol.horizon} sessions is ${protocol.depth * 100} % or more below the close of this session.`,
      `- Sample: ${sessions} sessions from ${from} to ${to}. ${drawdowns} of them (${percent(drawdowns / sessions)}) precede such a drawdown, in ${episodes} episodes.`,
      `- Predictors: ${precursors.length} precursors in ${groups.length} groups with equal weights. Directions and thresholds were fixed beforehand; none was tuned on November 2025. Each predictor is evaluated from its ${protocol.fewestObservations}nd value on.`,
      `- Intervals: circular block bootstrap with blocks of ${protocol.block} sessions and ${protocol.resamples} resamples.`,
      `- Multiple comparisons: ${rankings.length} rankings are printed. By chance alone, about one interval in twenty does not contain the true value.`,
    ].join('\n'),
    '## Each precursor alone',
    `Each precursor is signed so that a higher value means more risk. Precision: share of sessions before a drawdown among the sessions in the top ${percent(1 - protocol.precisionPercentile)} of the precursor's history so far.`,
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

/** The comparison with VIX, over the sessions for which both have a percentile. */
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
  `Walk-forward: for each year, an isotonic regression is fitted on all sessions except the last ${protocol.embargo} before that year. Brier skill: above zero, the forecast is better than the base rate.`,
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
  `Placebo: share of ${protocol.shifts} circular shifts in time that rank at least as well.`,
  '## As an alarm',
  [
    `- Alarm: the value is at or above the ${protocol.alarmPercentile * 100}th percentile of its history.`,
    `- Caught: an episode with an alarm between ${protocol.horizon} sessions before its start and its end.`,
    '- Lead: sessions from the first such alarm to the start of the episode.',
    '- False: an alarm spell that no drawdown follows.',
  ].join('\n'),
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
      ? `There is no score: only ${percent(Number(event.coverage))} of the precursors are known.`
      : `The score is ${Number(event.score).toFixed(1)}, at or above ${percent(Number(event.percentile))} of all scores so far. ${percent(Number(event.coverage))} of the precursors are known.`
  if (event.forward_minimum_return_20 === null) return [`## ${eventSession}`, scored]
  const followed = `${symbol} returned ${change(Number(event.forward_return_1))} on the next session and ${change(Number(event.forward_return_21))} over the next 21. The lowest close of the next 20 sessions was ${change(Number(event.forward_minimum_return_20))} from this close. By the label, this session ${event.is_drawdown_5 ? 'precedes a drawdown' : 'does not precede a drawdown, although it has been explained as a crash'}.`
  return [`## ${eventSession}`, scored, followed]
}
