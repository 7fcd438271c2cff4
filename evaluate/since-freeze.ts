/** The out-of-sample record of the frozen scores: reads only what was written on each evening after the freeze. */
import { sessionOf } from '../calendar/sessions.ts'
import { reading } from '../pipeline/lake/current.ts'
import type { Lake } from '../pipeline/lake/lake.ts'
import { benchmark } from '../schemas/baskets.ts'
import { frozenScores } from '../schemas/scores/index.ts'
import { percent, signed, span, table, three } from './markdown.ts'
import { protocol } from './protocol.ts'
import { parseLabel } from './question.ts'
import { type Trial, trialOf } from './trial.ts'

const label = parseLabel('0.05x20')

export interface RecordAnswer {
  readonly score: string
  readonly subset: string
  readonly frozenOn: string
  /** Evenings written after the freeze, and those of them whose 20 sessions have passed. */
  readonly evenings: number
  readonly followed: number
  /** A text if the record is too short for a comparison. */
  readonly trial: Trial | string
}

const columns = ['value', 'vix_close', 'index_drawdown_252', 'is_drawdown_5'] as const

export const sinceFreeze = reading(async (lake: Lake, subset: 'all' | 'calm'): Promise<RecordAnswer[]> => {
  const answers: RecordAnswer[] = []
  for (const { definition } of frozenScores) {
    const rows = `score_record where score = '${definition.name}' and session > frozen_on order by session`
    const sessions = (await lake.engine.rows<{ session: string }>(`select session from ${rows}`)).map(
      (row) => row.session,
    )
    const read = await lake.engine.doubles(columns, rows)
    const sample = {
      sessions,
      numbers: Float64Array.from(sessions, (session) => sessionOf(session)!.session_number),
      outcomes: read.is_drawdown_5,
      vix: read.vix_close,
      values: read.value,
      isWanted: [...read.index_drawdown_252].map((drawdown) => subset === 'all' || drawdown > -protocol.calmDrawdown),
    }
    answers.push({
      score: definition.name,
      subset,
      frozenOn: definition.frozenOn,
      evenings: sessions.length,
      followed: read.is_drawdown_5.filter((each) => !Number.isNaN(each)).length,
      trial: trialOf(sample, label.horizon),
    })
  }
  return answers
})

/** The fields of the JSON answer; those of a comparison are null while the record is too short. */
export const recordFields = ({ score, subset, frozenOn, followed, trial }: RecordAnswer) => {
  const found = typeof trial === 'string' ? undefined : trial
  return {
    target: benchmark.index,
    label: label.text,
    subset,
    predictor: score,
    from: found?.from ?? frozenOn,
    sessions: found?.sessions ?? followed,
    base_rate: found?.baseRate ?? null,
    auc: found?.area ?? null,
    auc_vix: found?.vixArea ?? null,
    difference: found?.difference ?? null,
    low: found?.differenceInterval[0] ?? null,
    high: found?.differenceInterval[1] ?? null,
    // Each score was fixed before its record began, so that nothing has to be corrected for its choice.
    corrected_low: found?.differenceInterval[0] ?? null,
    corrected_high: found?.differenceInterval[1] ?? null,
  }
}

export const recordReport = (answers: readonly RecordAnswer[], notice?: string): string =>
  `${[
    '# Record since the freeze',
    ...(notice ? [`**${notice}**`] : []),
    `Read from \`score_record\` alone: each row was written on its evening and was not computed again. Label: the lowest close of ${benchmark.index} over the next ${label.horizon} sessions is ${percent(label.depth)} or more below the close. Subset: ${answers[0]?.subset ?? 'all'}.`,
    table(
      ['score', 'frozen on', 'evenings', 'followed', 'base rate', 'AUC', 'VIX AUC', 'difference', '95 % interval'],
      answers.map(({ score, frozenOn, evenings, followed, trial }) => [
        score,
        frozenOn,
        String(evenings),
        String(followed),
        ...(typeof trial === 'string'
          ? ['n/a', 'n/a', 'n/a', 'n/a', 'n/a']
          : [
              percent(trial.baseRate),
              three(trial.area),
              three(trial.vixArea),
              signed(trial.difference),
              span(trial.differenceInterval, signed),
            ]),
      ]),
    ),
    'n/a: the record does not yet hold evenings before a fall and others. Until then nothing is shown out of sample.',
  ].join('\n\n')}\n`
