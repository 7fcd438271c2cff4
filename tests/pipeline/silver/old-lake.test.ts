/** A lake that an earlier version wrote, before two nullable columns were declared: every command works on it. */
import { beforeAll, describe, expect, it } from 'vitest'
import { verification } from '../../../cli/integrity-findings.ts'
import { freshness, trust } from '../../../cli/lake-findings.ts'
import { importBodies } from '../../../pipeline/ingest/import-files.ts'
import { rebuild } from '../../../pipeline/ingest/rebuild.ts'
import type { Lake } from '../../../pipeline/lake/lake.ts'
import { publish } from '../../../pipeline/publish/publish.ts'
import { copyFolder, hashes, openTestLake } from '../../support/lake.ts'
import { importOldBars, lacking, oldLake, writtenAt } from '../../support/old-lake.ts'

const open = async () => {
  const template = await openTestLake()
  await template.lake.close()
  copyFolder(oldLake, template.folder)
  return openTestLake({ folder: template.folder, at: '2025-11-24T15:00:00Z' })
}

const volumes = async (lake: Lake) => {
  await lake.refresh()
  return lake.engine.rows('select symbol, session, volume from daily_bars order by symbol, session')
}
const old = (volume: readonly (number | null)[]) =>
  ['2024-12-31', '2025-01-02', '2025-01-03'].map((session, i) => ({ symbol: 'OLD', session, volume: volume[i] }))

const importNew = (lake: Lake) =>
  importBodies(
    lake,
    'daily_bars',
    [{ name: 'new.csv', body: Buffer.from('symbol,session,open,high,low,close,volume\nNEW,2025-01-06,1,2,1,2,7\n') }],
    { source: 'desk' },
  )

describe('a lake of an earlier version', () => {
  let fresh: string

  beforeAll(async () => {
    const { lake, folder } = await openTestLake({ at: writtenAt })
    await importOldBars(lake)
    await lake.close()
    fresh = folder
  })

  it('lacks columns that are declared today', async () => {
    const { lake, folder } = await open()
    for (const [table, column] of Object.entries(lacking)) {
      const columns = await lake.engine.columnsOf(
        `select * from read_parquet('${folder}/silver/${table}/year=2025/data.parquet', hive_partitioning = false)`,
      )
      expect(columns.map(({ name }) => name)).not.toContain(column)
    }
    await lake.close()
  })

  it('is queried with NULL in those columns', async () => {
    const { lake } = await open()
    expect(await volumes(lake)).toEqual(old([null, null, null]))
    expect(await lake.engine.rows("select asked_to, status from payloads where request_key like '%old.csv'")).toEqual([
      { asked_to: null, status: 'landed' },
    ])
    expect(await lake.engine.rows('select count(*) as n from daily_bars where year = 2025')).toEqual([{ n: 2 }])
    await lake.close()
  })

  it('takes new rows; the objects that they touch then have the columns, and the others stay as they are', async () => {
    const { lake, folder } = await open()
    const before = hashes(folder, 'silver')
    expect(await importNew(lake)).toMatchObject({ status: 'ok', error: null })
    expect(await volumes(lake)).toEqual([
      { symbol: 'NEW', session: '2025-01-06', volume: 7 },
      ...old([null, null, null]),
    ])
    expect(hashes(folder, 'silver')['silver/daily_bars/year=2024/data.parquet']).toBe(
      before['silver/daily_bars/year=2024/data.parquet'],
    )
    await lake.close()
  })

  it('is sound for doctor', async () => {
    const { lake } = await open()
    const findings = [...(await verification(lake)), ...(await freshness(lake)), ...(await trust(lake))]
    expect(findings.filter(({ mark }) => mark === 'bad')).toEqual([])
    await lake.close()
  })

  it('publishes its marts', async () => {
    const { lake } = await open()
    const outcomes = await publish(lake)
    expect(outcomes.filter(({ status }) => status !== 'ok')).toEqual([])
    await lake.close()
  })

  it('has the values of those columns after a rebuild, in the same bytes as a new lake', async () => {
    const { lake, folder } = await open()
    const outcomes = await rebuild(lake, [])
    expect(outcomes.filter(({ status }) => status !== 'ok')).toEqual([])
    expect(await volumes(lake)).toEqual(old([100, 200, 300]))
    for (const table of Object.keys(lacking))
      expect(hashes(folder, `silver/${table}`)).toEqual(hashes(fresh, `silver/${table}`))
    await lake.close()
  })
})
