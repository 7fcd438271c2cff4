/**
 * Deployments of tests that query a lake and run no evening. All of them are deployed at once in a test run, by the first test that asks for
 * one: the app is synthesized once, and its assets are uploaded once. `deploy.test.ts` deploys the app as a user does.
 */
import { filledOnce } from '../support/filled-once.ts'
import { type Deployed, deploy, deployedFrom } from './deployment.ts'
import type { LocalAws } from './local-aws.ts'

/** Each has one lake in its bucket at a time. */
const stacks = ['Episode', 'Parity', 'Rebuilt', 'Scans'] as const

export const lakeDeployment = async (aws: LocalAws, stack: (typeof stacks)[number]): Promise<Deployed> => {
  const app = ['--app', 'node --import tsx tests/aws/lake-stacks.ts', '--all', '--concurrency', String(stacks.length)]
  const folder = await filledOnce('deployments', (folder) => deploy(aws, folder, { stacks: stacks.join(',') }, app))
  return deployedFrom(aws, folder, { stack })
}
