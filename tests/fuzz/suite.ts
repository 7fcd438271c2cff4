/** A suite of mutations: one test per seed, and one that counts them. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findingsOf, mutationsOf, rounds, told } from './fuzz.ts'
import { type FuzzLake, openFuzzLake } from './fuzz-lake.ts'
import type { Mutation } from './mutation.ts'
import { nameOf, type Seed } from './seed.ts'

const shown = 20

export const fuzzSuite = (
  title: string,
  seeds: readonly Seed[],
  { least, unseeded }: { readonly least: number; readonly unseeded: (seeds: readonly Seed[]) => readonly string[] },
): void => {
  describe(`mutated ${title}`, () => {
    let lake: FuzzLake
    const mutations = new Map<string, Mutation[]>()

    beforeAll(async () => {
      lake = await openFuzzLake()
      for (const seed of seeds) mutations.set(nameOf(seed), await mutationsOf(seed))
    })

    afterAll(() => lake.close())

    it('are made from a right payload of each, in great number', () => {
      expect(unseeded(seeds)).toEqual([])
      const count = [...mutations.values()].reduce((sum, each) => sum + each.length, 0)
      console.info(`${count} mutated ${title}`)
      expect(count).toBeGreaterThan(least)
    })

    it.each(seeds.map((seed) => [nameOf(seed), seed] as const))(
      '%s',
      async (name, seed) => {
        const findings = await findingsOf(lake, seed, mutations.get(name)!)
        expect(findings.slice(0, shown).map(told)).toEqual([])
      },
      300_000 * rounds,
    )
  })
}
