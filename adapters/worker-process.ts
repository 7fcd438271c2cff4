/**
 * A process of its own that answers questions one at a time. It is ended when a question takes too long or too much memory, which
 * an engine inside of this process would not allow: some of its functions cannot be interrupted, and its limit of memory does not count
 * all that they take.
 */
import { type ChildProcess, fork } from 'node:child_process'
import { rm } from 'node:fs/promises'

/** Work on a question has a limit of its own. Opening takes a moment, and longer if objects are downloaded first. */
export type Phase = 'opening' | 'work'

/** A message of the worker: it begins a phase of a question, it answers the question, or the question failed with an error. */
type Sent =
  | { readonly begun: Phase }
  | { readonly answer: unknown }
  | { readonly error: { readonly name: string; readonly message: string } }

const memoryCheckMs = 10
const openingSeconds = 300

/** The worker was ended because of a limit. */
export class LimitError extends Error {
  override readonly name = 'LimitError'
  constructor(readonly limit: 'time' | 'memory') {
    super(`the worker took too much ${limit}`)
  }
}

/** An error inside of the worker. */
export class WorkerError extends Error {
  constructor(
    override readonly name: string,
    message: string,
  ) {
    super(message)
  }
}

export interface WorkerOptions {
  /** The program of the worker, a module for Node. */
  readonly program: string
  /** The first message that the worker gets. */
  readonly settings: unknown
  /** Folder for its temporary files, which is removed when it ends. */
  readonly scratch: string
}

export interface Workers {
  /** Starts the worker if it does not run, and asks it. A worker that works longer than `seconds` is ended. */
  ask(question: unknown, seconds: number): Promise<unknown>
  end(): Promise<void>
}

export const workers = ({ program, settings, scratch }: WorkerOptions): Workers => {
  let child: ChildProcess | undefined
  const clear = () => rm(scratch, { recursive: true, force: true, maxRetries: 5 })

  const start = (): ChildProcess => {
    // It gets no options of this process, such as those of a test runner.
    const started = fork(program, [], {
      serialization: 'advanced',
      execArgv: [],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    })
    started.send(settings as object)
    started.once('exit', () => {
      if (child === started) child = undefined
    })
    return started
  }

  const ask = (question: unknown, seconds: number): Promise<unknown> =>
    new Promise((resolve, reject) => {
      child ??= start()
      const asked = child
      let isLate = false
      const late = () => {
        isLate = true
        asked.kill('SIGKILL')
      }
      let deadline = setTimeout(late, openingSeconds * 1000)
      const done = () => {
        clearTimeout(deadline)
        asked.off('message', take).off('exit', gone).off('error', reject)
      }
      const take = (sent: Sent) => {
        if ('begun' in sent) {
          clearTimeout(deadline)
          deadline = setTimeout(late, (sent.begun === 'work' ? seconds : openingSeconds) * 1000)
          return
        }
        done()
        if ('answer' in sent) resolve(sent.answer)
        else reject(new WorkerError(sent.error.name, sent.error.message))
      }
      const gone = (code: number | null, signal: string | null) => {
        done()
        // Where neither this process nor a limit of time ended it, it ended itself, or the system did, for want of memory.
        const limit = isLate ? 'time' : signal === 'SIGKILL' ? 'memory' : undefined
        const reason = limit
          ? new LimitError(limit)
          : new WorkerError('UsageError', `the engine failed (${signal ?? code})`)
        clear().then(() => reject(reason), reject)
      }
      asked.on('message', take).once('exit', gone).once('error', reject)
      asked.send(question as object)
    })

  return {
    ask,
    end: async () => {
      const last = child
      if (!last) return
      await new Promise<void>((resolve) => {
        last.once('exit', () => resolve())
        last.kill('SIGKILL')
      })
      await clear()
    },
  }
}

/** Inside of a worker: answers each question with what `work` makes of it, and ends itself beyond so many bytes of memory. */
export const answerAsWorker = async <S, Q>(
  open: (settings: S) => {
    readonly mostMemory: () => number
    readonly answer: (question: Q, begin: (phase: Phase) => void) => Promise<unknown>
  },
): Promise<void> => {
  const send = (sent: Sent) => process.send?.(sent)
  // The user stops the process that asks, and that one ends the worker.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => {})
  process.once('disconnect', () => process.exit())
  const messages: unknown[] = []
  let wake: (() => void) | undefined
  process.on('message', (message) => {
    messages.push(message)
    wake?.()
  })
  const next = async (): Promise<unknown> => {
    while (messages.length === 0)
      await new Promise<void>((resolve) => {
        wake = resolve
      })
    return messages.shift()
  }
  const { mostMemory, answer } = open((await next()) as S)
  setInterval(() => {
    if (process.memoryUsage.rss() > mostMemory()) process.kill(process.pid, 'SIGKILL')
  }, memoryCheckMs).unref()
  for (;;) {
    const question = (await next()) as Q
    try {
      send({ answer: await answer(question, (begun) => send({ begun })) })
    } catch (error) {
      const { name, message } = error as Error
      send({ error: { name, message } })
    }
  }
}
