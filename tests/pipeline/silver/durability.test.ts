/** Races: two writers leave the rows of both. Kills and failing I/O are in tests/faults, orders of calls in tests/interleaving. */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { localPlatform } from '../../../adapters/local.ts'
import { ConflictError } from '../../../core/errors.ts'
import { importBodies } from '../../../pipeline/ingest/import-files.ts'
import { openLake } from '../../../pipeline/lake/open.ts'
import { announcement, land } from '../../support/import.ts'
import { newFolder, openTestLake, sampleUniverse } from '../../support/lake.ts'

const at = '2025-11-21T15:00:00Z'

const openAt = (folder: string) =>
  openLake(localPlatform({ lake: folder, now: () => new Date(at), environment: {} }), sampleUniverse)

describe('two writers at once', () => {
  it('leave one lake with the rows of both', async () => {
    const { folder, lake } = await openTestLake({ at })
    await lake.close()
    const rowsOf = (symbol: string) =>
      Buffer.from(
        `symbol,session,open,high,low,close,volume\n${Array.from(
          { length: 5 },
          (_, i) => `${symbol},2025-11-${17 + i},1,2,1,2,${i}`,
        )
          .slice(0, 4)
          .join('\n')}\n`,
      )
    const writers = await Promise.all(
      ['A', 'B', 'C', 'D'].map(async (symbol) => ({ symbol, lake: await openAt(folder) })),
    )
    const outcomes = await Promise.all(
      writers.map(({ symbol, lake: own }) =>
        importBodies(own, 'daily_bars', [{ name: `${symbol}.csv`, body: rowsOf(symbol) }], {
          source: `desk_${symbol}`,
        }),
      ),
    )
    for (const outcome of outcomes) expect(outcome).toMatchObject({ status: 'ok', error: null })
    const reader = await openAt(folder)
    await reader.refresh()
    expect(
      await reader.engine.rows('select symbol, count(*) as n from daily_bars group by symbol order by symbol'),
    ).toEqual(['A', 'B', 'C', 'D'].map((symbol) => ({ symbol, n: 4 })))
    expect(await reader.engine.rows('select count(*) as n, count(distinct bronze_key) as keys from payloads')).toEqual([
      { n: 4, keys: 4 },
    ])
    for (const { lake: own } of writers) await own.close()
    await reader.close()
  })
})

describe('a year that another writer makes first', () => {
  it('is read and merged, although it was not there at the beginning', async () => {
    const { folder, lake } = await openTestLake({ at })
    const other = await openAt(folder)
    const schedule = (release: string) =>
      announcement(release, '2026-01-01', '2026-02-06T13:30:00Z', '2025-11-20T12:00:00Z')
    const key = 'silver/release_calendar/year=2025/data.parquet'
    let isFirst = true
    const store = {
      ...lake.platform.store,
      put: async (...given: Parameters<typeof lake.platform.store.put>) => {
        if (given[0] === key && isFirst) {
          isFirst = false
          await land(other, 'release_calendar', [schedule('consumer_prices')], { source: 'b' })
        }
        return lake.platform.store.put(...given)
      },
    }
    const late = { ...lake, platform: { ...lake.platform, store } }
    await land(late, 'release_calendar', [schedule('nonfarm_payrolls')], { source: 'a' })
    expect(isFirst).toBe(false)
    expect(await lake.engine.rows('select release from release_calendar order by release')).toEqual([
      { release: 'consumer_prices' },
      { release: 'nonfarm_payrolls' },
    ])
    await other.close()
    await lake.close()
  })
})

describe('the store of a folder', () => {
  const open = () => localPlatform({ lake: newFolder() })
  const text = (value: string) => Buffer.from(value)

  it('writes what is absent once, and replaces only the state that was read', async () => {
    const { store } = open()
    await store.put('a/b', text('1'), 'absent')
    await expect(store.put('a/b', text('2'), 'absent')).rejects.toThrow(ConflictError)
    const read = (await store.snapshot('a/b'))!
    await store.put('a/b', text('2'), { etag: read.etag })
    await expect(store.put('a/b', text('3'), { etag: read.etag })).rejects.toThrow(ConflictError)
    await expect(store.put('a/c', text('3'), { etag: read.etag })).rejects.toThrow(ConflictError)
    expect(Buffer.from((await store.get('a/b'))!).toString()).toBe('2')
    expect(await store.get('a/missing')).toBeUndefined()
    expect((await store.list('a')).map(({ key }) => key)).toEqual(['a/b'])
  })

  it('loses no increment of racing writers', async () => {
    const { store } = open()
    await store.put('n', text('0'), 'absent')
    const increment = async (): Promise<void> => {
      const { path, etag } = (await store.snapshot('n'))!
      try {
        await store.put('n', text(String(Number(readFileSync(path, 'utf8')) + 1)), { etag })
      } catch (error) {
        if (!(error instanceof ConflictError)) throw error
        await increment()
      }
    }
    await Promise.all(Array.from({ length: 20 }, increment))
    expect(Buffer.from((await store.get('n'))!).toString()).toBe('20')
  })

  it('gives a snapshot that later writes do not change', async () => {
    const { store, close } = open()
    await store.put('k', text('old'), 'absent')
    const before = (await store.snapshot('k'))!
    await store.put('k', text('new'), { etag: before.etag })
    expect(readFileSync(before.path, 'utf8')).toBe('old')
    await close()
  })
})
