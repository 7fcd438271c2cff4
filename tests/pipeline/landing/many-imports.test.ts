/** Imports one after another: a later one does the same work as an early one, and none waits for ever. */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import type { ObjectStore } from '../../../core/platform.ts'
import { importSource, keep } from '../../../pipeline/ingest/bronze.ts'
import { importBodies } from '../../../pipeline/ingest/import-files.ts'
import type { Lake } from '../../../pipeline/lake/lake.ts'
import { importDecoder, importDecoderWithin } from '../../../pipeline/landing/import.ts'
import { landAll, landNew } from '../../../pipeline/landing/land.ts'
import { openTestLake } from '../../support/lake.ts'

const header = 'symbol,session,open,high,low,close,volume'

/** A lake whose store notes its calls. */
const noting = (lake: Lake): { lake: Lake; calls: string[] } => {
  const calls: string[] = []
  const store = new Proxy(lake.platform.store, {
    get: (target, name: keyof ObjectStore) => {
      const member = target[name] as unknown
      if (typeof member !== 'function') return member
      return (...given: unknown[]) => {
        calls.push(name)
        return Reflect.apply(member as (...all: unknown[]) => unknown, target, given)
      }
    },
  })
  return { lake: { ...lake, platform: { ...lake.platform, store } }, calls }
}

it('forty imports: the last one makes as many calls of the store as the second, and no file is left over', async () => {
  const { lake, folder, clock } = await openTestLake()
  const noted = noting(lake)
  const callsOf: string[][] = []
  for (let i = 0; i < 40; i++) {
    clock.set(`2026-11-23T15:00:${String(i).padStart(2, '0')}Z`)
    noted.calls.length = 0
    const body = Buffer.from(`${header}\nS${i},2025-11-20,1,2,1,2,5\n`)
    const name = i % 2 ? 'bars.csv' : `bars-${i}.csv`
    expect(await importBodies(noted.lake, 'daily_bars', [{ name, body }], { source: 'desk' })).toMatchObject({
      status: 'ok',
      rowCount: 1,
    })
    callsOf.push([...noted.calls].sort())
  }
  expect(callsOf.at(-1)).toEqual(callsOf[1])
  await lake.refresh()
  expect(await lake.engine.rows('select count(*) as n from daily_bars')).toEqual([{ n: 40 }])
  expect(await lake.engine.rows('select count(*) as n from payloads')).toEqual([{ n: 40 }])
  await lake.close()
  expect(readdirSync(join(folder, '.tmp'))).toEqual([])
  expect(readdirSync(folder).sort()).toEqual(['.tmp', '.writes', 'bronze', 'silver'])
  const claims = readdirSync(join(folder, '.writes/silver/payloads/year=2026/data.parquet'))
  expect(claims.length).toBeLessThan(10)
})

it('a file that has landed takes no more memory of the engine', async () => {
  const { lake } = await openTestLake()
  const rows = Array.from({ length: 30_000 }, (_, i) => `S${i},2025-11-20,1,2,1,2,5`)
  const body = Buffer.from(`${[header, ...rows].join('\n')}\n`)
  expect(await importBodies(lake, 'daily_bars', [{ name: 'bars.csv', body }], { source: 'desk' })).toMatchObject({
    rowCount: rows.length,
  })
  const held = `select table_name from duckdb_tables() where estimated_size >= ${rows.length}`
  expect(await lake.engine.rows(held)).toEqual([])
  await lake.close()
})

it('a file that takes too long to read is refused by name, and lands when it is read again with more time', async () => {
  const { lake } = await openTestLake()
  const symbols = Array.from({ length: 200_000 }, (_, i) => `S${i},2025-11-20,1,2,1,2,5`)
  const arrival = {
    source: importSource,
    key: 'daily_bars-bars.csv',
    fetched_at: '2026-11-23T15:00:00.000Z',
    extension: 'csv',
    status: 200,
    headers: {},
    file: 'bars.csv',
    table: 'daily_bars',
    set: { source: 'desk' },
  }
  await keep(lake.platform.store, arrival, Buffer.from(`${header}\n${symbols.join('\n')}\n`))
  const report = await landNew(lake, importDecoderWithin(0.001))
  expect(report.refusals).toEqual([
    expect.stringMatching(
      /^ContractError: daily_bars: bars\.csv was given up after 0\.001 seconds \(bronze\/import\/.*\)$/,
    ),
  ])
  expect(await landAll(lake, importDecoder)).toMatchObject({ rowCount: 200_000, refusals: [] })
  await lake.close()
})
