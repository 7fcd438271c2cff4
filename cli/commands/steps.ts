/** The evening and its steps: run, backfill, rebuild, tag, compute, check, publish. */
import { Command } from 'commander'
import { refuseSample } from '../../core/sample-mark.ts'
import { check } from '../../pipeline/check/check.ts'
import { compute } from '../../pipeline/compute/compute.ts'
import { rebuild } from '../../pipeline/ingest/rebuild.ts'
import type { Lake } from '../../pipeline/lake/lake.ts'
import { publish } from '../../pipeline/publish/publish.ts'
import type { RunRequest } from '../../pipeline/runs/request.ts'
import { backfill, derived, logged, type RunReport, run } from '../../pipeline/runs/run.ts'
import { sessionFor } from '../../pipeline/runs/session-for.ts'
import { tag } from '../../pipeline/tag/tag.ts'
import { sourceNamed, sources } from '../../sources/index.ts'
import { reportSteps } from '../exit.ts'
import { instantOf } from '../instant.ts'
import { runOnAws } from '../run-on-aws.ts'
import { optionsOf, withLake } from '../session.ts'

const perform = (command: Command, work: (lake: Lake) => Promise<RunReport>) =>
  withLake(optionsOf(command), async (lake) => reportSteps((await work(lake)).steps))

interface BackfillOptions {
  from: string
  to: string
  source?: string[]
  since?: string
}

/** What asks live sources: done here, or on AWS by the state machine. */
const live = (
  command: Command,
  plan: (lake: Lake) => Promise<{ here: () => Promise<RunReport>; request: RunRequest }>,
): Promise<void> =>
  withLake(optionsOf(command), async (lake) => {
    await refuseSample(lake.platform.store)
    const { here, request } = await plan(lake)
    const options = optionsOf(command)
    if (options.aws) await runOnAws(lake, options, request)
    else reportSteps((await here()).steps)
  })

const chosen = (names: readonly string[] | undefined) => (names?.length ? names.map(sourceNamed) : sources)

export const stepCommands = (): Command[] => [
  new Command('run')
    .description('The whole evening of a session: ingest, tag, compute, check, publish.')
    .option('--session <date>', 'session, as yyyy-mm-dd; by default the last that has closed')
    .option('--source <name...>', 'only these sources')
    .addHelpText('after', '\nExamples:\n  precursor run\n  precursor run --session 2025-11-20 --source cboe_volatility')
    .action(({ session, source }: { session?: string; source?: string[] }, command: Command) =>
      live(command, async (lake) => {
        const day = sessionFor(lake, session)
        const wanted = chosen(source)
        return {
          here: () => run(lake, day, wanted),
          request: { session: day, sources: wanted.map(({ name }) => name) },
        }
      }),
    ),
  new Command('backfill')
    .description('Fetch a span of sessions, then tag, compute, check and publish.')
    .requiredOption('--from <date>', 'first session, as yyyy-mm-dd')
    .requiredOption('--to <date>', 'last session')
    .option('--source <name...>', 'only these sources')
    .option('--since <instant>', 'go on with a backfill that began then: answers kept since are not asked for again')
    .addHelpText(
      'after',
      '\nExamples:\n  precursor backfill --from 2015-01-02 --to 2025-11-20\n  precursor backfill --from 2015-01-02 --to 2025-11-20 --since 2025-11-21T09:00:00Z',
    )
    .action(({ from, to, source, since }: BackfillOptions, command: Command) =>
      live(command, async (lake) => {
        const wanted = chosen(source)
        const begun = since === undefined ? undefined : instantOf('--since', since)
        return {
          here: () => backfill(lake, from, to, wanted, begun ? { since: begun } : {}),
          request: {
            from,
            to,
            sources: wanted.map(({ name }) => name),
            ...(begun ? { since: begun.toISOString() } : {}),
          },
        }
      }),
    ),
  new Command('rebuild')
    .description('Derive silver anew from bronze, as after a parser fix; then everything that follows from it.')
    .argument('[source...]', 'only what came from these sources')
    .addHelpText('after', '\nExamples:\n  precursor rebuild\n  precursor rebuild cboe_volatility')
    .action((names: string[], _: unknown, command: Command) =>
      perform(command, (lake) => {
        const session = sessionFor(lake)
        return logged(lake, 'rebuild', session, [['rebuild', () => rebuild(lake, names)], ...derived(lake, session)])
      }),
    ),
  ...(
    [
      ['tag', 'Tag the catalysts from what silver knows.', (lake: Lake) => tag(lake)],
      [
        'compute',
        'Make what SQL cannot, or not at every query, where its inputs changed: spreads, eigenvalues, flip levels, percentiles.',
        (lake: Lake) => compute(lake),
      ],
      ['publish', 'Write the marts and the DuckDB file with the views.', (lake: Lake) => publish(lake)],
    ] as const
  ).map(([name, description, verb]) =>
    new Command(name)
      .description(description)
      .addHelpText('after', `\nExample:\n  precursor ${name}`)
      .action((_: unknown, command: Command) =>
        perform(command, (lake) => logged(lake, name, null, [[name, () => verb(lake)]])),
      ),
  ),
  new Command('check')
    .description('Look for missing sessions, price jumps and refused payloads; findings go to the checks table.')
    .option('--session <date>', 'session to check; by default the last that has closed')
    .addHelpText('after', '\nExample:\n  precursor check --session 2025-11-20')
    .action(({ session }: { session?: string }, command: Command) =>
      perform(command, (lake) => {
        const day = sessionFor(lake, session)
        return logged(lake, 'check', day, [['check', () => check(lake, day)]])
      }),
    ),
]
