/** Programs that run beside the tests: each on its own, and gone when the tests are, however they end. */
import { spawn } from 'node:child_process'
import { openSync } from 'node:fs'
import { createServer } from 'node:net'

export interface Beside {
  /** What it ended with; undefined while it runs. */
  exitCode(): number | undefined
  stop(): void
}

/** The end of the input, which comes when whoever holds it has ended, is the end of the program. */
const guard = 'exec 3<&0; "$@" </dev/null & program=$!; (cat <&3 >/dev/null; kill -9 $program) & wait $program'

export const startBeside = (
  command: readonly string[],
  { env, logFile }: { env: NodeJS.ProcessEnv; logFile: string },
): Beside => {
  const log = openSync(logFile, 'w')
  const child = spawn('sh', ['-c', guard, 'sh', ...command], { stdio: ['pipe', log, log], env })
  return { exitCode: () => child.exitCode ?? undefined, stop: () => void child.stdin!.end() }
}

export const freePort = () =>
  new Promise<number>((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number }
      server.close(() => resolve(port))
    })
  })

/** Waits until `isUp` says so, for as long as the program runs, two minutes at most. */
export const untilUp = async (name: string, program: Beside, isUp: () => Promise<boolean>): Promise<void> => {
  const tries = 1200
  for (let i = 0; i < tries; i++) {
    const code = program.exitCode()
    if (code !== undefined) throw new Error(`${name} ended with ${code} before it answered`)
    if (await isUp().catch(() => false)) return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error(`${name} did not answer within two minutes`)
}
