/** `precursor evaluate`: how well predictors rank falls on this lake, compared with VIX alone. */
import type { Command } from 'commander'
import { isCalendarDate } from '../../calendar/plausible.ts'
import { UsageError } from '../../core/errors.ts'
import { unknownName } from '../../core/nearest.ts'
import { sampleNoticeOf } from '../../core/sample-mark.ts'
import { evaluate } from '../../evaluate/evaluate.ts'
import { evaluateIdea, fieldsOf } from '../../evaluate/evaluate-idea.ts'
import { ideaReport } from '../../evaluate/idea-report.ts'
import { evaluationReport } from '../../evaluate/report.ts'
import { recordFields, recordReport, sinceFreeze } from '../../evaluate/since-freeze.ts'
import { benchmark } from '../../schemas/baskets.ts'
import { say } from '../output.ts'
import { optionsOf, readingLake } from '../session.ts'
import { commandNamed } from './list.ts'

const formats = ['markdown', 'json']

interface Options {
  readonly format: string
  readonly target?: string
  readonly label?: string
  readonly subset?: string
  readonly predictor?: readonly string[]
  readonly from?: string
  readonly sinceFreeze?: boolean
}

/** The record has one target, one label and its own scores. */
const recordedSubset = ({ target, label, predictor, from, subset = 'all' }: Partial<Options>): 'all' | 'calm' => {
  if ((target ?? benchmark.index) !== benchmark.index || (label ?? '0.05x20') !== '0.05x20' || predictor || from)
    throw new UsageError(
      `--since-freeze reads the record of the frozen scores, which is about ${benchmark.index} and 0.05x20 only; leave out --target, --label, --predictor and --from`,
    )
  if (subset !== 'all' && subset !== 'calm') throw new UsageError('--since-freeze knows the subsets all and calm')
  return subset
}

const json = (value: unknown) => `${JSON.stringify(value, null, 1)}\n`

export const evaluateCommand = (): Command =>
  commandNamed('evaluate')
    .option('--target <symbol>', `whose falls are ranked (default: ${benchmark.index})`)
    .option('--label <label>', 'depth x sessions: 0.05x20, 0.03x20, 0.10x60 (default: 0.05x20)')
    .option(
      '--subset <subset>',
      'all, calm, or a condition on columns of crash_precursors: operators and functions of one session (default: all)',
    )
    .option(
      '--predictor <names...>',
      'columns of crash_precursors, view.column or analyst_series.name; a minus sign in front turns the direction (default: early_warning)',
    )
    .option('--from <session>', 'first session of the sample')
    .option('--since-freeze', 'only what score_record holds since the scores were frozen (subset all or calm)')
    .option('--format <format>', 'markdown or json', 'markdown')
    .addHelpText(
      'after',
      `
Without --target, --label, --subset, --predictor and --from it runs the pre-registered evaluation of the score.
With one of them it adds the question to the ledger of tries (evaluation_tries), for which intervals are corrected.

Examples:
  precursor evaluate
  precursor evaluate --target QQQ --subset calm --predictor early_warning --format json
  precursor evaluate --label 0.10x60 --predictor vix_term_structure credit_stress_63
  precursor evaluate --subset "vix_close < 20" --predictor volatility_regime.vix_percentile_252
  precursor evaluate --since-freeze`,
    )
    .action(async (options: Options, command: Command) => {
      const { format, sinceFreeze: isRecord, ...asked } = options
      if (!formats.includes(format)) throw unknownName('format', format, formats)
      if (asked.from !== undefined && !isCalendarDate(asked.from))
        throw new UsageError(`--from ${asked.from || '(empty)'} is not a day, as yyyy-mm-dd`)
      const recorded = isRecord ? recordedSubset(asked) : undefined
      await readingLake(optionsOf(command), async (lake) => {
        const notice = await sampleNoticeOf(lake.platform.store)
        if (recorded) {
          const answers = await sinceFreeze(lake, recorded)
          return say(format === 'json' ? json(answers.map(recordFields)) : recordReport(answers, notice))
        }
        if (Object.keys(asked).length === 0) {
          const evaluation = await evaluate(lake)
          return say(format === 'json' ? json(evaluation) : evaluationReport(evaluation, notice))
        }
        const answers = await evaluateIdea(lake, {
          target: asked.target ?? benchmark.index,
          label: asked.label ?? '0.05x20',
          subset: asked.subset ?? 'all',
          predictors: asked.predictor ?? ['early_warning'],
          ...(asked.from ? { from: asked.from } : {}),
        })
        say(format === 'json' ? json(answers.map(fieldsOf)) : ideaReport(answers, notice))
      })
    })
