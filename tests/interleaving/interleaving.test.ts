/**
 * Two and three writers over one lake, in the orders that their store calls can have: nothing is lost, the ledger agrees
 * with the rows, no writer fails, and the objects are those of the same work done one after another.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newFolder, openTestLake } from '../support/lake.ts'
import { AllOrders, type Choice, drawn, pausing } from './orders.ts'
import { importOf, openWriters, rebuildImports, rederive, type Seen, type Work, type Writers } from './writers.ts'

const isSweep = Boolean(process.env.PRECURSOR_SWEEP)
const timeout = isSweep ? 24 * 3_600_000 : 1_200_000
const groups: Writers[] = []
/** A lake with the calendar alone, and one in which an import has landed. */
let empty: string
let started: string
const nothing = newFolder()

beforeAll(async () => {
  const test = await openTestLake()
  started = newFolder()
  await test.lake.close()
  empty = test.folder
  const begun = await openTestLake({ folder: started, at: '2025-11-21T14:00:00Z' })
  await importOf('Z')(begun.lake)
  await begun.lake.close()
  // Writers that lose a race wait a little: meanwhile another order is tried.
  groups.push(...(await Promise.all([openWriters(3), openWriters(3), openWriters(3)])))
})

afterAll(async () => {
  for (const group of groups) await group.close()
})

type Serial = Awaited<ReturnType<Writers['serially']>>

const wrongIn = ({ calls, outcomes, rows, ledger, hashes }: Seen, right: Serial): string | undefined => {
  const failed = outcomes.find(({ status }) => status !== 'ok')
  const wrong = failed
    ? `${failed.subject} failed: ${failed.error}`
    : JSON.stringify(rows) !== JSON.stringify(right.rows)
      ? `${rows.length} rows instead of ${right.rows.length}`
      : JSON.stringify(ledger) !== JSON.stringify(right.ledger)
        ? `the ledger has ${JSON.stringify(ledger)}`
        : JSON.stringify(hashes) !== JSON.stringify(right.hashes)
          ? 'other bytes'
          : undefined
  return (
    wrong &&
    `${wrong}\n      ${calls?.map(({ writer, method, key }) => `${'ABC'[writer]} ${method} ${key}`).join('\n      ')}`
  )
}

interface Tried {
  readonly count: number
  readonly isAll: boolean
  readonly wrong: readonly string[]
}

/** Tries orders until there are no more, or until so many have been tried. */
const tryOrders = async (
  base: string,
  works: readonly Work[],
  next: () => Choice | undefined,
  most: number,
): Promise<Tried> => {
  const right = await groups[0]!.serially(base, works)
  const wrong: string[] = []
  let count = 0
  let isAll = false
  let working = 0
  await Promise.all(
    groups.map(async (group) => {
      while (count < most && wrong.length === 0) {
        const choose = next()
        if (!choose) {
          // Another group may still find orders to try.
          if (working === 0) {
            isAll = true
            return
          }
          await new Promise((resolve) => setTimeout(resolve, 5))
          continue
        }
        working += 1
        const seen = await group.run(base, works, choose)
        working -= 1
        if (!seen.calls) continue
        count += 1
        const found = wrongIn(seen, right)
        if (found) wrong.push(found)
      }
    }),
  )
  return { count, isAll, wrong }
}

const each = (choices: readonly Choice[]) => {
  const left = [...choices]
  return () => left.shift()
}

/** Every place at which a writer can pause, in a run where nobody waits. */
const pauses = async (base: string, works: readonly Work[], writer: number): Promise<Choice[]> => {
  const seen = await groups[0]!.run(base, works, pausing(writer, Number.POSITIVE_INFINITY))
  const own = seen.calls!.filter((call) => call.writer === writer)
  return own.map((_, after) => pausing(writer, after))
}

const report = (name: string, { count, isAll }: Tried) =>
  console.info(`${name}: ${count} orders${isAll ? ', all that can differ' : ', a part of them'}`)

describe('every order of the store calls of two writers', () => {
  it.each<readonly [string, readonly Work[], number]>([
    ['two imports into one table and year', [importOf('A'), importOf('B')], 200],
    ['an import, and all imports derived anew', [importOf('A'), rederive], 50],
  ])(
    '%s',
    async (name, works, most) => {
      const orders = new AllOrders()
      const tried = await tryOrders(started, works, () => orders.next(), isSweep ? Number.POSITIVE_INFINITY : most)
      report(name, tried)
      expect(tried.wrong).toEqual([])
    },
    timeout,
  )

  it(
    'two first imports into a lake that has only its calendar',
    async () => {
      const orders = new AllOrders()
      const works = [importOf('A'), importOf('B')]
      const tried = await tryOrders(empty, works, () => orders.next(), isSweep ? Number.POSITIVE_INFINITY : 30)
      report('two first imports', tried)
      expect(tried.wrong).toEqual([])
    },
    timeout,
  )
})

describe('a writer that pauses at one of its calls until the others are done', () => {
  it.each<readonly [string, readonly Work[]]>([
    ['an import beside two others', [importOf('A'), importOf('B'), importOf('C')]],
    ['an import beside another one and a rederivation', [importOf('A'), importOf('B'), rederive]],
    ['a rederivation beside two imports', [rederive, importOf('A'), importOf('B')]],
  ])(
    '%s',
    async (name, works) => {
      const choices = await pauses(started, works, 0)
      const tried = await tryOrders(started, works, each(choices), choices.length)
      report(name, tried)
      expect(tried.wrong).toEqual([])
      expect(tried.count).toBe(choices.length)
    },
    timeout,
  )

  it(
    'a rebuild beside an import',
    async () => {
      const works = [rebuildImports, importOf('A')]
      const all = await pauses(started, works, 0)
      // Most of its calls read the calendar.
      const choices = isSweep ? all : [...all.filter((_, i) => i % 80 === 0), ...all.slice(-6)]
      const tried = await tryOrders(started, works, each(choices), choices.length)
      report('a rebuild beside an import', tried)
      expect(tried.wrong).toEqual([])
    },
    timeout,
  )

  it(
    'a first command on a new lake beside another first command',
    async () => {
      const works = [importOf('A'), importOf('B')]
      const all = await pauses(nothing, works, 0)
      const choices = isSweep ? all : all.filter((_, i) => i % Math.ceil(all.length / 4) === 1)
      const tried = await tryOrders(nothing, works, each(choices), choices.length)
      report(`first commands, paused at ${choices.length} of ${all.length} calls`, tried)
      expect(tried.wrong).toEqual([])
    },
    timeout,
  )
})

describe('a seeded sample of the orders of three writers', () => {
  it.each<readonly [string, readonly Work[], number]>([
    ['three imports', [importOf('A'), importOf('B'), importOf('C')], 15],
    ['two imports and a rederivation', [importOf('A'), importOf('B'), rederive], 15],
  ])(
    '%s',
    async (name, works, count) => {
      const most = isSweep ? 3000 : count
      const tried = await tryOrders(
        started,
        works,
        each(Array.from({ length: most }, (_, i) => drawn(20_251_120 + i))),
        most,
      )
      report(name, tried)
      expect(tried.wrong).toEqual([])
    },
    timeout,
  )

  it(
    'three first commands on a new lake',
    async () => {
      const works = [importOf('A'), importOf('B'), importOf('C')]
      const most = isSweep ? 200 : 2
      const tried = await tryOrders(nothing, works, each(Array.from({ length: most }, (_, i) => drawn(7 + i))), most)
      report('three first commands', tried)
      expect(tried.wrong).toEqual([])
    },
    timeout,
  )
})
