/** The end of a run: its steps go to the run log, and its failures into one message. */
import { type Outcome, type Status, total, worst } from '../../core/outcome.ts'
import { printableLine } from '../../core/printable.ts'
import type { Lake } from '../lake/lake.ts'
import { logRun, type StepReport } from './run-log.ts'

export interface EndedRun {
  /** `run`, `backfill`, `poll`, or the command that was run. */
  readonly verb: string
  readonly session: string | null
  readonly startedAt: string
  /** Name of the execution on AWS. */
  readonly execution?: string
  readonly steps: readonly StepReport[]
}

export interface RunSummary {
  readonly runId: string
  readonly status: Status
  readonly rowCount: number
  readonly rejectedCount: number
  readonly failedCount: number
  /** Which steps failed and why, for a person to read. Errors quote payloads, so each is one line that steers no terminal. */
  readonly message: string
}

/** Logs a run and summarizes it. */
export const endRun = async (lake: Lake, ended: EndedRun): Promise<RunSummary> => {
  const { verb, session, startedAt, execution, steps } = ended
  const runId = [startedAt, verb, ...(execution ? [execution] : [])].join(' ')
  await logRun(lake, runId, session, steps)
  const outcomes = steps.flatMap((step) => step.outcomes.map((outcome) => ({ ...outcome, step: step.step })))
  const failed = outcomes.filter(({ status }) => status === 'failed')
  const landed: readonly Outcome[] = outcomes.filter(({ step }) => step === 'ingest')
  const lines = failed.map(({ step, subject, error }) => printableLine(`${step} ${subject}: ${error ?? 'failed'}`))
  const summary = failed.length ? `${failed.length} failed, the others landed` : 'all landed'
  return {
    runId,
    status: worst(outcomes.map(({ status }) => status)),
    rowCount: total(landed, (each) => each.rowCount),
    rejectedCount: total(landed, (each) => each.rejectedCount),
    failedCount: failed.length,
    message: [`${verb} of ${session}: ${summary}`, ...lines].join('\n'),
  }
}
