/** A lake of synthetic bars, and the steps of the pipeline that are measured on it. */
import { readFileSync, rmSync, statSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { localPlatform } from '../adapters/local.ts'
import { parseUniverse } from '../core/universe.ts'
import { compute } from '../pipeline/compute/compute.ts'
import { importSource, keep } from '../pipeline/ingest/bronze.ts'
import { importBodies, ingestPayload } from '../pipeline/ingest/import-files.ts'
import type { Lake } from '../pipeline/lake/lake.ts'
import { openLake } from '../pipeline/lake/open.ts'
import { publish } from '../pipeline/publish/publish.ts'
import { writeCalendar } from '../pipeline/silver/calendar-tables.ts'
import { tag } from '../pipeline/tag/tag.ts'
import { sourceNamed } from '../sources/index.ts'
import { barsWriter, symbolsOf, writeBars, writeIndex } from './generate.ts'
import { rangesOf } from './ranges.ts'

export const work = fileURLToPath(new URL('work/', import.meta.url))
const years = { first: 2000, last: 2024 } as const
const nextSession = '2025-01-02'
const vix = `${work}vix.csv`

/** An empty lake with the calendar. */
export const emptyLake = async (): Promise<Lake> => {
  rmSync(`${work}lake`, { recursive: true, force: true })
  const universe = parseUniverse(readFileSync(new URL('../universe.json', import.meta.url), 'utf8'), 'universe.json')
  const lake = await openLake(localPlatform({ lake: `${work}lake` }), universe)
  await writeCalendar(lake)
  return lake
}

export interface Stored {
  readonly rows: number
  readonly bytes: number
  /** The object in bronze, as a file. */
  readonly path: string
}

/** Writes the bars of so many symbols to files, and stores them in bronze one after another. */
export async function* storeBars({ platform }: Lake, symbols: number): AsyncGenerator<Stored> {
  const write = barsWriter(symbolsOf(symbols))
  for (const { from, to } of rangesOf(symbols, years.first, years.last)) {
    const csv = `${work}bars-${from.slice(0, 4)}.csv`
    const rows = await write(csv, from, to)
    const bytes = statSync(csv).size
    const file = csv.slice(work.length)
    const record = await keep(
      platform.store,
      {
        source: importSource,
        key: `daily_bars-${file}`,
        fetched_at: platform.now().toISOString(),
        status: 200,
        headers: {},
        extension: 'csv',
        file,
        table: 'daily_bars',
        set: { source: 'bench' },
      },
      await platform.readFile(csv),
    )
    rmSync(csv)
    const [path = ''] = await platform.store.readable([record.body])
    yield { rows, bytes, path }
  }
}

/** Volatility indices until the last session of the bars or the next one. */
export const addIndex = async (lake: Lake, isNextToo: boolean): Promise<void> => {
  writeIndex(vix, `${years.first}-01-03`, isNextToo ? nextSession : `${years.last}-12-31`)
  await ingestPayload(lake, sourceNamed('cboe_volatility'), vix, { key: 'VIX' })
}

/** One more evening of all symbols, from the answer of the source to the marts. */
export const addEvening = async (lake: Lake, symbols: number): Promise<void> => {
  const csv = `${work}evening.csv`
  await writeBars(csv, symbolsOf(symbols), nextSession, nextSession)
  await importBodies(lake, 'daily_bars', [{ name: 'evening.csv', body: readFileSync(csv) }], { source: 'bench' })
  await addIndex(lake, true)
  await tag(lake)
  await compute(lake)
  await publish(lake)
}

/** Bytes of the objects in a folder of the lake. */
export const bytesIn = async ({ platform }: Lake, prefix: string): Promise<number> =>
  (await platform.store.list(prefix)).reduce((total, { size }) => total + size, 0)
