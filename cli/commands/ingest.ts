/** `precursor ingest`: one source, live or from a recorded payload. */
import { Command } from 'commander'
import { UsageError } from '../../core/errors.ts'
import { refuseSample } from '../../core/sample-mark.ts'
import { eveningWindow } from '../../pipeline/ingest/fetch.ts'
import { ingestPayload } from '../../pipeline/ingest/import-files.ts'
import { ingest } from '../../pipeline/ingest/ingest.ts'
import { logged } from '../../pipeline/runs/run.ts'
import { sessionFor } from '../../pipeline/runs/session-for.ts'
import { sourceNamed, sources } from '../../sources/index.ts'
import { reportSteps } from '../exit.ts'
import { instantOf } from '../instant.ts'
import { optionsOf, withLake } from '../session.ts'

interface Options {
  payload?: string
  for?: string
  fetchedAt?: string
  session?: string
}

export const ingestCommand = () =>
  new Command('ingest')
    .description('Land one source: live, or from a recorded payload through the same decoder into the same bronze.')
    .argument('[source...]', 'sources; all of them without any')
    .option('--payload <file>', 'a recorded answer instead of the network')
    .option('--for <key>', 'what the request was for: a symbol, an index, a series, a filer')
    .option('--fetched-at <instant>', 'when the payload was downloaded; now by default')
    .option('--session <date>', 'session to ask the live source for')
    .addHelpText(
      'after',
      `
Examples:
  precursor ingest cboe_volatility
  precursor ingest cboe_volatility --payload VIX_History.csv --for VIX
  precursor ingest fred_macro --payload PAYEMS.csv --for PAYEMS --fetched-at 2025-11-20T09:00:00-05:00

Sources: ${sources.map((source) => source.name).join(', ')}`,
    )
    .action((names: string[], options: Options, command: Command) =>
      withLake(optionsOf(command), async (lake) => {
        const { payload, fetchedAt, session } = options
        if (payload) {
          if (names.length !== 1) throw new UsageError('--payload is the answer of one source: name it')
          const source = sourceNamed(names[0]!)
          const given = {
            ...(options.for ? { key: options.for } : {}),
            ...(fetchedAt ? { fetchedAt: instantOf('--fetched-at', fetchedAt) } : {}),
          }
          const report = await logged(lake, 'ingest', null, [
            ['ingest', async () => [await ingestPayload(lake, source, payload, given)]],
          ])
          return reportSteps(report.steps)
        }
        await refuseSample(lake.platform.store)
        const day = sessionFor(lake, session)
        const wanted = names.length ? names.map(sourceNamed) : sources
        const report = await logged(lake, 'ingest', day, [
          ['ingest', () => ingest(lake, wanted, (source) => eveningWindow(source, day))],
        ])
        reportSteps(report.steps)
      }),
    )
