/** `precursor report`: the report of a session as one HTML page. */
import type { Command } from 'commander'
import { report } from '../../evening/html/report.ts'
import { languageNamed, languages } from '../../evening/language/language.ts'
import { say, writeOutput } from '../output.ts'
import { optionsOf, readingLake } from '../session.ts'
import { configOption, watchSettings } from '../watch-settings.ts'
import { commandNamed } from './list.ts'

interface ReportOptions {
  readonly config?: string
  readonly output?: string
  readonly language: string
}

export const reportCommand = () =>
  commandNamed('report')
    .option(
      '--output <file>',
      'file to write, - for standard output (default: report-<session>.html, or report-<session>.zh.html)',
    )
    .option(...configOption)
    .option('--language <language>', languages.join(' or '), 'en')
    .addHelpText(
      'after',
      '\nExamples:\n  precursor report\n  precursor report 2025-11-20 --output autopsy.html\n  precursor report 2025-11-20 --language zh',
    )
    .action((session: string | undefined, { config, output, language: name }: ReportOptions, command: Command) => {
      const language = languageNamed(name)
      return readingLake(optionsOf(command), async (lake) => {
        const { levels } = await watchSettings(lake.platform, config)
        const { html, ...made } = await report(lake, session, { language, levels })
        const suffix = language === 'en' ? '' : `.${language}`
        if (output === '-') return say(html)
        const file = output ?? `report-${made.session}${suffix}.html`
        await writeOutput(lake.platform, file, Buffer.from(html))
        say(`${file}\n`)
      })
    })
