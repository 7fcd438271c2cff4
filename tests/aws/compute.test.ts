/** Stored views computed by Athena (real Trino): the rows, notes and objects of the embedded engine, in the lake of a deployment. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { DeleteObjectsCommand, S3Client } from '@aws-sdk/client-s3'
import { beforeAll, describe, expect, inject, it, vi } from 'vitest'
import { openAthena } from '../../adapters/athena/client.ts'
import { athenaUnload, unfinishedPrefix } from '../../adapters/athena/unload.ts'
import { awsPlatform, s3Client } from '../../adapters/aws.ts'
import type { Unload } from '../../core/platform.ts'
import { compute } from '../../pipeline/compute/compute.ts'
import { computeDistributed, onDistributed } from '../../pipeline/compute/distributed.ts'
import type { Lake } from '../../pipeline/lake/lake.ts'
import { openLake } from '../../pipeline/lake/open.ts'
import { storedStates } from '../../pipeline/silver/derived.ts'
import { placeIn } from '../../pipeline/silver/partitions.ts'
import { silverVersions, stateKey } from '../../pipeline/silver/staleness.ts'
import { views } from '../../schemas/views/index.ts'
import { newFolder, oneThread, openTestLake, sampleUniverse } from '../support/lake.ts'
import { overtaken } from '../support/overtaken.ts'
import { precursorBeside } from '../support/precursor.ts'
import { differences } from '../support/rows.ts'
import { episodeLake } from '../support/shared-lakes.ts'
import type { Deployed } from './deployment.ts'
import { region, testCredentials } from './emulator.ts'
import { lakeDeployment } from './lake-deployment.ts'
import { hasLocalAws, localAws } from './local-aws.ts'
import { elements, iam } from './permissions.ts'

const stored = views.filter(({ materialized }) => materialized)
const betweenEngines = 1e-9

describe.skipIf(!hasLocalAws)('stored views computed by Athena', () => {
  let deployed: Deployed
  let there: string

  /** The lake in the bucket, with the queries that it asks Athena to unload. */
  const opened = async () => {
    const platform = awsPlatform({ bucket: deployed.bucket })
    const lake = await openLake(platform, sampleUniverse, oneThread)
    const asked: string[] = []
    const athena = openAthena(deployed)
    const onAthena = athenaUnload({ athena, s3: s3Client(), bucket: deployed.bucket, scratch: platform.scratch })
    const unload: Unload = (query) => {
      asked.push(query)
      return onAthena(query)
    }
    return { lake, asked, unload }
  }
  const forget = async (keys: readonly string[]) => {
    const s3 = new S3Client({
      endpoint: inject('localAws').url,
      region,
      credentials: testCredentials,
      forcePathStyle: true,
    })
    const Objects = keys.map((Key) => ({ Key }))
    await s3.send(new DeleteObjectsCommand({ Bucket: deployed.bucket, Delete: { Objects } }))
  }
  const states = async ({ platform: { store } }: Lake) =>
    new Set((await storedStates(store, views, await silverVersions(store))).values())
  /** The first rows that differ from those of the folder, of all objects of the stored views. */
  const disagreements = async () => {
    const folder = newFolder()
    const { lake } = await openTestLake()
    const found: unknown[] = []
    for (const view of stored) {
      await deployed.download(`silver/${view.name}/`, folder)
      for (const key of Object.keys(await deployed.etags(`silver/${view.name}/`))) {
        const [ours, theirs] = [join(there, key), join(folder, key)]
        if (!existsSync(ours)) found.push({ key })
        else
          for (const each of await differences(lake, view, theirs, ours, { tolerance: betweenEngines }))
            found.push({ key, each })
      }
    }
    await lake.close()
    return found
  }

  beforeAll(async () => {
    const aws = await localAws()
    for (const [name, value] of Object.entries(aws.environment)) vi.stubEnv(name, value)
    there = await episodeLake()
    deployed = await lakeDeployment(aws, 'Rebuilt')
    await deployed.fill(there)
  }, 600_000)

  it('have the rows, the objects and the notes of the embedded engine', async () => {
    const objects = stored.map(({ name }) => `silver/${name}/`)
    const before = (await Promise.all(objects.map((prefix) => deployed.etags(prefix)))).flatMap(Object.keys)
    expect(new Set(before.map((key) => placeIn(key)!.name)).size).toBeGreaterThan(10)
    await forget([...before, ...stored.map(({ name }) => stateKey(name))])

    const { lake, asked, unload } = await opened()
    const outcomes = await computeDistributed(lake, { ...deployed, unload })
    expect(outcomes.filter(({ status }) => status !== 'ok')).toEqual([])
    expect(asked.length).toBeGreaterThan(onDistributed.length / 2)
    const after = (await Promise.all(objects.map((prefix) => deployed.etags(prefix)))).flatMap(Object.keys)
    expect(after).toEqual(before)
    expect(await states(lake)).not.toContain('stale')
    expect(await disagreements()).toEqual([])
    expect(await deployed.etags(unfinishedPrefix)).toEqual({})
    for (const key of after) expect(await lake.platform.store.inspect(key), key).toEqual({ state: 'intact' })
    await lake.close()
  })

  it('are computed once, whatever the engine', async () => {
    const before = await deployed.etags('silver/')
    const { lake, asked, unload } = await opened()
    const again = await computeDistributed(lake, { ...deployed, unload })
    const here = await compute(lake)
    expect([...again, ...here].filter(({ rowCount, status }) => rowCount > 0 || status !== 'ok')).toEqual([])
    expect(asked).toEqual([])
    expect(await deployed.etags('silver/')).toEqual(before)
    await lake.close()
  })

  it('are asked for again when another writer replaces an object meanwhile', async () => {
    const { lake, asked, unload } = await opened()
    const outcomes = await computeDistributed(await overtaken(lake, 'realized_volatility'), { ...deployed, unload })
    expect(outcomes.filter(({ status }) => status !== 'ok')).toEqual([])
    expect([asked.length, new Set(asked).size]).toEqual([2, 1])
    expect(await states(lake)).not.toContain('stale')
    expect(await disagreements()).toEqual([])
    await lake.close()
  })

  /** The environment of a user who has the policy `Computing` and nothing else. */
  const computing = async () => {
    const { url } = inject('localAws')
    const UserName = 'computing'
    const policies = await iam(url, { Action: 'ListPolicies', Scope: 'Local' })
    const PolicyArn = elements(policies, 'Arn').find((arn) => /\/Rebuilt-ComputingPolicy/.test(arn))!
    await iam(url, { Action: 'CreateUser', UserName })
    await iam(url, { Action: 'AttachUserPolicy', UserName, PolicyArn })
    const key = await iam(url, { Action: 'CreateAccessKey', UserName })
    const [[id], [secret]] = [elements(key, 'AccessKeyId'), elements(key, 'SecretAccessKey')]
    return { AWS_ACCESS_KEY_ID: id!, AWS_SECRET_ACCESS_KEY: secret! }
  }

  it('are computed by a command that tells what it scanned', async () => {
    await forget([stateKey('intraday_reversal')])
    const args = ['--aws', '--stack', 'Rebuilt', 'compute', '--engine', 'athena']
    const { environment } = inject('localAws')
    const { status, stdout, stderr } = await precursorBeside(newFolder(), args, {
      ...environment,
      ...(await computing()),
    })
    expect(stderr).toMatch(/Athena: \d+\.\d\d MB scanned by \d+ queries, billed as \d+ MB: \$\d\.\d{5}/)
    expect(stdout).toMatch(/intraday_reversal +\d+ rows/)
    expect(status).toBe(0)
    expect(await disagreements()).toEqual([])
  })
})
