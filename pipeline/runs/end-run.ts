/** The end of a run: its steps go to the run log, and its failures into one message. */
import { type Outcome, type Status, total, worst } from '../../core/outcome.ts'
import type { Lake } from '../lake/lake.ts'
import type { Plan } from './plan.ts'
import { logRun, type StepReport } from './run-log.ts'

export interface EndedRun {
  readonly plan: Pick<Plan, 'verb' | 'session'>
  /** Name of the execution, and its start. */
  readonly execution: string
  readonly startedAt: string
  readonly steps: readonly StepReport[]
}

export interface RunSummary {
  readonly runId: string
  readonly status: Status
  readonly rowCount: number
  readonly rejectedCount: number
  readonly failedCount: number
  /** Which steps failed and why, for a person to read. */
  readonly message: string
}

/** Logs a run of the state machine and summarizes it. */
export const endRun = async (lake: Lake, { plan, execution, startedAt, steps }: EndedRun): Promise<RunSummary> => {
  const runId = `${startedAt} ${plan.verb} ${execution}`
  await logRun(lake, runId, plan.session, steps)
  const outcomes = steps.flatMap((step) => step.outcomes.map((outcome) => ({ ...outcome, step: step.step })))
  const failed = outcomes.filter(({ status }) => status === 'failed')
  const landed: readonly Outcome[] = outcomes.filter(({ step }) => step === 'ingest')
  const lines = failed.map(({ step, subject, error }) => `${step} ${subject}: ${error ?? 'failed'}`)
  const summary = failed.length ? `${failed.length} failed, the others landed` : 'all landed'
  return {
    runId,
    status: worst(outcomes.map(({ status }) => status)),
    rowCount: total(landed, (each) => each.rowCount),
    rejectedCount: total(landed, (each) => each.rejectedCount),
    failedCount: failed.length,
    message: [`${plan.verb} of ${plan.session}: ${summary}`, ...lines].join('\n'),
  }
}
