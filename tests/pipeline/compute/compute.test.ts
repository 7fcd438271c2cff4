/** The compute step: made by year, only where inputs changed, and the same bytes whichever way it came about. */
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { computations, compute } from '../../../pipeline/compute/compute.ts'
import { importFiles } from '../../../pipeline/ingest/import-files.ts'
import { materializedView } from '../../../pipeline/silver/derived.ts'
import { silverVersions, staleness } from '../../../pipeline/silver/staleness.ts'
import { tables } from '../../../schemas/tables/index.ts'
import { views } from '../../../schemas/views/index.ts'
import { copyFolder, hashes, newFolder, openTestLake, writeInput } from '../../support/lake.ts'
import { episodeLake } from '../../support/shared-lakes.ts'

const made = computations.map(({ into }) => into.name)
const madeHashes = (folder: string) =>
  Object.fromEntries(Object.entries(hashes(folder, 'silver')).filter(([key]) => made.includes(key.split('/')[1]!)))

const copyOfEpisode = async () => {
  const folder = newFolder()
  copyFolder(await episodeLake(), folder)
  return folder
}

const forget = (folder: string) => {
  for (const name of made) rmSync(join(folder, 'silver', name), { recursive: true, force: true })
  rmSync(join(folder, 'state'), { recursive: true, force: true })
}

describe('compute', () => {
  it('makes every table whose origin is compute and every materialized view, each after what it reads', () => {
    const expected = [
      ...tables.filter((table) => table.origin === 'compute'),
      ...views.filter((view) => view.materialized),
    ].map(({ name }) => name)
    expect([...made].sort()).toEqual(expected.sort())
    expect(made.indexOf('effective_spreads')).toBeGreaterThan(made.indexOf('daily_bars_as_known'))
    expect(made.indexOf('crash_precursors')).toBeGreaterThan(made.indexOf('systemic_risk'))
    expect(made.at(-1)).toBe('precursor_percentiles')
  })

  it('gives evening by evening the bytes that it gives at once', async () => {
    const folder = await copyOfEpisode()
    const before = madeHashes(folder)
    expect(Object.keys(before).length).toBeGreaterThan(10)
    forget(folder)
    const { lake } = await openTestLake({ folder })
    for (const { error } of await compute(lake)) expect(error).toBeNull()
    expect(madeHashes(folder)).toEqual(before)
  })

  it('gives a year that is computed alone the bytes that it has when the years before it are computed with it', async () => {
    const folder = await copyOfEpisode()
    const before = madeHashes(folder)
    const alone = Object.keys(before).filter((key) => key.includes('/year=2025/'))
    expect(alone).toContain('silver/realized_volatility/year=2025/data.parquet')
    expect(Object.keys(before)).toContain('silver/realized_volatility/year=2024/data.parquet')
    const { lake } = await openTestLake({ folder })
    // The copy has other files than the lake that was noted, so that all is made once more.
    await compute(lake)
    for (const key of alone) rmSync(join(folder, key))
    for (const { error } of await compute(lake)) expect(error).toBeNull()
    expect(madeHashes(folder)).toEqual(before)
  })

  it('knows of a year that it came to no rows', async () => {
    const { lake } = await openTestLake()
    const bar = writeInput('bar.csv', 'symbol,session,open,high,low,close,volume\nZZZ,2024-11-20,10,11,9,10,100\n')
    expect(await importFiles(lake, 'daily_bars', [bar], { source: 'desk' })).toMatchObject({ error: null })
    await compute(lake)
    const { store } = lake.platform
    for (const view of views.filter(({ materialized }) => materialized)) {
      const { stale } = await staleness(store, materializedView(view), await silverVersions(store))
      expect(stale, view.name).toEqual([])
    }
    await lake.close()
  })

  it('makes nothing again when nothing changed, and only the year of a new bar', async () => {
    const folder = await copyOfEpisode()
    const { lake } = await openTestLake({ folder })
    // The copy has other files than the lake that was noted, so that all is made once more.
    await compute(lake)
    expect((await compute(lake)).map(({ rowCount }) => rowCount)).toEqual(made.map(() => 0))
    const before = madeHashes(folder)
    const bar = writeInput('bar.csv', 'symbol,session,open,high,low,close,volume\nZZZ,2025-11-20,10,11,9,10,100\n')
    expect(await importFiles(lake, 'daily_bars', [bar], { source: 'desk' })).toMatchObject({ error: null })
    await compute(lake)
    const changed = Object.entries(madeHashes(folder)).filter(([key, hash]) => before[key] !== hash)
    expect(changed.map(([key]) => key).sort()).toEqual(
      ['daily_bars_as_known', 'intraday_reversal', 'realized_volatility', 'spread_estimates'].map(
        (name) => `silver/${name}/year=2025/data.parquet`,
      ),
    )
  })

  it('lets the SQL of a materialized view answer while its objects are stale', async () => {
    const folder = await copyOfEpisode()
    const { lake } = await openTestLake({ folder })
    await compute(lake)
    const bar = writeInput('bar.csv', 'symbol,session,open,high,low,close,volume\nSPY,2025-11-24,660,669,659,668,100\n')
    await importFiles(lake, 'daily_bars', [bar], { source: 'desk' })
    await lake.refresh()
    const session = `session = date '2025-11-24'`
    expect(await lake.engine.rows(`select close from daily_bars_as_known where ${session}`)).toEqual([{ close: 668 }])
    // What rests on it is stale too, although nothing that it reads has been made again.
    expect(await lake.engine.rows(`select count(*) as n from crash_precursors where ${session}`)).toEqual([{ n: 1 }])
  })

  it('survives a lost or broken note of what was made', async () => {
    const folder = await copyOfEpisode()
    const before = madeHashes(folder)
    rmSync(join(folder, 'state'), { recursive: true })
    const { lake } = await openTestLake({ folder })
    await compute(lake)
    expect(madeHashes(folder)).toEqual(before)
  })

  it('takes the members of an imported basket from their first session to their last', async () => {
    const folder = await copyOfEpisode()
    const { lake } = await openTestLake({ folder })
    const members = writeInput(
      'basket.csv',
      [
        'basket,symbol,member_from,member_until',
        'mine,AAPL,2025-06-02,',
        'mine,MSFT,2025-06-02,',
        'mine,NVDA,2025-06-02,2025-09-30',
        '',
      ].join('\n'),
    )
    expect(await importFiles(lake, 'baskets', [members], {})).toMatchObject({ error: null, rejectedCount: 0 })
    await compute(lake)
    const rows = await lake.engine.rows<Record<string, number | string | null>>(
      `select * from basket_comovement where basket = 'mine' order by session`,
    )
    const on = (session: string) => rows.find((row) => row.session === session)
    expect(rows[0]?.session).toBe('2025-06-02')
    expect(on('2025-09-30')?.symbol_count).toBe(3)
    expect(on('2025-10-01')?.symbol_count).toBe(2)
    expect(rows.findIndex((row) => row.average_correlation_20 !== null)).toBe(19)
    expect(rows.findIndex((row) => row.average_correlation_60 !== null)).toBe(59)
    expect(rows.findIndex((row) => row.beta_dominance_60 !== null)).toBe(59)
  })
})
