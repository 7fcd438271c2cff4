/** Runs peers: Python libraries in a virtual environment, which is made by the first run. */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type Measured, medianOf } from './measured.ts'

export const libraries = ['polars', 'pandas', 'chdb'] as const
export type Library = (typeof libraries)[number]

export interface PeerRun extends Measured {
  readonly version: string
  /** The same work with the writing of one file a year, if that was asked for. */
  readonly stored?: Measured
}

const path = (name: string) => fileURLToPath(new URL(name, import.meta.url))
const requirements = path('peers/requirements.txt')

const run = (command: string, args: readonly string[]): string => {
  const { status, stdout, stderr, error } = spawnSync(command, args, { encoding: 'utf8' })
  if (status !== 0) throw new Error(error?.message ?? stderr.trim().split('\n').at(-1) ?? `${command} failed`)
  return stdout
}

/** The Python of an environment with the packages of requirements.txt. */
const python = (): string => {
  const wanted = createHash('sha256').update(readFileSync(requirements)).digest('hex').slice(0, 12)
  const folder = path(`../.cache/bench-peers-${wanted}`)
  if (!existsSync(folder)) {
    const part = `${folder}.part`
    rmSync(part, { recursive: true, force: true })
    mkdirSync(path('../.cache'), { recursive: true })
    run('python3', ['-m', 'venv', part])
    run(`${part}/bin/python`, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '-r', requirements])
    renameSync(part, folder)
  }
  return `${folder}/bin/python`
}

interface PeerWork {
  /** The module in `peers/`. */
  readonly name: string
  readonly silver: string
  /** Where the rows are left. */
  readonly out: string
  readonly times: number
  /** Whether the rows are also written to one file a year, as a second measure. */
  readonly isStored?: boolean
  readonly files?: readonly string[]
}

/** Does the work with a library, several times in one process. */
export const runPeer = (library: Library, work: PeerWork): PeerRun => {
  const { name, silver, out, times, isStored = false, files = [] } = work
  const kind = isStored ? 'stored' : 'made'
  const answer = run(python(), [path('peers/run.py'), library, name, silver, out, String(times), kind, ...files])
  const { peak, version, stored, ...made } = JSON.parse(answer) as Answer
  const median = ({ seconds, cpu }: Runs) =>
    medianOf(seconds.map((each, i) => ({ seconds: each, cpu: cpu[i]!, peak: peak * 1024 })))
  return { ...median(made), version, ...(stored && { stored: median(stored) }) }
}

interface Runs {
  readonly seconds: readonly number[]
  readonly cpu: readonly number[]
}

interface Answer extends Runs {
  /** In kibibytes. */
  readonly peak: number
  readonly version: string
  readonly stored?: Runs | null
}
