/** Runs on AWS: the state machine of a deployment performs the run, and its steps are reported from the run log. */

import type { Lake } from '../pipeline/lake/lake.ts'
import type { RunRequest } from '../pipeline/runs/request.ts'
import { loggedSteps } from '../pipeline/runs/run-log.ts'
import { exitCodes, reportSteps } from './exit.ts'
import { say, tell } from './output.ts'
import { deploymentOf, type GlobalOptions } from './session.ts'

/** Sends the request, waits for the end and reports it. The run continues if this command is stopped. */
export const runOnAws = async (lake: Lake, options: GlobalOptions, request: RunRequest): Promise<void> => {
  const { requestRun } = await import('../adapters/aws-operator.ts')
  const { platform } = lake
  let told = ''
  const ended = await requestRun(await deploymentOf(options), request, (execution, status) => {
    if (told !== status) tell(`execution ${execution}: ${status.toLowerCase()}\n`)
    told = status
    platform.progress.step(`execution ${execution}`)
  })
  platform.progress.end()
  const logged = await loggedSteps(lake, ended.execution)
  reportSteps(logged)
  if (ended.status === 'SUCCEEDED') {
    if (logged.length === 0) say('nothing to run\n')
    return
  }
  if (logged.length === 0) tell(`${ended.cause ?? ended.status}\n`)
  process.exitCode = exitCodes.failed
}
