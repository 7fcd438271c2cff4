/** Fills one lake with the real series for all tests; each takes a copy or only reads. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { localPlatform } from '../../adapters/local.ts'
import { parseUniverse } from '../../core/universe.ts'
import { openLake } from '../../pipeline/lake/lake.ts'
import { deriveAll, fillWithRealEvents, fillWithRealSeries } from './real-lake.ts'
import { hasShared } from './shared-folder.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    realLake: string
  }
}

export default async function setup(project: TestProject) {
  if (!hasShared) return
  const folder = mkdtempSync(join(tmpdir(), 'precursor-real-'))
  const place = new URL('../../samples/universe.json', import.meta.url)
  const platform = localPlatform({ lake: folder, now: () => new Date('2026-11-23T15:00:00Z') })
  const lake = await openLake(platform, parseUniverse(readFileSync(place, 'utf8'), 'samples/universe.json'))
  await fillWithRealSeries(lake, folder)
  await fillWithRealEvents(lake)
  await deriveAll(lake)
  await lake.close()
  project.provide('realLake', folder)
  return () => rmSync(folder, { recursive: true, force: true })
}
