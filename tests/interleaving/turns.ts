/** Turns: several writers over one store, of whom one at a time makes its next store call. The test says who. */
import type { ObjectStore } from '../../core/platform.ts'

export interface Call {
  readonly writer: number
  readonly method: string
  /** The key, or the prefix of a list. */
  readonly key: string
}

const reading = ['list', 'versions', 'get', 'snapshot']
const listing = ['list', 'versions']

export const isWrite = ({ method }: Call) => !reading.includes(method)

const overlap = (a: Call, b: Call): boolean =>
  a.key === b.key ||
  (listing.includes(a.method) && b.key.startsWith(a.key)) ||
  (listing.includes(b.method) && a.key.startsWith(b.key))

/** Whether the order of two calls can matter. */
export const areDependent = (a: Call, b: Call): boolean =>
  a.writer === b.writer || ((isWrite(a) || isWrite(b)) && overlap(a, b))

interface Waiting extends Call {
  readonly go: () => void
  readonly giveUp: () => void
}

/** A writer was told to stop, because its order of calls has been seen. */
export class AbandonedError extends Error {
  override readonly name = 'AbandonedError'
}

export class Turns {
  private readonly waiting: Waiting[][]
  private readonly isDone: boolean[]
  private running = 0
  private isOver = false
  private wake: () => void = () => {}

  constructor(private readonly count: number) {
    this.waiting = Array.from({ length: count }, () => [])
    this.isDone = Array.from({ length: count }, () => false)
  }

  /** The store as a writer sees it: each call waits for its turn. */
  storeOf(writer: number, store: ObjectStore): ObjectStore {
    return new Proxy(store, {
      get: (target, name: keyof ObjectStore) => {
        const member = target[name] as unknown
        // Paths are told without a look at the objects.
        if (typeof member !== 'function' || name === 'readable') return member
        return async (...given: unknown[]) => {
          await this.turn({ writer, method: name, key: String(given[0]) })
          try {
            return await Reflect.apply(member as (...all: unknown[]) => unknown, target, given)
          } finally {
            this.running -= 1
            this.wake()
          }
        }
      },
    })
  }

  private turn(call: Call): Promise<void> {
    return new Promise((resolve, reject) => {
      const go = () => {
        this.running += 1
        resolve()
      }
      const giveUp = () => {
        this.running += 1
        reject(new AbandonedError('this order of calls is given up'))
      }
      if (this.isOver) return giveUp()
      this.waiting[call.writer]!.push({ ...call, go, giveUp })
      this.wake()
    })
  }

  done(writer: number): void {
    this.isDone[writer] = true
    this.wake()
  }

  /** Waits until each writer waits at a call or is done; gives the next call of each that waits. */
  async standing(): Promise<readonly Call[]> {
    const isStanding = () =>
      this.running === 0 && this.waiting.every((calls, writer) => this.isDone[writer] || calls.length > 0)
    while (!isStanding()) {
      await new Promise<void>((resolve) => {
        this.wake = resolve
      })
    }
    return this.waiting.flatMap((calls) => calls.slice(0, 1))
  }

  /** Lets a writer make its next call. */
  release(writer: number): void {
    this.waiting[writer]!.shift()!.go()
  }

  /** Ends all writers. */
  giveUp(): void {
    this.isOver = true
    for (const calls of this.waiting) for (const call of calls.splice(0)) call.giveUp()
  }

  get writers(): number {
    return this.count
  }
}
