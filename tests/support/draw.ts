/** Random choices that follow from a seed. */
import { randomLcg } from 'd3-random'

export interface Draw {
  /** A whole number from `least` to `most`. */
  readonly whole: (least: number, most: number) => number
  readonly one: <T>(from: readonly T[]) => T
  readonly shuffled: <T>(items: readonly T[]) => T[]
}

export const drawFrom = (seed: number): Draw => {
  const random = randomLcg(seed)
  const whole = (least: number, most: number) => least + Math.floor(random() * (most - least + 1))
  return {
    whole,
    one: (from) => from[whole(0, from.length - 1)]!,
    shuffled: (items) => {
      const keys = items.map((item) => ({ item, key: random() }))
      return keys.sort((a, b) => a.key - b.key).map(({ item }) => item)
    },
  }
}
