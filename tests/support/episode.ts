/** Plays the bundled episode once for all tests; each takes a copy. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { localPlatform } from '../../adapters/local.ts'
import { markAsSample } from '../../core/sample-mark.ts'
import { parseUniverse } from '../../core/universe.ts'
import { openLake } from '../../pipeline/lake/lake.ts'
import { EpisodeClock, episodePlatform, playEpisode, sampleNotice } from '../../samples/episode.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    episodeLake: string
  }
}

export default async function setup(project: TestProject) {
  const folder = mkdtempSync(join(tmpdir(), 'precursor-episode-'))
  const clock = new EpisodeClock()
  const platform = localPlatform({ lake: folder, ...episodePlatform(clock) })
  const place = new URL('../../samples/universe.json', import.meta.url)
  const lake = await openLake(platform, parseUniverse(readFileSync(place, 'utf8'), 'samples/universe.json'))
  await markAsSample(platform.store, sampleNotice)
  const report = await playEpisode(lake, clock)
  await lake.close()
  const failed = report.steps.flatMap(({ outcomes }) => outcomes.filter(({ status }) => status !== 'ok'))
  if (failed.length) throw new Error(`the episode did not land: ${JSON.stringify(failed)}`)
  project.provide('episodeLake', folder)
  return () => rmSync(folder, { recursive: true, force: true })
}
