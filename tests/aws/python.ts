/** Virtual environments of the tests, in the cache folder. Each is made once, and anew when its requirements change. */
import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { cache, works } from './installed.ts'

const requirements = {
  emulator: './requirements.txt',
  clients: './clients/requirements.txt',
  superset: './clients/superset-requirements.txt',
  connect: '../tools/connect/requirements.txt',
} as const

type Environment = keyof typeof requirements

export const hasPython = works('python3', '-c', 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 10))')
if (!hasPython && process.env.CI) throw new Error('in CI Python 3.10 or newer, with venv, must be there')

const requirementsOf = (name: Environment): string => fileURLToPath(new URL(requirements[name], import.meta.url))

const folderOf = (name: Environment): string => {
  const hash = createHash('sha256')
    .update(readFileSync(requirementsOf(name)))
    .digest('hex')
  return join(cache, `${name}-${hash.slice(0, 12)}`)
}

/** Exists when everything of the environment is installed. */
export const installedMark = (name: Environment): string => join(folderOf(name), 'installed')

/** A program of an environment, which need not be installed yet. */
export const pythonProgram = (name: Environment, program = 'python'): string => join(folderOf(name), 'bin', program)

/** Makes an environment if it is missing. Only one process at a time may make the same one. */
export const installPython = async (name: Environment): Promise<void> => {
  const [folder, mark] = [folderOf(name), installedMark(name)]
  if (existsSync(mark)) return
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(cache, { recursive: true })
  const run = promisify(execFile)
  await run('python3', ['-m', 'venv', folder])
  // Python compiles what a program imports. The packages have many times as much code.
  const options = ['--quiet', '--disable-pip-version-check', '--no-compile']
  await run(pythonProgram(name), ['-m', 'pip', 'install', ...options, '-r', requirementsOf(name)])
  mkdirSync(`${mark}.part`)
  renameSync(`${mark}.part`, mark)
}
