/**
 * `npm run bench`: measures time and memory for 500 symbols over 25 years and VIX on one machine. It measures landing (pandas and
 * polars read the same CSV for comparison), the computation of all features, and one more evening. It prints and asserts nothing.
 */
import { spawnSync } from 'node:child_process'
import { readFileSync, rmSync, statSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { localPlatform } from '../adapters/local.ts'
import { parseUniverse } from '../core/universe.ts'
import { report } from '../evening/html/report.ts'
import { compute } from '../pipeline/compute/compute.ts'
import { importSource, keep } from '../pipeline/ingest/bronze.ts'
import { importBodies, ingestPayload } from '../pipeline/ingest/import-files.ts'
import { openLake } from '../pipeline/lake/open.ts'
import { importDecoder } from '../pipeline/landing/import.ts'
import { landNew } from '../pipeline/landing/land.ts'
import { publish } from '../pipeline/publish/publish.ts'
import { writeCalendar } from '../pipeline/silver/calendar-tables.ts'
import { tag } from '../pipeline/tag/tag.ts'
import type { View } from '../schemas/view.ts'
import { views } from '../schemas/views/index.ts'
import { sourceNamed } from '../sources/index.ts'
import { symbolsOf, writeBars, writeIndex } from './generate.ts'

const work = fileURLToPath(new URL('work/', import.meta.url))
const csv = `${work}bars.csv`
const span = { from: '2000-01-03', to: '2024-12-31' } as const
const nextEvening = { from: '2025-01-02', to: '2025-01-02' } as const
const symbols = symbolsOf(500)

const seconds = async <T>(work: () => Promise<T>): Promise<[number, T]> => {
  const start = performance.now()
  const result = await work()
  return [(performance.now() - start) / 1000, result]
}
const peak = () => `${Math.round(process.resourceUsage().maxRSS / 1024)} MiB peak`
const line = (what: string, took: number, more: string) =>
  console.log(`${what.padEnd(44)}${took.toFixed(2).padStart(8)} s   ${more}`)

/** A query that computes every value of a view and stores none. */
const evaluation = ({ name, columns }: View) =>
  `select ${Object.entries(columns)
    .map(([column, { type }]) => `${type === 'double' ? 'sum' : 'max'}(${column})`)
    .join(', ')} from ${name}`

const rows = await writeBars(csv, symbols, span.from, span.to)
console.log(
  `${symbols.length} symbols, ${span.from} to ${span.to}: ${rows} rows, ${(statSync(csv).size / 1e6).toFixed(0)} MB of CSV\n`,
)

// The generated files must be on disk before the measurements start.
spawnSync('sync')
rmSync(`${work}lake`, { recursive: true, force: true })
const platform = localPlatform({ lake: `${work}lake` })
const universe = parseUniverse(readFileSync(new URL('../universe.json', import.meta.url), 'utf8'), 'universe.json')
const lake = await openLake(platform, universe)
await writeCalendar(lake)

const fetched_at = platform.now().toISOString()
const arrival = {
  source: importSource,
  key: 'daily_bars-bars.csv',
  fetched_at,
  status: 200,
  headers: {},
  extension: 'csv',
  file: 'bars.csv',
  table: 'daily_bars',
  set: { source: 'bench' },
}
const [kept] = await seconds(async () => keep(platform.store, arrival, await platform.readFile(csv)))
line('precursor: keep the bytes (gzip, hash)', kept, '')
const [landed] = await seconds(() => landNew(lake, importDecoder))
line('precursor: CSV to Parquet, checked and stamped', landed, `${Math.round(rows / landed)} rows/s, ${peak()}`)

writeIndex(`${work}vix.csv`, span.from, span.to)
await ingestPayload(lake, sourceNamed('cboe_volatility'), `${work}vix.csv`, { key: 'VIX' })

await tag(lake)
const [computed] = await seconds(() => compute(lake))
line('precursor: all computed tables from nothing', computed, peak())
const lazy = views.filter((view) => !view.materialized)
const evaluate = async () => {
  for (const view of lazy) await lake.engine.run(evaluation(view))
}
const [evaluated] = await seconds(evaluate)
line(`precursor: every value of ${lazy.length} other views`, evaluated, peak())
const [published] = await seconds(() => publish(lake))
line('precursor: publish', published, '')
line('precursor: full rebuild of all features', computed + evaluated + published, peak())

writeIndex(`${work}vix.csv`, span.from, nextEvening.to)
await writeBars(`${work}evening.csv`, symbols, nextEvening.from, nextEvening.to)
const body = readFileSync(`${work}evening.csv`)
const [evening] = await seconds(async () => {
  await importBodies(lake, 'daily_bars', [{ name: 'evening.csv', body }], { source: 'bench' })
  await ingestPayload(lake, sourceNamed('cboe_volatility'), `${work}vix.csv`, { key: 'VIX' })
  await tag(lake)
  await compute(lake)
  await publish(lake)
})
line('precursor: one more evening, to the marts', evening, peak())
const [reported] = await seconds(() => report(lake, undefined, { language: 'en' }))
line('precursor: the report of that evening', reported, peak())
await lake.close()

console.log('')
for (const library of ['pandas', 'polars']) {
  const { stdout, stderr, status } = spawnSync(
    'python3',
    [fileURLToPath(new URL('peers.py', import.meta.url)), library, csv, `${work}${library}`],
    { encoding: 'utf8' },
  )
  console.log(status === 0 ? stdout.trim() : `${library}: not measured (${stderr.trim().split('\n').at(-1)})`)
}
