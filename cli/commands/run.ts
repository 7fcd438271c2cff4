/** `precursor run` and `precursor backfill`: a run request, done here or by the state machine of a deployment. */
import type { Command } from 'commander'
import { refuseSample } from '../../core/sample-mark.ts'
import type { Lake } from '../../pipeline/lake/lake.ts'
import type { RunRequest } from '../../pipeline/runs/request.ts'
import { run } from '../../pipeline/runs/run.ts'
import { sessionFor } from '../../pipeline/runs/session-for.ts'
import { sourceNamed } from '../../sources/index.ts'
import { reportSteps } from '../exit.ts'
import { instantOf } from '../instant.ts'
import { runOnAws } from '../run-on-aws.ts'
import { optionsOf, withLake } from '../session.ts'
import { commandNamed } from './list.ts'

const perform = (command: Command, requestOf: (lake: Lake) => RunRequest): Promise<void> =>
  withLake(optionsOf(command), async (lake) => {
    await refuseSample(lake.platform.store)
    const request = requestOf(lake)
    const options = optionsOf(command)
    if (options.aws) await runOnAws(lake, options, request)
    else reportSteps((await run(lake, request)).steps)
  })

const from = (names: string[] | undefined) =>
  names?.length ? { sources: names.map((name) => sourceNamed(name).name) } : {}

export const runCommand = (): Command =>
  commandNamed('run')
    .option('--session <date>', 'session, as yyyy-mm-dd (default: the last session that has closed)')
    .option('--source <name...>', 'only these sources')
    .addHelpText('after', '\nExamples:\n  precursor run\n  precursor run --session 2025-11-20 --source cboe_volatility')
    .action(({ session, source }: { session?: string; source?: string[] }, command: Command) =>
      perform(command, (lake) => ({ session: sessionFor(lake, session), ...from(source) })),
    )

interface BackfillOptions {
  from: string
  to: string
  source?: string[]
  since?: string
}

export const backfillCommand = (): Command =>
  commandNamed('backfill')
    .requiredOption('--from <date>', 'first session, as yyyy-mm-dd')
    .requiredOption('--to <date>', 'last session')
    .option('--source <name...>', 'only these sources')
    .option('--since <instant>', 'resume a backfill started at this instant; responses stored since then are reused')
    .addHelpText(
      'after',
      '\nExamples:\n  precursor backfill --from 2015-01-02 --to 2025-11-20\n  precursor backfill --from 2015-01-02 --to 2025-11-20 --since 2025-11-21T09:00:00Z',
    )
    .action(({ from: first, to, source, since }: BackfillOptions, command: Command) =>
      perform(command, () => ({
        from: first,
        to,
        ...from(source),
        ...(since === undefined ? {} : { since: instantOf('--since', since).toISOString() }),
      })),
    )
