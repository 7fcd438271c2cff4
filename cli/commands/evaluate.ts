/** `precursor evaluate`: whether the precursors rank drawdowns, against VIX alone, on the lake at hand. */
import { Command } from 'commander'
import { UsageError } from '../../core/errors.ts'
import { sampleNoticeOf } from '../../core/sample-mark.ts'
import { evaluate } from '../../evaluate/evaluate.ts'
import { evaluationReport } from '../../evaluate/report.ts'
import { optionsOf, withLake } from '../session.ts'

export const evaluateCommand = (): Command =>
  new Command('evaluate')
    .description('Rank drawdowns by each precursor, by the score and by VIX alone, and print the truth.')
    .option('--format <format>', 'markdown or json', 'markdown')
    .addHelpText('after', '\nExamples:\n  precursor evaluate\n  precursor evaluate > evaluation.md')
    .action(async ({ format }: { format: string }, command: Command) => {
      if (!['markdown', 'json'].includes(format)) throw new UsageError(`no format ${format}; there are markdown, json`)
      await withLake(optionsOf(command), async (lake) => {
        const evaluation = await evaluate(lake)
        const notice = await sampleNoticeOf(lake.platform.store)
        process.stdout.write(
          format === 'json' ? `${JSON.stringify(evaluation, null, 1)}\n` : evaluationReport(evaluation, notice),
        )
      })
    })
