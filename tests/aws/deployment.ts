/** A real `cdk deploy` onto the emulator, and what a test does with it. */
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import {
  DeleteObjectCommand,
  GetObjectCommand,
  ListBucketsCommand,
  PutObjectCommand,
  paginateListObjectsV2,
  S3Client,
} from '@aws-sdk/client-s3'
import {
  DescribeExecutionCommand,
  paginateGetExecutionHistory,
  SFNClient,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn'
import { etagOf } from '../../adapters/site-bucket.ts'
import { type Deployment, defaultStack } from '../../core/deployment.ts'
import type { RunRequest } from '../../pipeline/runs/request.ts'
import { cdk } from './cdk.ts'
import { region, testCredentials } from './emulator.ts'
import type { LocalAws } from './local-aws.ts'
import { lookUpOnly } from './lookup-range.ts'
import { asked, functionsOf, rootOf } from './permissions.ts'

export interface Execution {
  readonly status: string
  readonly error?: string
  readonly cause?: string
  /** Names of the states that were left, in order. */
  readonly visited: readonly string[]
  /** What each of them gave on, by its name; of a state that was left twice the latter. */
  readonly outputs: Readonly<Record<string, unknown>>
}

export interface Deployed extends Deployment {
  readonly stack: string
  /** The template that was deployed. */
  readonly template: string
  /** Sends a run request to the state machine and waits for its end. */
  execute(request: RunRequest): Promise<Execution>
  /** ETags of the objects under a prefix, by key. */
  etags(prefix: string): Promise<Record<string, string>>
  /** Copies the objects under a prefix into a folder. */
  download(prefix: string, folder: string): Promise<void>
  /** Copies all pages of the site into a folder, if the stack has a site. */
  downloadSite(folder: string): Promise<void>
  /** Copies one object, by its URL, into a file. */
  fetch(url: string, file: string): Promise<void>
  /** Makes the bucket hold just what a folder has under `silver/`, `mart/` and `state/`, and the catalog look for nothing else. */
  fill(folder: string): Promise<void>
  /** Calls the function whose logical name begins so, and waits for its end. */
  invoke(name: string): Promise<void>
  destroy(): Promise<void>
}

const filled = /^(silver|mart|state)\//

/** Does the work for each, some at once. */
const eachSideBySide = async <T>(all: readonly T[], work: (each: T) => Promise<unknown>): Promise<void> => {
  const left = [...all]
  const next = async () => {
    for (let each = left.shift(); each !== undefined; each = left.shift()) await work(each)
  }
  await Promise.all(Array.from({ length: 8 }, next))
}

type Context = Readonly<Record<string, string>>

const givenBy = (context: Context) => Object.entries(context).flatMap(([name, value]) => ['-c', `${name}=${value}`])
const applicationIn = (output: string) => join(output, 'cdk.out')
const outputsIn = (output: string) => join(output, 'outputs.json')

/** `context` is what a user gives with `-c`, such as the name of the stack; `more` are further arguments of the command. */
export const deploy = async (
  aws: LocalAws,
  output: string,
  context: Context,
  more: readonly string[] = [],
): Promise<void> => {
  const options = ['--require-approval', 'never', '--outputs-file', outputsIn(output), ...more]
  await cdk(aws.environment, ['deploy', '--output', applicationIn(output), ...options, ...givenBy(context)])
}

/** What was deployed with the same folder and context. */
export const deployedFrom = (aws: LocalAws, output: string, context: Context): Deployed => {
  const folder = applicationIn(output)
  const stack = context.stack ?? defaultStack
  const deployment = JSON.parse(readFileSync(outputsIn(output), 'utf8'))[stack] as Deployment
  const s3 = new S3Client({ endpoint: aws.url, region, credentials: testCredentials, forcePathStyle: true })
  const states = new SFNClient({ endpoint: aws.url, region, credentials: testCredentials })
  const objects = async (prefix: string, bucket = deployment.bucket) => {
    const found: { key: string; etag: string }[] = []
    for await (const page of paginateListObjectsV2({ client: s3 }, { Bucket: bucket, Prefix: prefix }))
      for (const { Key, ETag } of page.Contents ?? []) found.push({ key: Key!, etag: ETag! })
    return found
  }
  /** What was downloaded, by ETag. Most objects are the same after the next evening. */
  const bodies = new Map<string, Uint8Array>()
  const download = async (prefix: string, folder: string, bucket = deployment.bucket) => {
    for (const { key, etag } of await objects(prefix, bucket)) {
      const body = bodies.get(etag) ?? (await bodyOf(key, bucket))
      bodies.set(etag, body)
      mkdirSync(dirname(join(folder, key)), { recursive: true })
      writeFileSync(join(folder, key), body)
    }
  }
  const bodyOf = async (Key: string, Bucket: string) => {
    const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }))
    return Body!.transformToByteArray()
  }
  const statesLeft = async (executionArn: string) => {
    const left: { name: string; output: unknown }[] = []
    for await (const { events } of paginateGetExecutionHistory({ client: states }, { executionArn }))
      for (const { stateExitedEventDetails: details } of events ?? [])
        if (details?.name) left.push({ name: details.name, output: JSON.parse(details.output ?? 'null') })
    return left
  }
  return {
    ...deployment,
    stack,
    template: join(folder, `${stack}.template.json`),
    execute: async (request) => {
      const input = { stateMachineArn: deployment.stateMachine, input: JSON.stringify(request) }
      const { executionArn } = await states.send(new StartExecutionCommand(input))
      for (;;) {
        const { status, error, cause } = await states.send(new DescribeExecutionCommand({ executionArn }))
        if (status !== 'RUNNING') {
          const left = await statesLeft(executionArn!)
          const ended = {
            status: status!,
            visited: left.map(({ name }) => name),
            outputs: Object.fromEntries(left.map(({ name, output }) => [name, output])),
          }
          return { ...ended, ...(error ? { error } : {}), ...(cause ? { cause } : {}) }
        }
        await new Promise((resolve) => setTimeout(resolve, 500))
      }
    },
    etags: async (prefix) => Object.fromEntries((await objects(prefix)).map(({ key, etag }) => [key, etag])),
    download,
    downloadSite: async (folder) => {
      const { Buckets = [] } = await s3.send(new ListBucketsCommand())
      const bucket = Buckets.find(({ Name }) => Name!.startsWith(`${stack.toLowerCase()}-sitepages`))
      await download('', folder, bucket!.Name!)
    },
    fetch: async (url, file) => {
      const [, Bucket, Key] = /^s3:\/\/([^/]+)\/(.*)$/.exec(url)!
      writeFileSync(file, await bodyOf(Key!, Bucket!))
    },
    fill: async (folder) => {
      const Bucket = deployment.bucket
      const present = new Map((await objects('')).map(({ key, etag }) => [key, etag]))
      const wanted = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
        (key) => filled.test(key) && statSync(join(folder, key)).isFile(),
      )
      const isWanted = new Set(wanted)
      const others = [...present.keys()].filter((key) => filled.test(key) && !isWanted.has(key))
      await eachSideBySide(others, (Key) => s3.send(new DeleteObjectCommand({ Bucket, Key })))
      // Lakes have many objects in common, such as those of the calendar.
      await eachSideBySide(wanted, async (Key) => {
        const Body = readFileSync(join(folder, Key))
        if (present.get(Key) === etagOf(Body)) return
        await s3.send(new PutObjectCommand({ Bucket, Key, Body }))
      })
      await lookUpOnly(aws.url, deployment.database, folder)
    },
    invoke: async (name) => {
      const { FunctionName } = (await functionsOf(aws.url, stack)).find((each) => each.name === name)!
      await asked(`${aws.url}/2015-03-31/functions/${FunctionName}/invocations`, {
        method: 'POST',
        headers: rootOf('lambda'),
        body: '{}',
      })
    },
    // The app as it was synthesized for the deployment.
    destroy: () => cdk(aws.environment, ['destroy', '--app', folder, '--force']),
  }
}
