/** The run log: one row per step and subject of a run, in the table `runs`. SQL and the exit code agree. */

import { knowledgeOf } from '../../calendar/knowledge.ts'
import { type Outcome, total, worst } from '../../core/outcome.ts'
import { runs } from '../../schemas/tables/runs.ts'
import { quoted } from '../../schemas/view.ts'
import { reading } from '../lake/current.ts'
import type { Lake } from '../lake/lake.ts'
import { partitionsOf, rewrite } from '../silver/objects.ts'

export interface StepReport {
  readonly step: string
  readonly startedAt: string
  readonly outcomes: readonly Outcome[]
}

/** Subject of the row that sums up a step. A step without other subjects has this row alone. */
const whole = 'all'

/** Adds the steps of one run to the table. */
export const logRun = async (
  lake: Lake,
  runId: string,
  session: string | null,
  steps: readonly StepReport[],
): Promise<void> => {
  const now = lake.platform.now()
  const rows = steps.flatMap(({ step, startedAt, outcomes }) => {
    const all: Outcome = {
      subject: whole,
      status: worst(outcomes.map((each) => each.status)),
      rowCount: total(outcomes, (each) => each.rowCount),
      rejectedCount: total(outcomes, (each) => each.rejectedCount),
      error: null,
    }
    return [all, ...outcomes].map((each) => ({
      run_id: runId,
      step,
      subject: each.subject,
      session,
      status: each.status,
      row_count: each.rowCount,
      rejected_count: each.rejectedCount,
      started_at: startedAt,
      error: each.error,
      ...knowledgeOf({ source: 'pipeline', known_at: now.toISOString(), known_basis: 'observed' }),
    }))
  })
  const years = (await partitionsOf(lake.platform.store, runs)).filter((year) => year === now.getUTCFullYear())
  await rewrite(lake, runs, years, async (present) => {
    await lake.engine.load('logged', runs.columns, rows)
    const columns = Object.keys(runs.columns).join(', ')
    await lake.engine.run(
      `create or replace table runs_now as
       select ${columns} from ${present} where run_id <> '${runId}' union all select ${columns} from logged`,
    )
    return 'runs_now'
  })
}

interface LoggedOutcome extends Outcome {
  readonly step: string
  readonly startedAt: string
}

/** The steps that an execution on AWS has logged, in order. */
export const loggedSteps = reading(async ({ engine }: Lake, execution: string): Promise<StepReport[]> => {
  const logged = await engine.rows<LoggedOutcome>(
    `select step, subject, status, row_count as "rowCount", rejected_count as "rejectedCount", error, started_at as "startedAt"
     from runs where ends_with(run_id, ${quoted(` ${execution}`)}) order by started_at, step, subject`,
  )
  const names = [...new Set(logged.map(({ step }) => step))]
  return names.map((step) => {
    const rows = logged.filter((each) => each.step === step)
    return { step, startedAt: rows[0]!.startedAt, outcomes: rows.filter(({ subject }) => subject !== whole) }
  })
})
