/** Record: the end of a run on AWS. Its steps are logged, and what failed is put into words. */
import type { Lake } from '../lake/lake.ts'
import type { Plan } from './plan.ts'
import { logRun, type Status, type StepReport, total, worst } from './runs.ts'

export interface RunEvent {
  readonly plan: Pick<Plan, 'verb' | 'session'>
  /** Name of the execution, and its start. */
  readonly execution: string
  readonly startedAt: string
  readonly steps: readonly StepReport[]
}

export interface Recorded {
  readonly runId: string
  readonly status: Status
  readonly rowCount: number
  readonly rejectedCount: number
  readonly failedCount: number
  /** What failed and why, for a person. */
  readonly message: string
}

export const recordRun = async (lake: Lake, { plan, execution, startedAt, steps }: RunEvent): Promise<Recorded> => {
  const runId = `${startedAt} ${plan.verb} ${execution}`
  await logRun(lake, runId, plan.session, steps)
  const outcomes = steps.flatMap((step) => step.outcomes.map((outcome) => ({ ...outcome, step: step.step })))
  const failed = outcomes.filter(({ status }) => status === 'failed')
  const landed = outcomes.filter(({ step }) => step === 'ingest')
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
