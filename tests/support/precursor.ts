/** The command line as a user has it: a process of its own. */
import { execFile, spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

export const bin = fileURLToPath(new URL('../../bin/precursor.mjs', import.meta.url))

export interface Result {
  readonly status: number | null
  readonly stdout: string
  readonly stderr: string
}

/** The environment of a shell, without what a user may have set for lakes of his own and what npm adds below it. */
export const environment = (more: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv => ({
  ...process.env,
  NO_COLOR: '1',
  PRECURSOR_LAKE: '',
  npm_command: '',
  ...more,
})

export const precursor = (lake: string, ...args: string[]): Result => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [bin, '--lake', lake, ...args], {
    encoding: 'utf8',
    maxBuffer: 1e8,
    env: environment(),
  })
  return { status, stdout, stderr }
}

/** The same while this process does something else, such as answering requests. */
export const precursorBeside = (lake: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Result> =>
  new Promise((resolve) => {
    execFile(
      process.execPath,
      [bin, '--lake', lake, ...args],
      { maxBuffer: 1e8, env: environment(env) },
      (error, stdout, stderr) =>
        resolve({ status: error ? ((error as { code?: number }).code ?? null) : 0, stdout, stderr }),
    )
  })
