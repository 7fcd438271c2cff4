/** Places of computations: spans that are in memory at once, and the cores that their work shares. */
import { expect, it, vi } from 'vitest'
import { type Engine, openEngine } from '../../../core/engine.ts'
import { edgeOfWindows } from '../../../pipeline/compute/edge.ts'
import { edgeInPieces } from '../../../pipeline/compute/effective-spreads.ts'
import { placesOf } from '../../../pipeline/compute/places.ts'
import { heldWork, settled } from '../../support/held-work.ts'

/** An engine on as many cores as the test counts with. */
const opened = async (): Promise<Engine> => ({ ...(await openEngine()), cores: 2 })

it('makes three spans at once, and the next one while the objects of a span are written', async () => {
  const engine = await opened()
  const { ofSpan } = placesOf(engine)(0)
  const started: number[] = []
  const leaves: (() => void)[] = []
  const writes = Array.from({ length: 5 }, heldWork)
  const all = writes.map(({ run }, i) =>
    ofSpan({}, async (leave) => {
      started.push(i)
      leaves[i] = leave
      await run()
      return i
    }),
  )
  await settled()
  expect(started).toEqual([0, 1, 2])
  leaves[1]!()
  await settled()
  expect(started).toEqual([0, 1, 2, 3])
  for (const { end } of writes) end()
  expect(await Promise.all(all)).toEqual([0, 1, 2, 3, 4])
  const failed = ofSpan({}, () => Promise.reject(new Error('the disk is full')))
  await expect(failed).rejects.toThrow('the disk is full')
  await engine.close()
})

it('gives a statement all cores if it needs them, or if no other work wants one', async () => {
  const engine = await opened()
  const { ofCores, engineOn } = placesOf(engine)(0)
  const [first, second] = [heldWork(), heldWork()]
  const started: string[] = []
  const recorded =
    (name: string, { run }: ReturnType<typeof heldWork>) =>
    () => {
      started.push(name)
      return run()
    }
  const all = [
    ofCores('all-if-free', recorded('free', first)),
    ofCores('one', recorded('one', second)),
    ofCores('all-if-free', recorded('beside', second)),
    ofCores('all', recorded('all', second)),
  ]
  await settled()
  expect(started).toEqual(['free'])
  first.end()
  // Each first sees that a statement gets one thread.
  await vi.waitFor(() => expect(started.toSorted()).toEqual(['beside', 'free', 'one']))
  await settled()
  expect(started).not.toContain('all')
  second.end()
  await Promise.all(all)
  expect(started.at(-1)).toBe('all')
  const statements = ['a', 'b'].map((text) => `select '${text}' as text`)
  expect(await engineOn(engine).oneThreadEach(statements)).toEqual([[{ text: 'a' }], [{ text: 'b' }]])
  await engine.close()
})

it('gives the spreads of EDGE in pieces that it gives at once', async () => {
  const length = 12_345
  let seed = 7
  const random = () => {
    seed = (seed * 48_271) % 2_147_483_647
    return seed / 2_147_483_647
  }
  const column = (from: number, to: number) => Float64Array.from({ length }, () => from + (to - from) * random())
  const bars = {
    open: column(99, 101).map((value) => (random() < 0.01 ? Number.NaN : value)),
    high: column(101, 102),
    low: column(98, 99),
    previous_close: column(99, 101),
    previous_high: column(101, 102),
    previous_low: column(98, 99),
  }
  const whole = edgeOfWindows(bars, 20)
  expect(whole.filter((value) => value > 0).length).toBeGreaterThan(5_000)
  expect(await edgeInPieces(bars, 20)).toEqual(whole)
})
