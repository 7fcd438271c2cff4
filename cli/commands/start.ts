/** `precursor start`: plays the bundled sample into a lake and shows its evening as a page. */
import { join } from 'node:path'
import type { Command } from 'commander'
import { UsageError } from '../../core/errors.ts'
import { worst } from '../../core/outcome.ts'
import { markAsSample } from '../../core/sample-mark.ts'
import { gather } from '../../evening/gather.ts'
import { report as reportOf } from '../../evening/html/report.ts'
import { languageNamed, languages } from '../../evening/language/language.ts'
import { terminalPage } from '../../evening/terminal/page.ts'
import { rule } from '../../evening/terminal/style.ts'
import { EpisodeClock, episodePlatform, playEpisode, sampleNotice } from '../../samples/episode.ts'
import { eventSession } from '../../samples/pinned.ts'
import { exitCodes } from '../exit.ts'
import { commandLine } from '../invocation.ts'
import { say } from '../output.ts'
import { reportName } from '../output-names.ts'
import { projectFolder } from '../project.ts'
import { optionsOf, withLake } from '../session.ts'
import { commandNamed } from './list.ts'

const ending = (lake: string, page: string) => {
  const onLake = (rest: string) => commandLine(rest, ['--lake', lake])
  return `${rule('Next')}
  The lake is ${lake}
  Look at it   open ${page} in a browser: the report of the session
  Query it     ${onLake('query lit_signals')}
  or           open ${join(lake, 'lake.duckdb')} in any DuckDB client; ${commandLine('describe', [])} lists its views
  Go live      ${commandLine('backfill --from 2024-01-02 --to 2025-11-20', [])}
               ${commandLine('run', [])}, every evening (README: Going live)
`
}

export const startCommand = () =>
  commandNamed('start')
    .option('--language <language>', languages.join(' or '), 'en')
    .addHelpText('after', '\nThe sample is written to sample-lake unless --lake names another folder.')
    .action(async (own: { language: string }, command: Command) => {
      const language = languageNamed(own.language)
      const given = optionsOf(command)
      if (given.aws) throw new UsageError('the sample is played into a folder: remove --aws')
      const lake =
        command.parent?.getOptionValueSource('lake') === 'default' && !process.env.PRECURSOR_LAKE
          ? 'sample-lake'
          : given.lake
      const clock = new EpisodeClock()
      const options = { ...given, lake, universe: join(projectFolder, 'samples', 'universe.json') }
      await withLake(
        options,
        async (opened) => {
          await markAsSample(opened.platform.store, sampleNotice)
          const report = await playEpisode(opened, clock)
          opened.platform.progress.step('writing the report')
          const { html } = await reportOf(opened, eventSession, { language })
          const scratch = await opened.platform.scratch('report.html')
          await opened.platform.writeScratch(scratch, Buffer.from(html))
          const page = await opened.platform.publishFile(scratch, reportName(eventSession, language))
          opened.platform.progress.end()
          say(
            `${terminalPage(await gather(opened, eventSession), language)}\n${ending(opened.platform.store.location, page)}`,
          )
          process.exitCode =
            exitCodes[worst(report.steps.flatMap(({ outcomes }) => outcomes.map(({ status }) => status)))]
        },
        episodePlatform(clock),
      )
    })
