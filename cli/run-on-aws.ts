/** Runs on AWS: the state machine of a deployment performs the run, and its steps are reported from the run log. */

import type { Outcome } from '../core/outcome.ts'
import type { Lake } from '../pipeline/lake/lake.ts'
import type { RunRequest } from '../pipeline/runs/request.ts'
import { quoted } from '../schemas/view.ts'
import { exitCodes, reportSteps } from './exit.ts'
import { deploymentOf, type GlobalOptions } from './session.ts'

interface LoggedOutcome extends Outcome {
  readonly step: string
  readonly startedAt: string
}

/** Sends the request, waits for the end and reports it. The run continues if this command is stopped. */
export const runOnAws = async (lake: Lake, options: GlobalOptions, request: RunRequest): Promise<void> => {
  const { requestRun } = await import('../adapters/aws-operator.ts')
  const { platform, engine } = lake
  let told = ''
  const ended = await requestRun(await deploymentOf(options), request, (execution, status) => {
    if (told !== status) process.stderr.write(`execution ${execution}: ${status.toLowerCase()}\n`)
    told = status
    platform.progress.step(`execution ${execution}`)
  })
  platform.progress.end()
  await lake.refresh()
  const logged = await engine.rows<LoggedOutcome>(
    `select step, subject, status, row_count as "rowCount", rejected_count as "rejectedCount", error, started_at as "startedAt"
     from runs where ends_with(run_id, ${quoted(` ${ended.execution}`)}) and subject <> 'all' order by started_at, step, subject`,
  )
  const names = [...new Set(logged.map(({ step }) => step))]
  reportSteps(
    names.map((step) => {
      const outcomes = logged.filter((each) => each.step === step)
      return { step, startedAt: outcomes[0]!.startedAt, outcomes }
    }),
  )
  if (ended.status === 'SUCCEEDED') {
    if (logged.length === 0) process.stdout.write('nothing to run\n')
    return
  }
  if (logged.length === 0) process.stderr.write(`${ended.cause ?? ended.status}\n`)
  process.exitCode = exitCodes.failed
}
