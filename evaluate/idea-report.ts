/** The answer to an idea as Markdown: what was asked, what was found, and whether it is proven. */
import type { Answer } from './evaluate-idea.ts'
import { percent, signed, span, table, three } from './markdown.ts'
import { protocol } from './protocol.ts'

/** Proven only if the interval that is corrected for all tries lies above zero. */
export const verdictOf = ({ trial, correctedInterval }: Answer): string => {
  if (correctedInterval[0] > 0) return 'better than VIX alone, also after the correction'
  if (correctedInterval[1] < 0) return 'worse than VIX alone, also after the correction'
  const [low, high] = trial.differenceInterval
  if (low > 0) return 'not proven: better than VIX alone only before the correction'
  if (high < 0) return 'not proven: worse than VIX alone only before the correction'
  return 'not proven: the interval contains zero'
}

export const ideaReport = (answers: readonly Answer[], notice?: string): string => {
  const [first] = answers
  if (!first) return ''
  const { idea, label, tries } = first
  const sections = [
    '# Evaluation of predictors',
    ...(notice ? [`**${notice}**`] : []),
    [
      `- Target: ${idea.target}. Label: the lowest close of the next ${label.horizon} sessions is ${percent(label.depth)} or more below the close.`,
      `- Subset: ${idea.subset === 'calm' ? `calm, that is a close less than ${percent(protocol.calmDrawdown)} below the highest of 252 sessions` : idea.subset}.`,
      `- Intervals: circular block bootstrap with blocks of ${protocol.block} sessions and ${protocol.resamples} resamples; predictor and VIX use the same resamples.`,
      `- Tries: ${tries} in the ledger of this lake (\`evaluation_tries\`), including these. The corrected interval holds for all of them together (Bonferroni).`,
      ...answers
        .filter(({ alternatives }) => alternatives > 0)
        .map(
          ({ predictor, alternatives }) =>
            `- ${predictor} was chosen in sample after about ${alternatives} comparisons. They count as tries too.`,
        ),
    ].join('\n'),
    '## Against VIX alone',
    table(
      [
        'predictor',
        'from',
        'sessions',
        'base rate',
        'AUC',
        'VIX AUC',
        'difference',
        '95 % interval',
        'corrected',
        'verdict',
      ],
      answers.map((answer) => [
        answer.predictor,
        answer.trial.from,
        String(answer.trial.sessions),
        percent(answer.trial.baseRate),
        `${three(answer.trial.area)} (${span(answer.trial.areaInterval)})`,
        `${three(answer.trial.vixArea)} (${span(answer.trial.vixAreaInterval)})`,
        signed(answer.trial.difference),
        span(answer.trial.differenceInterval, signed),
        span(answer.correctedInterval, signed),
        verdictOf(answer),
      ]),
    ),
    '## Against the base rate',
    'PR-AUC: area under the precision-recall curve; the base rate is what noise reaches. Precision: share before a fall among the 5 % of sessions with the highest values. Placebo: share of circular shifts in time that rank at least as well.',
    table(
      ['predictor', 'base rate', 'PR-AUC', 'VIX PR-AUC', 'precision at 5 %', 'VIX precision', 'placebo'],
      answers.map(({ predictor, trial }) => [
        predictor,
        percent(trial.baseRate),
        three(trial.precisionRecall),
        three(trial.vixPrecisionRecall),
        percent(trial.precision),
        percent(trial.vixPrecision),
        percent(trial.placebo),
      ]),
    ),
    '## As an alarm',
    `Alarm: the value is at or above the ${protocol.alarmPercentile * 100}th percentile of its history. Lead: sessions from the first alarm to the start of the fall. False: an alarm spell that no fall follows.`,
    table(
      ['predictor', 'episodes', 'caught', 'in time', 'median lead', 'alarm spells', 'false a year'],
      answers.map(({ predictor, trial: { alarms } }) => [
        predictor,
        String(alarms.episodes),
        String(alarms.caught),
        String(alarms.caughtInTime),
        Number.isNaN(alarms.medianLead) ? 'n/a' : String(alarms.medianLead),
        String(alarms.alarms),
        alarms.falseAlarmsPerYear.toFixed(2),
      ]),
    ),
    '## As a forecast',
    `Walk-forward: each year is forecast by an isotonic regression on the sessions up to ${label.horizon} sessions (the embargo) before it. Brier skill above zero: better than the base rate. Reliability: in five bins of equal size, mean forecast → observed share.`,
    table(
      ['predictor', 'forecasts', 'Brier skill', 'reliability'],
      answers.map(({ predictor, trial }) => [
        predictor,
        String(trial.forecastCount),
        trial.skill === undefined ? 'n/a' : signed(trial.skill),
        trial.reliability.map(({ forecast, observed }) => `${percent(forecast)} → ${percent(observed)}`).join(', ') ||
          'n/a: the sample is too short',
      ]),
    ),
  ]
  return `${sections.join('\n\n')}\n`
}
