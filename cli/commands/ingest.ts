/** `precursor ingest`: sources, live or from a recorded payload, without the steps that follow. */
import type { Command } from 'commander'
import { UsageError } from '../../core/errors.ts'
import { refuseSample } from '../../core/sample-mark.ts'
import { ingestPayload } from '../../pipeline/ingest/import-files.ts'
import { plan } from '../../pipeline/runs/plan.ts'
import { ingestionOf, runParts } from '../../pipeline/runs/run.ts'
import { sessionFor } from '../../pipeline/runs/session-for.ts'
import { sourceNamed, sources } from '../../sources/index.ts'
import { reportSteps } from '../exit.ts'
import { instantOf } from '../instant.ts'
import { optionsOf, withLake } from '../session.ts'
import { commandNamed } from './list.ts'

interface Options {
  payload?: string
  for?: string
  fetchedAt?: string
  session?: string
}

export const ingestCommand = () =>
  commandNamed('ingest')
    .option('--payload <file>', 'recorded response to use instead of the network')
    .option('--for <key>', 'what the response is for: a symbol, an index, a series or a filer')
    .option('--fetched-at <instant>', 'when the payload was downloaded (default: now)')
    .option('--session <date>', 'session to fetch, as yyyy-mm-dd (default: the last session that has closed)')
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
          if (names.length !== 1) throw new UsageError('--payload needs exactly one source')
          const source = sourceNamed(names[0]!)
          const given = {
            ...(options.for ? { key: options.for } : {}),
            ...(fetchedAt ? { fetchedAt: instantOf('--fetched-at', fetchedAt) } : {}),
          }
          const landing = { name: 'ingest', perform: async () => [await ingestPayload(lake, source, payload, given)] }
          return reportSteps((await runParts(lake, 'ingest', null, [landing])).steps)
        }
        await refuseSample(lake.platform.store)
        const day = sessionFor(lake, session)
        const request = { session: day, ...(names.length ? { sources: names } : {}) }
        const planned = await plan(lake, request, lake.platform.now())
        reportSteps((await runParts(lake, 'ingest', day, [ingestionOf(planned)])).steps)
      }),
    )
