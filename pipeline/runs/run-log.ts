/** The run log: one row per step and subject of a run, in the table `runs`. SQL and the exit code agree. */

import { knowledgeOf } from '../../calendar/knowledge.ts'
import { type Outcome, total, worst } from '../../core/outcome.ts'
import { runs } from '../../schemas/tables/runs.ts'
import type { Lake } from '../lake/lake.ts'
import { rewrite, yearsOf } from '../silver/objects.ts'

export interface StepReport {
  readonly step: string
  readonly startedAt: string
  readonly outcomes: readonly Outcome[]
}

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
      subject: 'all',
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
  const years = (await yearsOf(lake.platform.store, runs)).filter((year) => year === now.getUTCFullYear())
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
