/** What the killed process and the one that completes its work both do. */
import { readFileSync } from 'node:fs'
import { parseUniverse } from '../../core/universe.ts'
import { importBodies } from '../../pipeline/ingest/import-files.ts'
import { ingest } from '../../pipeline/ingest/ingest.ts'
import type { Lake } from '../../pipeline/lake/lake.ts'
import { sampleNetwork } from '../../samples/answers/index.ts'
import { sourceNamed } from '../../sources/index.ts'

const universe = parseUniverse(
  readFileSync(new URL('../../samples/universe.json', import.meta.url), 'utf8'),
  'samples/universe.json',
)
export const sampleUniverse = { ...universe, volatilityIndices: ['VIX', 'VVIX'], etfs: ['SPY'], stocks: ['NVDA'] }

const barsCsv = [
  'symbol,session,open,high,low,close,volume',
  'A,2024-12-31,1,2,1,2,5',
  'A,2025-01-02,2,3,1,2,5',
  'A,2025-01-03,2,1,1,2,5',
].join('\n')

/** An import with a bad row, then three sources. */
export const landEverything = async (lake: Lake): Promise<void> => {
  const now = lake.platform.now
  await importBodies(lake, 'daily_bars', [{ name: 'bars.csv', body: Buffer.from(barsCsv) }], { source: 'desk' })
  const networked: Lake = { ...lake, platform: { ...lake.platform, fetch: sampleNetwork(now) } }
  const wanted = ['nasdaq_bars', 'cboe_volatility', 'bls_calendar'].map(sourceNamed)
  await ingest(networked, wanted, () => ({ from: '2024-12-20', to: '2025-11-20' }))
}
