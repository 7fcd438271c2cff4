/** The preloaded library, and processes that do small evenings under it. */
import { type ChildProcessWithoutNullStreams, execFileSync, spawn, spawnSync } from 'node:child_process'
import { symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { newFolder } from '../support/lake.ts'
import type { Answers } from './evening.ts'

const here = (name: string) => fileURLToPath(new URL(name, import.meta.url))
const universe = fileURLToPath(new URL('../../samples/universe.json', import.meta.url))

/** LD_PRELOAD is how Linux loads a library before all others. */
export const canInjectFaults = process.platform === 'linux' && spawnSync('cc', ['--version']).status === 0
if (!canInjectFaults && process.env.CI) throw new Error('in CI a C compiler must be there for the faults at I/O calls')

export interface Program {
  readonly library: string
  readonly worker: string
  readonly answers: string
}

/** Compiles the library, and the worker into one file, which starts faster. */
export const compile = async (answers: Answers): Promise<Program> => {
  const folder = newFolder()
  const library = join(folder, 'io-faults.so')
  execFileSync('cc', ['-shared', '-fPIC', '-O2', '-o', library, here('io-faults.c'), '-ldl'])
  const worker = join(folder, 'worker.mjs')
  await build({
    entryPoints: [here('worker.ts')],
    outfile: worker,
    bundle: true,
    platform: 'node',
    format: 'esm',
    external: ['@duckdb/node-api'],
    banner: {
      js: `import { createRequire as requiring } from 'node:module'; const require = requiring(import.meta.url)`,
    },
    logLevel: 'error',
  })
  symlinkSync(here('../../node_modules'), join(folder, 'node_modules'))
  const answersFile = join(folder, 'answers.json')
  writeFileSync(answersFile, JSON.stringify(answers))
  return { library, worker, answers: answersFile }
}

export interface Evening {
  readonly folder: string
  /** A command of the library; without one nothing fails. */
  readonly fault?: string
}

/** What an evening came to, or nothing where its process was killed. */
export type Done = { readonly errors: readonly string[]; readonly calls: number } | undefined

/** Does one evening at a time; a process that was killed is replaced. */
export class Worker {
  private child: ChildProcessWithoutNullStreams | undefined
  constructor(private readonly program: Program) {}

  private start(): ChildProcessWithoutNullStreams {
    const { worker, answers, library } = this.program
    return spawn(process.execPath, [worker, universe, answers], { env: { ...process.env, LD_PRELOAD: library } })
  }

  perform({ folder, fault }: Evening): Promise<Done> {
    this.child ??= this.start()
    const child = this.child
    const said: string[] = []
    const noted = (chunk: Buffer) => said.push(chunk.toString())
    const lines = createInterface({ input: child.stdout })
    child.stderr.on('data', noted)
    return new Promise<Done>((resolve, reject) => {
      const ended = (code: number | null, signal: string | null) => {
        this.child = undefined
        if (signal === 'SIGKILL') resolve(undefined)
        else reject(new Error(`the worker ended with ${code ?? signal}: ${said.join('')}`))
      }
      // After the end of its output, which tells why.
      child.once('close', ended)
      lines.once('line', (line) => {
        child.off('close', ended)
        child.stderr.off('data', noted)
        resolve(JSON.parse(line) as Done)
      })
      child.stdin.write(`${JSON.stringify({ folder, fault: fault ?? null })}\n`)
    }).finally(() => lines.close())
  }

  stop(): void {
    this.child?.kill()
    this.child = undefined
  }
}
