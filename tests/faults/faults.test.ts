/** A small evening whose process is killed, or whose I/O fails, at any call: the next evening completes it to the same bytes. */
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sampleNetwork } from '../../samples/answers/index.ts'
import { copyFolder, hashes, newFolderInMemory, openTestLake } from '../support/lake.ts'
import { type Answers, at, universe, wanted, window } from './evening.ts'
import { canInjectFaults, compile, type Done, Worker } from './workers.ts'

const kinds = {
  killed: (call: number) => `kill=${call}`,
  'an I/O error': (call: number) => `fail=${call},errno=5`,
  'a full disk': (call: number) => `full=${call}`,
} as const
type Kind = keyof typeof kinds

/** How many calls of each kind a test run tries; a sweep tries all. */
const sampled: Readonly<Record<Kind, number>> = { killed: 24, 'an I/O error': 24, 'a full disk': 14 }
const isSweep = Boolean(process.env.PRECURSOR_SWEEP)
/** Another seed tries other calls. */
const seed = Number(process.env.PRECURSOR_SEED ?? 20_251_120)
const atOnce = 2

const answersOfTheSample = async (): Promise<Answers> => {
  const ask = sampleNetwork(() => new Date(at))
  const text = readFileSync(new URL('../../samples/universe.json', import.meta.url), 'utf8')
  const requests = wanted.flatMap((source) => source.request(window, { universe: universe(text), hasSecret: false }))
  const answers = requests.map(async ({ url }) => {
    const { body } = await ask({ url, hosts: [], maxBytes: 1e9, rate: { requests: 1, seconds: 1 } })
    // Of the long histories the last lines are enough.
    const lines = Buffer.from(body).toString('utf8').split('\n')
    return [url, lines.length > 20 ? [lines[0], ...lines.slice(-4)].join('\n') : lines.join('\n')] as const
  })
  return Object.fromEntries(await Promise.all(answers))
}

const contents = (folder: string) => ({
  ...hashes(folder, 'bronze'),
  ...hashes(folder, 'silver'),
  ...hashes(folder, 'mart'),
})

/** One call out of each of `count` parts of all calls, drawn evenly from a seed: no call is drawn twice. */
const spread = (calls: number, count: number): number[] => {
  const firstOf = (part: number) => 1 + Math.floor((part / count) * calls)
  // Without `noBias`, draws near the ends of a part would be more frequent.
  const partOf = (part: number) => fc.noBias(fc.integer({ min: firstOf(part), max: firstOf(part + 1) - 1 }))
  const parts = Array.from({ length: count }, (_, part) => partOf(part))
  return fc.sample(fc.tuple(...parts), { seed, numRuns: 1 })[0]!
}

describe.skipIf(!canInjectFaults)('faults at I/O calls of a small evening (need a C compiler)', () => {
  const workers: Worker[] = []
  const parent = newFolderInMemory()
  let base: string
  let right: Readonly<Record<string, string>>
  let calls: number
  let lakes = 0

  /** A lake of its own for each attempt: two workers must never share one. */
  const fresh = () => {
    const folder = join(parent, String(++lakes))
    copyFolder(base, folder)
    return folder
  }

  beforeAll(async () => {
    const empty = await openTestLake()
    await empty.lake.close()
    base = empty.folder
    const program = await compile(await answersOfTheSample())
    workers.push(...Array.from({ length: atOnce }, () => new Worker(program)))
    const folder = fresh()
    const done = await workers[0]!.perform({ folder })
    expect(done?.errors).toEqual([])
    calls = done!.calls
    right = contents(folder)
  })

  afterAll(() => {
    for (const worker of workers) worker.stop()
  })

  /** What is wrong after a fault at a call and an evening without one; nothing where all is as it should be. */
  const wrongAfter = async (worker: Worker, kind: Kind, call: number): Promise<string | undefined> => {
    const folder = fresh()
    const struck = await worker.perform({ folder, fault: kinds[kind](call) })
    // The count of calls differs by a few, so that the last ones may not come.
    if (kind === 'killed' && struck && struck.calls >= call) return 'the process was not killed'
    const isWhole = JSON.stringify(contents(folder)) === JSON.stringify(right)
    if (struck && struck.errors.length === 0 && !isWhole) return 'the evening said that all went well, and it had not'
    const again: Done = await worker.perform({ folder })
    if (!again || again.errors.length) return `the next evening failed: ${again?.errors.join('; ')}`
    const found = contents(folder)
    const names = [...new Set([...Object.keys(right), ...Object.keys(found)])]
    const other = names.filter((name) => right[name] !== found[name])
    rmSync(folder, { recursive: true, force: true })
    return other.length ? `other bytes: ${other.join(', ')}` : undefined
  }

  it('makes enough calls to fail at interesting ones', () => {
    expect(calls).toBeGreaterThan(100)
    expect(Object.keys(right).some((key) => key.startsWith('mart/'))).toBe(true)
  })

  it.each(Object.keys(kinds) as Kind[])(
    '%s: the next evening gives the same bytes',
    async (kind) => {
      const all = Array.from({ length: calls }, (_, i) => i + 1)
      const queue = isSweep ? all : spread(calls, sampled[kind])
      expect(new Set(queue).size).toBe(queue.length)
      const wrong: string[] = []
      const tried = queue.length
      await Promise.all(
        workers.map(async (worker) => {
          for (let call = queue.shift(); call; call = queue.shift()) {
            // An error of one attempt must not end the test while the other worker is busy.
            const found = await wrongAfter(worker, kind, call).catch(String)
            if (found) wrong.push(`call ${call} of ${calls}: ${found}`)
          }
        }),
      )
      console.info(`${kind}: ${tried} of ${calls} calls`)
      expect(wrong).toEqual([])
    },
    isSweep ? 24 * 3_600_000 : 1_200_000,
  )
})
