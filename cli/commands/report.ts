/** `precursor report`: the report of a session as one HTML page. */
import type { Command } from 'commander'
import { UsageError } from '../../core/errors.ts'
import type { ReportOptions as PageOptions } from '../../evening/html/gather-report.ts'
import { languageNamed, languages } from '../../evening/language/language.ts'
import { publishedSession } from '../../evening/sessions.ts'
import type { Lake } from '../../pipeline/lake/lake.ts'
import { say, writeOutput } from '../output.ts'
import { reportName } from '../output-names.ts'
import { optionsOf, queryingLake } from '../session.ts'
import { tellStale } from '../stale.ts'
import { configOption, watchSettings } from '../watch-settings.ts'
import { commandNamed } from './list.ts'

/** The page of a session, or of a symbol. Most modules are loaded while the engine looks at the objects of the lake. */
const pageOf = async (lake: Lake, named: string | undefined, symbol: string | undefined, options: PageOptions) => {
  if (symbol !== undefined)
    return (await import('../../evening/html/symbol/symbol-report.ts')).symbolReport(lake, symbol, named, options)
  const [session, pages] = await Promise.all([publishedSession(lake, named), import('../../evening/html/report.ts')])
  return pages.reportOfPublished(lake, session, options)
}

interface ReportOptions {
  readonly config?: string
  readonly output?: string
  readonly language: string
  readonly symbol?: string
}

export const reportCommand = () =>
  commandNamed('report')
    .option(
      '--output <file>',
      'file to write, - for standard output (default: report-<session>.html, or report-<session>.zh.html)',
    )
    .option('--symbol <symbol>', 'the report of this symbol: reversals, volatility, spreads, results and catalysts')
    .option(...configOption)
    .option('--language <language>', languages.join(' or '), 'en')
    .addHelpText(
      'after',
      '\nExamples:\n  precursor report\n  precursor report 2025-11-20 --output autopsy.html\n  precursor report 2025-11-20 --language zh\n  precursor report --symbol NVDA',
    )
    .action(
      (session: string | undefined, { config, output, language: name, symbol }: ReportOptions, command: Command) => {
        const language = languageNamed(name)
        if (symbol?.trim() === '') throw new UsageError('--symbol needs a symbol, for example NVDA')
        return queryingLake(optionsOf(command), async (lake) => {
          const { levels } = await watchSettings(lake.platform, config)
          const made = await pageOf(lake, session, symbol, { language, levels })
          // A named session is as old as it should be.
          if (!session && made.stale) tellStale(made.stale)
          if (output === '-') return say(made.html)
          const file = output ?? reportName(made.session, language, symbol)
          await writeOutput(lake.platform, file, Buffer.from(made.html))
          say(`${file}\n`)
        })
      },
    )
