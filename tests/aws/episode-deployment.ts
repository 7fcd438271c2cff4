/** A deployment with the episode in its bucket, for tests that only read: filled once in a test run, by the first test that asks for it. */
import { filledOnce } from '../support/filled-once.ts'
import { episodeLake } from '../support/shared-lakes.ts'
import type { Deployed } from './deployment.ts'
import { lakeDeployment } from './lake-deployment.ts'
import type { LocalAws } from './local-aws.ts'

export const episodeDeployment = async (aws: LocalAws): Promise<Deployed> => {
  const [lake, deployed] = [await episodeLake(), await lakeDeployment(aws, 'Episode')]
  await filledOnce('filled-deployment', () => deployed.fill(lake))
  return deployed
}
