/** Plays the bundled episode into a folder. */
import { readFileSync } from 'node:fs'
import { localPlatform } from '../../adapters/local.ts'
import { markAsSample } from '../../core/sample-mark.ts'
import { parseUniverse } from '../../core/universe.ts'
import { openLake } from '../../pipeline/lake/open.ts'
import { EpisodeClock, episodePlatform, playEpisode, sampleNotice } from '../../samples/episode.ts'
import { oneThread } from './lake.ts'

export const fillEpisodeLake = async (folder: string): Promise<void> => {
  const clock = new EpisodeClock()
  const platform = localPlatform({ lake: folder, ...episodePlatform(clock) })
  const place = new URL('../../samples/universe.json', import.meta.url)
  const lake = await openLake(platform, parseUniverse(readFileSync(place, 'utf8'), 'samples/universe.json'), oneThread)
  await markAsSample(platform.store, sampleNotice)
  const report = await playEpisode(lake, clock)
  await lake.close()
  const failed = report.steps.flatMap(({ outcomes }) => outcomes.filter(({ status }) => status !== 'ok'))
  if (failed.length) throw new Error(`the episode did not land: ${JSON.stringify(failed)}`)
}
