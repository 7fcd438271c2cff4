/** A view that is computed by day: only days whose inputs changed are made again, with the bytes of a whole computation. */
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { compute } from '../../../pipeline/compute/compute.ts'
import type { Lake } from '../../../pipeline/lake/lake.ts'
import { land } from '../../support/import.ts'
import { barsOf, importBars } from '../../support/intraday.ts'
import { type Clock, hashes, openTestLake } from '../../support/lake.ts'

const sessions = ['2025-10-31', '2025-11-03', '2025-11-17', '2025-11-18', '2025-11-19', '2025-11-20']
const key = 'silver/intraday_shape/year=2025/data.parquet'

describe('intraday_shape', () => {
  let lake: Lake
  let folder: string
  let clock: Clock
  let imports = 0
  beforeEach(async () => {
    ;({ lake, folder, clock } = await openTestLake())
    return () => lake.close()
  })

  const landed = async (session: string, price: (minute: number) => number, set: Record<string, string> = {}) => {
    clock.set(`2026-11-23T16:${String(imports++ % 60).padStart(2, '0')}:00Z`)
    expect(await importBars(lake, barsOf(session, 78, price, 5), { interval_minutes: '5', ...set })).toMatchObject({
      status: 'ok',
    })
  }
  /** The number of rows that were computed. */
  const made = async () => {
    const outcomes = await compute(lake)
    for (const { error } of outcomes) expect(error).toBeNull()
    return outcomes.find(({ subject }) => subject === 'intraday_shape')!.rowCount
  }
  /** Computes everything once more, and expects the same bytes. */
  const expectSameAsWhole = async () => {
    const before = hashes(folder, 'silver')[key]
    expect(before).toBeDefined()
    rmSync(join(folder, 'state'), { recursive: true })
    expect(await made()).toBeGreaterThan(0)
    expect(hashes(folder, 'silver')[key]).toBe(before)
  }
  const wave = (i: number) => (minute: number) => 100 + i + Math.sin(minute / (20 + i))

  it('computes the session that came, and the sessions after one that changed', async () => {
    for (const [i, session] of sessions.slice(0, 5).entries()) await landed(session, wave(i))
    expect(await made()).toBe(5)
    expect(await made()).toBe(0)
    await landed(sessions[5]!, wave(5))
    expect(await made()).toBe(1)
    // Of another feed: the two sessions of that week, and none ten days later.
    await landed(sessions[0]!, wave(9), { feed: 'consolidated' })
    expect(await made()).toBe(3)
    await expectSameAsWhole()
    const [row] = await lake.engine.rows(
      `select previous_close from intraday_shape where session = date '2025-11-18' and feed = 'iex'`,
    )
    expect(row!.previous_close).toBeCloseTo(wave(2)(385), 9)
  })

  it('does not compute anything for an action of another day, and follows a split', async () => {
    for (const [i, session] of sessions.entries()) await landed(session, wave(i))
    await made()
    const before = hashes(folder, 'silver')[key]
    const action = { symbol: 'SPY', source: 'desk', known_at: '2025-11-01T12:00:00Z' }
    await land(lake, 'corporate_actions', [{ session: '2025-12-19', action: 'dividend', dividend: 1.8 }], action)
    expect(await made()).toBe(0)
    expect(hashes(folder, 'silver')[key]).toBe(before)
    await landed('2025-11-21', (minute) => wave(6)(minute) / 2)
    await land(lake, 'corporate_actions', [{ session: '2025-11-21', action: 'split', split_factor: 2 }], action)
    expect(await made()).toBe(1)
    const [row] = await lake.engine.rows(`select * from intraday_shape where session = date '2025-11-21'`)
    expect(row!.previous_close).toBeCloseTo(wave(5)(385) / 2, 9)
    await expectSameAsWhole()
  })

  it('computes the whole year if another writer was faster', async () => {
    for (const [i, session] of sessions.slice(0, 5).entries()) await landed(session, wave(i))
    await made()
    await landed(sessions[5]!, wave(5))
    const { lake: other } = await openTestLake({ folder })
    const { store } = lake.platform
    let isRaced = false
    const put: typeof store.put = async (...call) => {
      if (call[0] === key && !isRaced) {
        isRaced = true
        await compute(other)
      }
      return store.put(...call)
    }
    const racing = { ...lake, platform: { ...lake.platform, store: { ...store, put } } }
    const outcomes = await compute(racing)
    expect(isRaced).toBe(true)
    expect(outcomes.find(({ subject }) => subject === 'intraday_shape')).toMatchObject({ error: null, rowCount: 6 })
    await other.close()
    await expectSameAsWhole()
  })

  it('computes the whole year if its object was replaced, damaged or lost, or if the notes were', async () => {
    for (const [i, session] of sessions.slice(0, 5).entries()) await landed(session, wave(i))
    await made()
    const next = async (session: string, damage: () => void) => {
      damage()
      await landed(session, wave(7))
      return made()
    }
    expect(await next('2025-11-20', () => writeFileSync(join(folder, key), 'torn'))).toBe(6)
    expect(await next('2025-11-21', () => rmSync(join(folder, key)))).toBe(7)
    expect(await next('2025-11-24', () => rmSync(join(folder, 'state/intraday_shape.json')))).toBe(8)
    expect(await next('2025-11-25', () => {})).toBe(1)
    await expectSameAsWhole()
  })
})
