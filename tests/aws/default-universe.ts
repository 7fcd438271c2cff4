/** A lake as large as the default universe since the catalog's first year: generated bars and volatilities, dated macro figures. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { writeBars } from '../../bench/generate.ts'
import { intradayWriter } from '../../bench/generate-intraday.ts'
import { sessionsBetween } from '../../calendar/sessions.ts'
import { parseUniverse } from '../../core/universe.ts'
import { importFiles } from '../../pipeline/ingest/import-files.ts'
import { publish } from '../../pipeline/publish/publish.ts'
import { releaseEntries } from '../../schemas/releases.ts'
import { land } from '../support/import.ts'
import { newFolder, openTestLake } from '../support/lake.ts'
import { deriveAll } from '../support/real-lake.ts'

const file = fileURLToPath(new URL('../../universe.json', import.meta.url))
const universe = parseUniverse(readFileSync(file, 'utf8'), 'universe.json')
export const followed = [...universe.indices, ...universe.etfs, ...universe.stocks]
export const span = { from: '1990-01-02', to: '2025-11-20' } as const
/** Sessions with bars inside them. */
export const intradaySpan = { from: '2025-10-01' } as const

const months = Array.from({ length: 12 * 35 + 10 }, (_, i) => new Date(Date.UTC(1990, i, 1)))
const day = (date: Date) => date.toISOString().slice(0, 10)

export const defaultUniverseLake = async (): Promise<string> => {
  const { lake, folder } = await openTestLake()
  const scratch = newFolder()
  const bars = join(scratch, 'bars.csv')
  await writeBars(bars, followed, span.from, span.to)
  const { error } = await importFiles(lake, 'daily_bars', [bars], { source: 'generated' })
  if (error) throw new Error(error)
  for (const [symbols, minutes] of [
    [universe.etfs, 5],
    [universe.minuteBars, 1],
  ] as const) {
    const inside = join(scratch, `bars-${minutes}.csv`)
    await intradayWriter(symbols, minutes)(inside, sessionsBetween(intradaySpan.from, span.to))
    const set = { interval_minutes: String(minutes), feed: 'consolidated', source: 'generated' }
    const outcome = await importFiles(lake, 'intraday_bars', [inside], set)
    if (outcome.error) throw new Error(outcome.error)
  }
  const levels = universe.volatilityIndices.flatMap((symbol, i) =>
    sessionsBetween(span.from, span.to).map(({ session }, k) => {
      const close = 20 + i + 8 * Math.sin(k / 40) + (k % 13) / 7
      return { symbol, session, open: close, high: close + 1, low: close - 1, close }
    }),
  )
  await land(lake, 'volatility_indices', levels, { source: 'generated' })
  const figures = releaseEntries.flatMap(([, { series }], i) =>
    months.map((month, k) => ({
      series,
      reference_period: day(month),
      value: 100 + i + (k % 11),
      known_at: new Date(month.getTime() + 40 * 86_400_000).toISOString(),
    })),
  )
  await land(lake, 'macro_releases', figures, { source: 'generated' })
  await deriveAll(lake)
  await publish(lake)
  await lake.close()
  return folder
}
