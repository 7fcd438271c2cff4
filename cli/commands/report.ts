/** `precursor report`: the evening of a session as one HTML page. */
import { Command } from 'commander'
import { report } from '../../evening/html/report.ts'
import { languageNamed, languages } from '../../evening/language/language.ts'
import { optionsOf, withLake } from '../session.ts'

interface ReportOptions {
  readonly output?: string
  readonly language: string
}

export const reportCommand = () =>
  new Command('report')
    .description(
      'The autopsy of a session as one HTML page: what was lit, how rare it is, why, and what the data contradicts.',
    )
    .argument('[session]', 'session, as yyyy-mm-dd; by default the latest in the lake')
    .option('--output <file>', 'where to write it; by default report-<session>.html, - for standard output')
    .option('--language <language>', languages.join(' or '), 'en')
    .addHelpText(
      'after',
      '\nExamples:\n  precursor report\n  precursor report 2025-11-20 --output autopsy.html\n  precursor report 2025-11-20 --language zh',
    )
    .action((session: string | undefined, { output, language }: ReportOptions, command: Command) =>
      withLake(optionsOf(command), async (lake) => {
        const { html, ...made } = await report(lake, session, { language: languageNamed(language) })
        if (output === '-') return void process.stdout.write(html)
        const file = output ?? `report-${made.session}.html`
        await lake.platform.writeScratch(file, Buffer.from(html))
        process.stdout.write(`${file}\n`)
      }),
    )
