/** `precursor evaluate`: how well the precursors rank drawdowns on this lake, compared with VIX alone. */
import type { Command } from 'commander'
import { unknownName } from '../../core/nearest.ts'
import { sampleNoticeOf } from '../../core/sample-mark.ts'
import { evaluate } from '../../evaluate/evaluate.ts'
import { evaluationReport } from '../../evaluate/report.ts'
import { say } from '../output.ts'
import { optionsOf, readingLake } from '../session.ts'
import { commandNamed } from './list.ts'

const formats = ['markdown', 'json']

export const evaluateCommand = (): Command =>
  commandNamed('evaluate')
    .option('--format <format>', 'markdown or json', 'markdown')
    .addHelpText('after', '\nExamples:\n  precursor evaluate\n  precursor evaluate > evaluation.md')
    .action(async ({ format }: { format: string }, command: Command) => {
      if (!formats.includes(format)) throw unknownName('format', format, formats)
      await readingLake(optionsOf(command), async (lake) => {
        const evaluation = await evaluate(lake)
        const notice = await sampleNoticeOf(lake.platform.store)
        say(format === 'json' ? `${JSON.stringify(evaluation, null, 1)}\n` : evaluationReport(evaluation, notice))
      })
    })
