/** An AWS on this machine for all tests of the deployment: the emulator, and Athena by real Trino over its Glue and S3. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { startAthena } from './athena/service.ts'
import { freePort } from './beside.ts'
import { cdk } from './cdk.ts'
import { account, credentials, hasPython, region, startEmulator } from './emulator.ts'
import { hasTrino, startTrino } from './trino.ts'

export interface LocalAws {
  readonly url: string
  readonly athenaUrl: string
  readonly trinoUrl: string
  /** File with the calls that the emulator has authorised or refused, one JSON object per line. */
  readonly callLog: string
  /** Where a test may let the sources be replayed. */
  readonly replayPort: number
  /** What a program needs to talk to it. */
  readonly environment: Readonly<Record<string, string>>
}

declare module 'vitest' {
  export interface ProvidedContext {
    localAws: LocalAws
  }
}

export const hasLocalAws = hasPython && hasTrino

export default async function setup(project: TestProject) {
  if (!hasLocalAws) return
  const folder = mkdtempSync(join(tmpdir(), 'precursor-aws-'))
  const [port, trinoPort, replayPort] = [await freePort(), await freePort(), await freePort()]
  const [url, trinoUrl] = [`http://127.0.0.1:${port}`, `http://127.0.0.1:${trinoPort}`]
  const callLog = join(folder, 'calls.jsonl')
  const athena = await startAthena(url, trinoUrl, callLog)
  const stopping: (() => void)[] = [athena.close, () => rmSync(folder, { recursive: true, force: true })]
  const stop = () => {
    for (const each of stopping.splice(0)) each()
  }
  const environment = {
    ...credentials,
    AWS_ENDPOINT_URL: url,
    AWS_ENDPOINT_URL_ATHENA: athena.url,
    CDK_DISABLE_CLI_TELEMETRY: '1',
    NO_COLOR: '1',
  }
  try {
    const replayUrl = `http://127.0.0.1:${replayPort}`
    const logFile = join(folder, 'emulator.log')
    const emulated = async () => {
      const emulator = await startEmulator({ port, replayUrl, athenaUrl: athena.url, logFile, callLog })
      stopping.push(emulator.stop)
      // Outside of the project no app is synthesized.
      await cdk(environment, ['bootstrap', `aws://${account}/${region}`], { cwd: folder })
    }
    const queried = async () => {
      const trino = await startTrino(trinoPort, url, join(folder, 'trino'))
      stopping.push(trino.stop)
    }
    await Promise.all([emulated(), queried()])
  } catch (error) {
    stop()
    throw error
  }
  project.provide('localAws', { url, athenaUrl: athena.url, trinoUrl, callLog, replayPort, environment })
  return stop
}
