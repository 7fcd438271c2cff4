/** A lake whose importable tables hold figures at the limits of what can land. Everything in it follows from a seed. */
import { readFileSync } from 'node:fs'
import { stringify } from 'csv-stringify/sync'
import { localPlatform } from '../../adapters/local.ts'
import { parseUniverse } from '../../core/universe.ts'
import { check } from '../../pipeline/check/check.ts'
import { importBodies } from '../../pipeline/ingest/import-files.ts'
import { openLake } from '../../pipeline/lake/open.ts'
import { importableTables } from '../../pipeline/landing/import.ts'
import { publish } from '../../pipeline/publish/publish.ts'
import { drawFrom } from './draw.ts'
import { sessions } from './extreme-bars.ts'
import { extremeEvents } from './extreme-events.ts'
import { extremeMarket } from './extreme-market.ts'
import { extremeSeries } from './extreme-series.ts'
import { oneThread } from './lake.ts'
import { deriveAll } from './real-lake.ts'

const lastSession = sessions.at(-1)!

/** Fills a folder. With `share`, each table is imported with that probability, so that others stay empty. */
export const fillExtremeLake = async (folder: string, seed: number, share = 1): Promise<void> => {
  const place = new URL('../../samples/universe.json', import.meta.url)
  const platform = localPlatform({ lake: folder, now: () => new Date('2026-11-23T15:00:00Z'), environment: {} })
  const lake = await openLake(platform, parseUniverse(readFileSync(place, 'utf8'), 'samples/universe.json'), oneThread)
  const draw = drawFrom(seed)
  const tables = { ...extremeMarket(draw), ...extremeEvents(draw), ...extremeSeries(drawFrom(seed)) }
  for (const { name } of importableTables) {
    const rows = tables[name]
    if (!rows) throw new Error(`the extreme lake has no rows for ${name}`)
    if (draw.whole(1, 100) > share * 100) continue
    const body = Buffer.from(stringify([...rows], { header: true }))
    const { error, rowCount } = await importBodies(lake, name, [{ name: `${name}.csv`, body }], { source: 'extreme' })
    if (error || !rowCount) throw new Error(`${name}: ${error ?? 'no row landed'}`)
  }
  await deriveAll(lake)
  const outcomes = [...(await check(lake, lastSession)), ...(await publish(lake))]
  const failed = outcomes.find(({ status }) => status === 'failed')
  if (failed) throw new Error(`${failed.subject}: ${failed.error}`)
  await lake.close()
}
