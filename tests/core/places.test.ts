/** Places: how many pieces of work run at once, and in which order they start. */
import { describe, expect, it } from 'vitest'
import { placesFor } from '../../core/places.ts'
import { heldWork, settled } from '../support/held-work.ts'

describe('places', () => {
  const started: string[] = []
  const recording = (name: string, run: () => Promise<void>) => () => {
    started.push(name)
    return run()
  }

  it('starts work of the lowest rank first, and nothing beside work that is alone', async () => {
    started.length = 0
    const place = placesFor(2)
    const [first, second, alone, last] = [heldWork(), heldWork(), heldWork(), heldWork()]
    const all = [
      place({ isAlone: false, rank: 0 }, recording('first', first.run)),
      place({ isAlone: false, rank: 0 }, recording('second', second.run)),
      place({ isAlone: false, rank: 2 }, recording('last', last.run)),
      place({ isAlone: true, rank: 1 }, recording('alone', alone.run)),
    ]
    await settled()
    expect(started).toEqual(['first', 'second'])
    first.end()
    await settled()
    expect(started).toEqual(['first', 'second'])
    second.end()
    await settled()
    expect(started).toEqual(['first', 'second', 'alone'])
    alone.end()
    await settled()
    expect(started).toEqual(['first', 'second', 'alone', 'last'])
    last.end()
    await Promise.all(all)
  })

  it('gives the place of work that failed to the next', async () => {
    started.length = 0
    const place = placesFor(1)
    const [failing, next] = [heldWork(), heldWork()]
    const failed = place({ isAlone: false, rank: 0 }, recording('failing', failing.run))
    const done = place({ isAlone: false, rank: 0 }, recording('next', next.run))
    failing.fail(new Error('the disk is full'))
    await expect(failed).rejects.toThrow('the disk is full')
    next.end()
    await done
    expect(started).toEqual(['failing', 'next'])
  })

  it('runs one piece of work of a name at a time, and lets later work pass', async () => {
    started.length = 0
    const place = placesFor(2)
    const [first, second, other] = [heldWork(), heldWork(), heldWork()]
    const all = [
      place({ isAlone: false, rank: 0, oneOf: 'code' }, recording('first', first.run)),
      place({ isAlone: false, rank: 0, oneOf: 'code' }, recording('second', second.run)),
      place({ isAlone: false, rank: 1 }, recording('other', other.run)),
    ]
    await settled()
    expect(started).toEqual(['first', 'other'])
    other.end()
    await settled()
    expect(started).toEqual(['first', 'other'])
    first.end()
    await settled()
    expect(started).toEqual(['first', 'other', 'second'])
    second.end()
    await Promise.all(all)
  })
})
