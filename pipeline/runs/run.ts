/** Run: the whole evening of a session. Ingest, tag, compute, check, publish; each step is logged, none stops the next. */

import { sessionsBetween } from '../../calendar/sessions.ts'
import { UsageError } from '../../core/errors.ts'
import type { Outcome } from '../../core/outcome.ts'
import { sources } from '../../sources/index.ts'
import type { Source } from '../../sources/source.ts'
import { eveningWindow, type FetchLimits } from '../ingest/fetch.ts'
import { ingest } from '../ingest/ingest.ts'
import type { Lake } from '../lake/lake.ts'
import { logRun, type StepReport } from './run-log.ts'
import { steps } from './steps.ts'

export interface RunReport {
  readonly runId: string
  readonly session: string
  readonly steps: readonly StepReport[]
}

/** Performs steps one after another and logs them, whatever they come to. */
export const logged = async (
  lake: Lake,
  verb: string,
  session: string | null,
  work: readonly (readonly [string, () => Promise<Outcome[]>])[],
): Promise<RunReport> => {
  const runId = `${lake.platform.now().toISOString()} ${verb}`
  const reports: StepReport[] = []
  for (const [step, perform] of work) {
    const startedAt = lake.platform.now().toISOString()
    const outcomes = await perform()
    reports.push({ step, startedAt, outcomes })
    lake.platform.log.info({ run: runId, step, outcomes }, `${step} done`)
  }
  lake.platform.progress.end()
  await logRun(lake, runId, session, reports)
  return { runId, session: session ?? '', steps: reports }
}

/** What follows ingestion, in order. */
export const derived = (lake: Lake, session: string) =>
  steps.map(({ name, perform }) => [name, () => perform(lake, session)] as const)

export const run = (lake: Lake, session: string, wanted: readonly Source[] = sources): Promise<RunReport> =>
  logged(lake, 'run', session, [
    ['ingest', () => ingest(lake, wanted, (source) => eveningWindow(source, session))],
    ...derived(lake, session),
  ])

/** Fetches a span of sessions at once, then derives everything. */
export const backfill = (
  lake: Lake,
  from: string,
  to: string,
  wanted: readonly Source[] = sources,
  limits: FetchLimits = {},
): Promise<RunReport> => {
  const span = sessionsBetween(from, to)
  const first = span[0]?.session
  const last = span.at(-1)?.session
  if (!first || !last) throw new UsageError(`there is no session from ${from} to ${to}`)
  return logged(lake, 'backfill', last, [
    ['ingest', () => ingest(lake, wanted, () => ({ from: first, to: last }), limits)],
    ...derived(lake, last),
  ])
}
