/** `precursor import`: an analyst's own files. */
import { type Command, InvalidArgumentError } from 'commander'
import { importFiles } from '../../pipeline/ingest/import-files.ts'
import { importableTables } from '../../pipeline/landing/import.ts'
import { runParts } from '../../pipeline/runs/run.ts'
import { reportSteps } from '../exit.ts'
import { optionsOf, withLake } from '../session.ts'
import { commandNamed } from './list.ts'

const assignment = (text: string, before: Record<string, string> = {}): Record<string, string> => {
  const at = text.indexOf('=')
  if (at < 1) throw new InvalidArgumentError('expected column=value')
  return { ...before, [text.slice(0, at)]: text.slice(at + 1) }
}

interface Options {
  readonly set?: Record<string, string>
  readonly zone?: string
}

export const importCommand = () =>
  commandNamed('import')
    .option('--set <column=value>', 'value of a column for all rows (repeatable)', assignment)
    .option('--zone <name>', 'time zone of local times in the files (default: America/New_York)')
    .addHelpText(
      'after',
      `
Examples:
  precursor import daily_bars SPY.csv --set symbol=SPY --set source=yahoo_adjusted
  precursor import market_depth depth.csv --set source=desk
  precursor import intraday_bars SPY.csv --set symbol=SPY --set interval_minutes=1 --set feed=iex --set source=desk

Tables: ${importableTables.map((table) => table.name).join(', ')}. \`precursor describe <table>\` shows the columns.`,
    )
    .action((table: string, files: string[], { set = {}, zone }: Options, command: Command) =>
      withLake(optionsOf(command), async (lake) => {
        const options = zone === undefined ? {} : { zone }
        const landing = { name: 'ingest', perform: async () => [await importFiles(lake, table, files, set, options)] }
        reportSteps((await runParts(lake, 'import', null, [landing])).steps)
      }),
    )
