/** A deployment with the episode in its bucket, for tests that only read: made once in a test run, by the first test that asks for it. */
import { filledOnce } from '../support/filled-once.ts'
import { episodeLake } from '../support/shared-lakes.ts'
import { type Deployed, deploy, deployedFrom } from './deployment.ts'
import type { LocalAws } from './local-aws.ts'

export const episodeDeployment = async (aws: LocalAws): Promise<Deployed> => {
  const lake = await episodeLake()
  const context = { stack: 'Episode' }
  const folder = await filledOnce('deployment', async (folder) => {
    const deployed = await deploy(aws, folder, context)
    await deployed.fill(lake)
  })
  return deployedFrom(aws, folder, context)
}
