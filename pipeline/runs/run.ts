/** Runs on this machine: the parts of a run one after another, then the run log. A part that fails does not stop the next. */
import type { Lake } from '../lake/lake.ts'
import { declareLastSessions } from '../silver/last-sessions-table.ts'
import { endRun, type RunSummary } from './end-run.ts'
import { runFetchTasks } from './fetch-task.ts'
import { type Part, partOf, performPart } from './perform.ts'
import { type Plan, plan } from './plan.ts'
import type { RunRequest } from './request.ts'
import type { StepReport } from './run-log.ts'
import { steps } from './steps.ts'

export interface RunReport extends RunSummary {
  readonly steps: readonly StepReport[]
}

/** Performs the parts in order and logs them as one run. */
export const runParts = async (
  lake: Lake,
  verb: string,
  session: string | null,
  parts: readonly Part[],
): Promise<RunReport> => {
  const startedAt = lake.platform.now().toISOString()
  const reports: StepReport[] = []
  for (const part of parts) reports.push(await performPart(lake, part))
  lake.platform.progress.end()
  const summary = await endRun(lake, { verb, session, startedAt, steps: reports })
  return { ...summary, steps: reports }
}

/** The steps that follow ingestion, for a session. */
export const stepsFor = (session: string): readonly Part[] => steps.map((step) => partOf(step, session))

/** The fetch tasks of a plan. */
export const ingestionOf = ({ tasks, since }: Plan): Part => ({
  name: 'ingest',
  perform: (lake) => runFetchTasks(lake, tasks, { since: new Date(since) }),
})

/** Plans a run request and runs the plan, as the state machine does on AWS. */
export const run = async (lake: Lake, request: RunRequest): Promise<RunReport> => {
  await declareLastSessions(lake)
  const planned = await plan(lake, request, lake.platform.now())
  return runParts(lake, planned.verb, planned.session, [ingestionOf(planned), ...stepsFor(planned.session)])
}
