/** A deployment as its operator sees it: finds the parts of a stack, starts runs of its state machine and follows them. */
import { DescribeExecutionCommand, ListExecutionsCommand, SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn'
import { type Deployment, deploymentParameter } from '../core/deployment.ts'
import { UsageError } from '../core/errors.ts'
import type { RunRequest } from '../pipeline/runs/request.ts'
import { parameter } from './ssm.ts'

const pollMs = 2_000

export const findDeployment = async (stack: string): Promise<Deployment> => {
  const name = deploymentParameter(stack)
  const found = await parameter(name).catch((error: Error) => {
    throw new UsageError(`cannot look up the deployment ${stack} (${name}): ${error.message}`)
  })
  if (!found)
    throw new UsageError(
      `there is no deployment ${stack} in this account and region (${name}): deploy it with \`npx cdk deploy\``,
    )
  return JSON.parse(found) as Deployment
}

export interface Ended {
  readonly execution: string
  readonly status: string
  readonly startedAt: string
  /** Reason of a failure. */
  readonly cause: string | null
}

/** Starts a run and waits for its end. The run continues if the caller stops waiting. */
export const requestRun = async (
  { stateMachine }: Deployment,
  request: RunRequest,
  tell: (execution: string, status: string) => void,
): Promise<Ended> => {
  const states = new SFNClient({})
  const { executionArn } = await states.send(
    new StartExecutionCommand({ stateMachineArn: stateMachine, input: JSON.stringify(request) }),
  )
  for (;;) {
    const { status, cause, startDate, name } = await states.send(new DescribeExecutionCommand({ executionArn }))
    tell(name!, status!)
    if (status !== 'RUNNING')
      return { execution: name!, status: status!, startedAt: startDate!.toISOString(), cause: cause ?? null }
    await new Promise((resolve) => setTimeout(resolve, pollMs))
  }
}

export type RecentRun = Omit<Ended, 'cause'>

/** The last runs, newest first. */
export const recentRuns = async ({ stateMachine }: Deployment, count: number): Promise<RecentRun[]> => {
  const listed = await new SFNClient({}).send(
    new ListExecutionsCommand({ stateMachineArn: stateMachine, maxResults: count }),
  )
  return (listed.executions ?? []).map(({ name, status, startDate }) => ({
    execution: name!,
    status: status!,
    startedAt: startDate!.toISOString(),
  }))
}
