/** Fills a folder with the real series of the shared folder and with what follows from them. */
import { readFileSync } from 'node:fs'
import { localPlatform } from '../../adapters/local.ts'
import { parseUniverse } from '../../core/universe.ts'
import { openLake } from '../../pipeline/lake/open.ts'
import { oneThread } from './lake.ts'
import { deriveAll, fillWithRealEvents, fillWithRealSeries } from './real-lake.ts'

export const fillRealLake = async (folder: string): Promise<void> => {
  const place = new URL('../../samples/universe.json', import.meta.url)
  const platform = localPlatform({ lake: folder, now: () => new Date('2026-11-23T15:00:00Z') })
  const lake = await openLake(platform, parseUniverse(readFileSync(place, 'utf8'), 'samples/universe.json'), oneThread)
  await fillWithRealSeries(lake, folder)
  await fillWithRealEvents(lake)
  await deriveAll(lake)
  await lake.close()
}
