/** `precursor run` and `precursor backfill`: a run request, done here or by the state machine of a deployment. */
import type { Command } from 'commander'
import { lastEvening } from '../../calendar/evenings.ts'
import { sessionsBetween } from '../../calendar/sessions.ts'
import { UsageError } from '../../core/errors.ts'
import { refuseSample } from '../../core/sample-mark.ts'
import { reading } from '../../pipeline/lake/current.ts'
import type { Lake } from '../../pipeline/lake/lake.ts'
import type { RunRequest } from '../../pipeline/runs/request.ts'
import { run } from '../../pipeline/runs/run.ts'
import type { StepReport } from '../../pipeline/runs/run-log.ts'
import { sessionFor } from '../../pipeline/runs/session-for.ts'
import { sourceNamed } from '../../sources/index.ts'
import { setExitCode } from '../exit.ts'
import { instantOf } from '../instant.ts'
import { say } from '../output.ts'
import { runOnAws } from '../run-on-aws.ts'
import { type ReportOptions, reportOptions, reportRun } from '../run-report.ts'
import { type GlobalOptions, optionsOf, withLake } from '../session.ts'
import { commandNamed } from './list.ts'

/** Runs the requests one after another. There are several only where evenings are made up. */
const perform = (
  command: Command,
  requestsOf: (lake: Lake) => Promise<readonly RunRequest[]> | readonly RunRequest[],
): Promise<void> =>
  withLake(optionsOf(command), async (lake) => {
    await refuseSample(lake.platform.store)
    const options = command.optsWithGlobals<GlobalOptions & ReportOptions>()
    const requests = await requestsOf(lake)
    if (requests.length === 0 && !options.quiet) say('nothing to run: the evening of the last session has been run\n')
    const all: StepReport[] = []
    for (const request of requests) {
      if (options.aws) await runOnAws(lake, options, request)
      else {
        const began = lake.platform.now()
        const { steps } = await run(lake, request)
        await reportRun(lake, request.session ?? request.to!, steps, began, options)
        all.push(...steps)
      }
    }
    if (!options.aws) setExitCode(all)
  })

/**
 * The sessions that no evening run has covered: those after the last session for which a source landed rows, up to the last one whose
 * evening has begun. A source that had nothing to ask lands no rows, so it does not count.
 */
const missedSessions = reading(async ({ engine, platform }: Lake): Promise<readonly string[]> => {
  const last = lastEvening(platform.now())
  const [row] = await engine.rows<{ session: string | null }>(
    `select max(session) as session from runs
     where regexp_matches(run_id, ' (run|backfill)( |$)') and step = 'ingest' and status <> 'failed' and row_count > 0`,
  )
  if (!last) return []
  if (!row?.session) return [last]
  return sessionsBetween(row.session, last)
    .map(({ session }) => session)
    .filter((session) => session > row.session!)
    .slice(-mostMadeUp)
})

/** A backfill is cheaper for a longer absence. */
const mostMadeUp = 10

const from = (names: string[] | undefined) =>
  names?.length ? { sources: names.map((name) => sourceNamed(name).name) } : {}

export const runCommand = (): Command =>
  commandNamed('run')
    .option('--session <date>', 'session, as yyyy-mm-dd (default: the last session that has closed)')
    .option('--source <name...>', 'only these sources')
    .option('--missed', 'run each session since the last evening that was run, and nothing if there is none')
    .option(...reportOptions[0])
    .option(...reportOptions[1])
    .addHelpText(
      'after',
      '\nExamples:\n  precursor run\n  precursor run --missed --summary\n  precursor run --session 2025-11-20 --source cboe_volatility',
    )
    .action(({ session, source, missed }: RunOptions, command: Command) => {
      if (missed && session) throw new UsageError('--missed finds the sessions itself: leave out --session')
      return perform(command, async (lake) => {
        const sessions = missed ? await missedSessions(lake) : [sessionFor(lake, session)]
        return sessions.map((each) => ({ session: each, ...from(source) }))
      })
    })

interface RunOptions {
  readonly session?: string
  readonly source?: string[]
  readonly missed?: boolean
}

/** The value of a required option. Commander asks for it before it looks for unknown options, which hides a misspelled one. */
const required = (command: Command, name: string, value: string | undefined): string =>
  value ?? command.error(`error: required option '--${name}' not specified`)

interface BackfillOptions {
  from?: string
  to?: string
  source?: string[]
  since?: string
}

export const backfillCommand = (): Command =>
  commandNamed('backfill')
    .option('--from <date>', 'first session, as yyyy-mm-dd (required)')
    .option('--to <date>', 'last session (required)')
    .option('--source <name...>', 'only these sources')
    .option(...reportOptions[0])
    .option(...reportOptions[1])
    .option('--since <instant>', 'resume a backfill started at this instant; responses stored since then are reused')
    .addHelpText(
      'after',
      '\nExamples:\n  precursor backfill --from 2015-01-02 --to 2025-11-20\n  precursor backfill --from 2015-01-02 --to 2025-11-20 --since 2025-11-21T09:00:00Z',
    )
    .action(({ from: first, to: last, source, since }: BackfillOptions, command: Command) => {
      const span = { from: required(command, 'from', first), to: required(command, 'to', last) }
      const resumed = since === undefined ? {} : { since: instantOf('--since', since).toISOString() }
      return perform(command, () => [{ ...span, ...from(source), ...resumed }])
    })
