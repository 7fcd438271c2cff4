/** Mutations: what can happen to a payload on its way, each with what may come of it. */
import type { Format, Seed } from './seed.ts'

/**
 * What a single payload cannot reveal, so that other rows than the right ones may land. Nothing else may: a mutation
 * without one of these reasons lands the right rows, sets rows aside by name, or is refused by name.
 */
export const undetectable = {
  digit: 'A digit in place of another digit leaves a plausible number or date.',
  text: 'A letter in place of another in free text, or in a text that a source filters by, leaves a plausible text.',
  shorter: 'A file that ends after a whole line, or a list with fewer items, is what a shorter history looks like.',
  blank: 'A blank or null in a column that may be unknown is how a provider says that it does not know.',
  wide: 'A finite number in a column of doubles that declares no range may be a figure of another size.',
  sign: 'The sign of a figure that may be negative is part of the figure.',
  parquet: 'Parquet pages carry no checksum that the engine checks.',
} as const

export type Reason = keyof typeof undetectable

export interface Mutation {
  /** The family, for counting and for findings. */
  readonly kind: string
  /** What was done, for a person. */
  readonly what: string
  readonly body: Uint8Array
  /** Whether the payload still says the same, so that the same rows must land. */
  readonly isSame?: boolean
  /** Why other rows may land. */
  readonly mayBeOther?: Reason
}

/** Draws of a mutation: numbers from 0 up to 2^31, which a mutator takes what it needs from. */
export class Draws {
  private next = 0
  constructor(private readonly numbers: readonly number[]) {}
  /** A whole number below the limit. */
  below(limit: number): number {
    const drawn = this.numbers[this.next++ % this.numbers.length]!
    return limit > 0 ? drawn % limit : 0
  }
  of<T>(items: readonly T[]): T | undefined {
    return items.length ? items[this.below(items.length)] : undefined
  }
}

/** Makes a mutation of a seed, or nothing where the seed has no place for it. */
export type Mutator = (seed: Seed, draws: Draws) => Mutation | undefined | Promise<Mutation | undefined>

export interface Family {
  readonly kind: string
  readonly formats: readonly Format[]
  /** How many mutations of each seed a test run makes of it; one where it is not said. */
  readonly share?: number
  readonly mutate: Mutator
}

export const textOf = (seed: Seed): string => Buffer.from(seed.body).toString('utf8')

export const spliced = (text: string, at: number, removed: number, put: string): string =>
  text.slice(0, at) + put + text.slice(at + removed)
