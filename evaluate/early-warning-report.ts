/** The first part of docs/evaluation.md: where early warning ranks falls better than VIX alone, and where that is not shown. */
import { frozenScores } from '../schemas/scores/index.ts'
import type { Answer } from './evaluate-idea.ts'
import { verdictOf } from './idea-report.ts'
import { percent, signed, span, table, three } from './markdown.ts'
import { protocol } from './protocol.ts'

/** Measured before the freeze, on bars and series that the tests do not have. */
const measuredElsewhere = [
  ['DIA', 'calm', 'early_warning', '.672', '.581', '+0.091', '+0.006 to +0.172'],
  ['IWM', 'calm', 'early_warning', '.560', '.583', '-0.023', '-0.118 to +0.074'],
] as const

const found = (answers: readonly Answer[], target: string, subset: string, predictor: string): Answer => {
  const answer = answers.find(
    (each) => each.idea.target === target && each.idea.subset === subset && each.predictor === predictor,
  )
  if (!answer) throw new Error(`no answer on ${predictor} for ${target}, ${subset}`)
  return answer
}

const difference = ({ trial }: Answer) =>
  `${signed(trial.difference)} (95 % interval ${span(trial.differenceInterval, signed)})`

const forecast = ({ trial: { skill } }: Answer): string => {
  if (skill === undefined) return 'The sample is too short for a walk-forward forecast from it.'
  return `A walk-forward forecast from it is ${skill > 0 ? 'better' : 'no better'} than the base rate in calm markets (Brier skill ${signed(skill)}).`
}

export const earlyWarningReport = (
  answers: readonly Answer[],
  charts: { readonly roc: string; readonly years: string },
): string => {
  const [{ definition }] = frozenScores as readonly [(typeof frozenScores)[number]]
  const calm = found(answers, 'GSPC', 'calm', 'early_warning')
  const all = found(answers, 'GSPC', 'all', 'early_warning')
  const nasdaq = found(answers, 'QQQ', 'calm', 'early_warning')
  const { alarms } = all.trial
  const sections = [
    '# Evaluation',
    `**Early warning is a lead, not a proof.** In calm markets it ranked falls of the S&P 500 better than VIX alone since ${calm.trial.from}: AUC ${three(calm.trial.area)} against ${three(calm.trial.vixArea)}, ${difference(calm)}. It was chosen in sample. Corrected for the about ${definition.lookedAt.alternatives} comparisons before the choice, the interval is ${span(calm.correctedInterval, signed)}${calm.correctedInterval[0] > 0 ? '' : ' and contains zero'}.`,
    [
      `- **What it is.** The mean percentile of VIX, of VIX/VIX3M, and of high-yield bonds against Treasuries over 63 sessions. Frozen on ${definition.frozenOn}.`,
      `- **Where.** Calm markets, that is a close less than ${percent(protocol.calmDrawdown)} below the highest of 252 sessions. There VIX alone is nearly blind. Over all sessions the difference is ${difference(all)}.`,
      `- **Since when.** ${calm.trial.from}, because VIX3M begins in 2009. Before 2010 it is not shown: with credit spreads and breadth in place of the term structure the difference in calm markets since 1998 is +0.061 (-0.023 to +0.148), and with Moody's spread since 1993 there is none.`,
      `- **Where not.** On QQQ the difference in calm markets is ${difference(nasdaq)}. On small caps (IWM) it is -0.023 (-0.118 to +0.074).`,
      `- **In sample.** Its parts were chosen on ${definition.frozenOn} after looking at ${definition.lookedAt.from.slice(0, 4)} to ${definition.lookedAt.to.slice(0, 4)}. No result on this page is out of sample. That record starts on the first session after the freeze: \`precursor evaluate --since-freeze\`.`,
      `- **As an alarm it misses ${alarms.caught < alarms.episodes / 2 ? 'most' : 'some'} falls.** At or above the ${protocol.alarmPercentile * 100}th percentile of its history it caught ${alarms.caught} of ${alarms.episodes} falls, ${alarms.caughtInTime} of them before they began, with ${alarms.falseAlarmsPerYear.toFixed(1)} false alarms a year.`,
      `- **It is not a probability.** ${forecast(calm)}`,
    ].join('\n'),
    table(
      ['target', 'subset', 'predictor', 'AUC', 'VIX AUC', 'difference', '95 % interval', 'corrected', 'verdict'],
      [
        ...answers.map((answer) => [
          answer.idea.target,
          answer.idea.subset,
          answer.predictor,
          three(answer.trial.area),
          three(answer.trial.vixArea),
          signed(answer.trial.difference),
          span(answer.trial.differenceInterval, signed),
          span(answer.correctedInterval, signed),
          verdictOf(answer),
        ]),
        ...measuredElsewhere.map((row) => [
          ...row.slice(0, 3),
          ...row.slice(3, 5).map((text) => `0${text}`),
          ...row.slice(5),
          'n/a',
          'measured on 2026-11-26',
        ]),
      ],
    ),
    `Label: the lowest close of the next 20 sessions is 5 % or more below the close. Samples: ${all.trial.sessions} sessions of the S&P 500 from ${all.trial.from} to ${all.trial.to}, ${calm.trial.sessions} of them calm; base rates ${percent(all.trial.baseRate)} and ${percent(calm.trial.baseRate)}. The correction counts ${calm.tries} tries and ${calm.alternatives} comparisons before the choice. The rows of DIA and IWM were measured before the freeze on bars that this repository's tests do not have.`,
    `![ROC curves of early warning and of VIX alone in calm markets](${charts.roc})`,
    `![Early warning through seven years, with its alarms and the falls](${charts.years})`,
    `Blue: early warning. Red: alarms, at or above the 90th percentile of its history. Alarms begin a year after ${all.trial.from}, because a percentile needs ${protocol.fewestObservations} values. Bands: sessions that a fall of 5 % within 20 sessions followed. Several falls come without an alarm before them, and several alarms without a fall.`,
  ]
  return `${sections.join('\n\n')}\n`
}
