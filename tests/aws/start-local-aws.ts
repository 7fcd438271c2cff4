/** Starts the AWS of `local-aws.ts` beside the first tests, and installs what its clients need. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { startAthena } from './athena/service.ts'
import { freePort } from './beside.ts'
import { cdk } from './cdk.ts'
import { account, credentials, region, startEmulator } from './emulator.ts'
import { hasLocalAws } from './local-aws.ts'
import { installPython } from './python.ts'
import { startTrino } from './trino.ts'

export default async function setup(project: TestProject) {
  if (!hasLocalAws) return
  const folder = mkdtempSync(join(tmpdir(), 'precursor-aws-'))
  const [port, trinoPort, replayPort] = [await freePort(), await freePort(), await freePort()]
  const [url, trinoUrl] = [`http://127.0.0.1:${port}`, `http://127.0.0.1:${trinoPort}`]
  const callLog = join(folder, 'calls.jsonl')
  const athena = await startAthena(url, trinoUrl, callLog)
  const run = new AbortController()
  /** A program that starts after the end of the run is stopped at once. */
  const atEnd = (stop: () => void) => {
    if (run.signal.aborted) stop()
    else run.signal.addEventListener('abort', stop)
  }
  atEnd(athena.close)
  const environment = {
    ...credentials,
    AWS_ENDPOINT_URL: url,
    AWS_ENDPOINT_URL_ATHENA: athena.url,
    CDK_DISABLE_CLI_TELEMETRY: '1',
    NO_COLOR: '1',
  }
  const [started, failed] = [join(folder, 'started'), join(folder, 'failed')]
  const emulated = async () => {
    await installPython('emulator')
    const replayUrl = `http://127.0.0.1:${replayPort}`
    const logFile = join(folder, 'emulator.log')
    const emulator = await startEmulator({ port, replayUrl, athenaUrl: athena.url, logFile, callLog })
    atEnd(emulator.stop)
    // Outside of the project no app is synthesized.
    await cdk(environment, ['bootstrap', `aws://${account}/${region}`], { cwd: folder })
  }
  const queried = async () => {
    const trino = await startTrino(trinoPort, url, join(folder, 'trino'))
    atEnd(trino.stop)
  }
  const start = async () => {
    await Promise.all([emulated(), queried()])
    writeFileSync(started, '')
    await installPython('clients')
    await installPython('superset')
  }
  start().catch((error: Error) => {
    // A run that ends before all of it has started removes the folder, and nothing waits any more.
    if (!run.signal.aborted) writeFileSync(failed, String(error.stack))
  })
  project.provide('localAws', {
    url,
    athenaUrl: athena.url,
    trinoUrl,
    callLog,
    replayPort,
    environment,
    started,
    failed,
  })
  return () => {
    run.abort()
    rmSync(folder, { recursive: true, force: true })
  }
}
