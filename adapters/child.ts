/** A program that runs below this one. A signal that stops this process stops it too. */
import { spawn } from 'node:child_process'

export interface ChildOptions {
  readonly folder: string
  /** Takes what it writes. Default: it writes where this process does. */
  readonly take?: (text: string) => void
}

export interface Child {
  /** Its exit code, when it has ended; 1 if it was killed or could not be started. */
  readonly ended: Promise<number>
  stop(): void
}

export const startChild = (words: readonly string[], { folder, take }: ChildOptions): Child => {
  const [program = '', ...rest] = words
  const piped = take ? 'pipe' : 'inherit'
  const child = spawn(program, rest, { cwd: folder, stdio: ['ignore', piped, piped] })
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (text: string) => take?.(text))
  const ended = new Promise<number>((resolve) => {
    child.once('error', (error) => {
      take?.(`${error.message}\n`)
      resolve(1)
    })
    child.once('close', (code) => resolve(code ?? 1))
  })
  return { ended, stop: () => void child.kill('SIGTERM') }
}
