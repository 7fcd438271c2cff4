/** A real `cdk deploy` onto the emulator, and what a test does with it. */
import { execFile } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { GetObjectCommand, paginateListObjectsV2, S3Client } from '@aws-sdk/client-s3'
import {
  DescribeExecutionCommand,
  paginateGetExecutionHistory,
  SFNClient,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn'
import type { Deployment } from '../../pipeline/deployment.ts'
import type { Order } from '../../pipeline/orders/plan.ts'
import { account, type Emulator, region } from './emulator.ts'

const project = fileURLToPath(new URL('../..', import.meta.url))

export interface Execution {
  readonly status: string
  readonly error?: string
  readonly cause?: string
  /** Names of the states that were left, in order. */
  readonly visited: readonly string[]
}

export interface Deployed extends Deployment {
  /** The template that was deployed. */
  readonly template: string
  /** Gives an order to the state machine and waits for its end. */
  execute(order: Order): Promise<Execution>
  /** ETags of the objects under a prefix, by key. */
  etags(prefix: string): Promise<Record<string, string>>
  /** Copies the objects under a prefix into a folder. */
  download(prefix: string, folder: string): Promise<void>
  destroy(): Promise<void>
}

export const deploy = async (emulator: Emulator, universe: string, output: string): Promise<Deployed> => {
  const cdk = async (...args: string[]) => {
    const command = [join(project, 'node_modules/aws-cdk/bin/cdk'), '--output', join(output, 'cdk.out'), ...args]
    const environment = { ...process.env, ...emulator.environment }
    try {
      await promisify(execFile)(process.execPath, command, { cwd: project, env: environment, maxBuffer: 1e8 })
    } catch (error) {
      throw new Error(`cdk ${args[0]}: ${(error as { stderr?: string }).stderr?.slice(-4000)}`)
    }
  }
  const context = ['-c', 'architecture=x86_64', '-c', `universe=${universe}`]
  const outputs = join(output, 'outputs.json')
  await cdk('bootstrap', `aws://${account}/${region}`, ...context)
  await cdk('deploy', '--require-approval', 'never', '--outputs-file', outputs, ...context)
  const deployment = JSON.parse(readFileSync(outputs, 'utf8')).Precursor as Deployment

  const credentials = { accessKeyId: account, secretAccessKey: 'x' }
  const s3 = new S3Client({ endpoint: emulator.url, region, credentials, forcePathStyle: true })
  const states = new SFNClient({ endpoint: emulator.url, region, credentials })
  const objects = async (prefix: string) => {
    const found: { key: string; etag: string }[] = []
    for await (const page of paginateListObjectsV2({ client: s3 }, { Bucket: deployment.bucket, Prefix: prefix }))
      for (const { Key, ETag } of page.Contents ?? []) found.push({ key: Key!, etag: ETag! })
    return found
  }
  const statesLeft = async (executionArn: string) => {
    const left: string[] = []
    for await (const { events } of paginateGetExecutionHistory({ client: states }, { executionArn }))
      left.push(...(events ?? []).flatMap(({ stateExitedEventDetails }) => stateExitedEventDetails?.name ?? []))
    return left
  }
  return {
    ...deployment,
    template: join(output, 'cdk.out', 'Precursor.template.json'),
    execute: async (order) => {
      const input = { stateMachineArn: deployment.stateMachine, input: JSON.stringify(order) }
      const { executionArn } = await states.send(new StartExecutionCommand(input))
      for (;;) {
        const { status, error, cause } = await states.send(new DescribeExecutionCommand({ executionArn }))
        if (status !== 'RUNNING') {
          const ended = { status: status!, visited: await statesLeft(executionArn!) }
          return { ...ended, ...(error ? { error } : {}), ...(cause ? { cause } : {}) }
        }
        await new Promise((resolve) => setTimeout(resolve, 200))
      }
    },
    etags: async (prefix) => Object.fromEntries((await objects(prefix)).map(({ key, etag }) => [key, etag])),
    download: async (prefix, folder) => {
      for (const { key } of await objects(prefix)) {
        const { Body } = await s3.send(new GetObjectCommand({ Bucket: deployment.bucket, Key: key }))
        mkdirSync(dirname(join(folder, key)), { recursive: true })
        writeFileSync(join(folder, key), await Body!.transformToByteArray())
      }
    },
    destroy: () => cdk('destroy', '--force', ...context),
  }
}
