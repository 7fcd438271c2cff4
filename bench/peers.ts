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

/** Does the work of `name` with a library, several times in one process, and leaves the rows in `out`. */
export const runPeer = (
  library: Library,
  name: string,
  silver: string,
  out: string,
  times: number,
  files: readonly string[] = [],
): PeerRun => {
  const script = path('peers/run.py')
  const answer = run(python(), [script, library, name, silver, out, String(times), ...files])
  const { seconds, cpu, peak, version } = JSON.parse(answer) as Answer
  const runs = seconds.map((each, i) => ({ seconds: each, cpu: cpu[i]!, peak: peak * 1024 }))
  return { ...medianOf(runs), version }
}

interface Answer {
  readonly seconds: readonly number[]
  readonly cpu: readonly number[]
  /** In kibibytes. */
  readonly peak: number
  readonly version: string
}
