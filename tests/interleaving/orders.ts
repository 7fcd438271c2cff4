/** Which orders of calls are tried: all that can differ, those in which one writer pauses, or a seeded sample. */
import fc from 'fast-check'
import { areDependent, type Call, type Turns } from './turns.ts'

/** Names the writer that goes next, or nothing where this order need not be followed to its end. */
export type Choice = (standing: readonly Call[]) => number | undefined

/** More calls than any writer needs: one that makes so many waits for what another one would have to do. */
const most = 5000

/** Follows a choice until all writers are done. Returns the calls in their order, or nothing where it was given up. */
export const follow = async (turns: Turns, choose: Choice): Promise<Call[] | undefined> => {
  const made: Call[] = []
  for (;;) {
    const standing = await turns.standing()
    if (standing.length === 0) return made
    const writer = choose(standing)
    if (writer === undefined) {
      turns.giveUp()
      return undefined
    }
    if (made.length === most) {
      turns.giveUp()
      throw new Error(`after ${most} calls a writer is not done: ${JSON.stringify(made.slice(-10))}`)
    }
    made.push(standing.find((call) => call.writer === writer)!)
    turns.release(writer)
  }
}

/** One writer makes so many calls, then pauses until the others are done, one after another. */
export const pausing =
  (paused: number, after: number): Choice =>
  (standing) => {
    const first = standing.find(({ writer }) => writer === paused)
    if (first && after-- > 0) return paused
    return (standing.find(({ writer }) => writer !== paused) ?? first)!.writer
  }

/** Whoever a seeded draw names. */
export const drawn = (seed: number): Choice => {
  const numbers = fc.sample(fc.noBias(fc.nat()), { seed, numRuns: 400 })
  let next = 0
  return (standing) => standing[numbers[next++ % numbers.length]! % standing.length]!.writer
}

interface Branch {
  readonly choices: readonly number[]
  /** Calls that need not come first after the last choice: orders that begin with them are tried elsewhere. */
  readonly asleep: readonly Call[]
}

/**
 * Every order that can differ, each once: two calls of different writers that do not touch the same object may come
 * in either order, so that only one of both is tried (sleep sets, Godefroid 1996).
 */
export class AllOrders {
  private readonly branches: Branch[] = [{ choices: [], asleep: [] }]
  private given = 0

  /** The next order to follow; nothing when all have been given out. */
  next(): Choice | undefined {
    // Spread over the tree, so that a part of the orders is not all alike.
    const [branch] = this.branches.splice((this.given++ * 7919) % Math.max(1, this.branches.length), 1)
    if (!branch) return undefined
    const made: number[] = []
    let asleep = branch.asleep
    return (standing) => {
      const planned = branch.choices[made.length]
      if (planned !== undefined) {
        made.push(planned)
        if (made.length === branch.choices.length) {
          const call = standing.find(({ writer }) => writer === planned)!
          asleep = branch.asleep.filter((each) => !areDependent(each, call))
        }
        return planned
      }
      const awake = standing.filter(({ writer }) => !asleep.some((each) => each.writer === writer))
      const [first, ...others] = awake
      if (!first) return undefined
      for (const [i, other] of others.entries())
        this.branches.push({ choices: [...made, other.writer], asleep: [...asleep, first, ...others.slice(0, i)] })
      asleep = asleep.filter((each) => !areDependent(each, first))
      made.push(first.writer)
      return first.writer
    }
  }
}
