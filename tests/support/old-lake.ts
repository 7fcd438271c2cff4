/**
 * Writes `tests/fixtures/old-lake`: a lake as an earlier version left it. Its objects lack two nullable columns that are
 * declared today, and no write was recorded. Run `npx tsx tests/support/old-lake.ts` only if the layout of bronze changes.
 */
import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { localPlatform } from '../../adapters/local.ts'
import { openEngine } from '../../core/engine.ts'
import { parseUniverse } from '../../core/universe.ts'
import { importBodies } from '../../pipeline/ingest/import-files.ts'
import type { Lake } from '../../pipeline/lake/lake.ts'
import { openLake } from '../../pipeline/lake/open.ts'
import { parquetCopy } from '../../pipeline/silver/objects.ts'

export const oldLake = fileURLToPath(new URL('../fixtures/old-lake', import.meta.url))

/** The column that the objects of each table lack. */
export const lacking = { daily_bars: 'volume', payloads: 'asked_to' } as const

export const writtenAt = '2025-11-21T15:00:00Z'

const barsCsv = [
  'symbol,session,open,high,low,close,volume',
  'OLD,2024-12-31,1,3,1,2,100',
  'OLD,2025-01-02,2,4,2,3,200',
  'OLD,2025-01-03,3,5,3,4,300',
].join('\n')

export const importOldBars = (lake: Lake) =>
  importBodies(lake, 'daily_bars', [{ name: 'old.csv', body: Buffer.from(`${barsCsv}\n`) }], { source: 'desk' })

const universeFile = new URL('../../samples/universe.json', import.meta.url)

const write = async () => {
  rmSync(oldLake, { recursive: true, force: true })
  const platform = localPlatform({ lake: oldLake, now: () => new Date(writtenAt), environment: {} })
  const lake = await openLake(platform, parseUniverse(readFileSync(universeFile, 'utf8'), 'samples/universe.json'))
  await importOldBars(lake)
  await lake.close()
  const engine = await openEngine()
  for (const [table, column] of Object.entries(lacking)) {
    for (const year of readdirSync(join(oldLake, 'silver', table))) {
      const path = join(oldLake, 'silver', table, year, 'data.parquet')
      await engine.run(
        `create or replace table present as select * exclude (${column}) from read_parquet('${path}', hive_partitioning = false)`,
      )
      await engine.run(parquetCopy('select * from present', path))
    }
  }
  engine.close()
  // The calendar is the same in every lake, and recent versions record their writes.
  for (const each of ['.tmp', '.writes', 'silver/sessions', 'silver/closures'])
    rmSync(join(oldLake, each), { recursive: true, force: true })
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await write()
