/** A lake of the real series in the shared folder, imported and ingested as an analyst would. */
import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { stringify } from 'csv-stringify/sync'
import type { Outcome } from '../../core/outcome.ts'
import { compute } from '../../pipeline/compute/compute.ts'
import { importFiles, ingestPayload } from '../../pipeline/ingest/import-files.ts'
import type { Lake } from '../../pipeline/lake/lake.ts'
import { tag } from '../../pipeline/tag/tag.ts'
import { sourceNamed } from '../../sources/index.ts'
import { sharedPath, sharedText } from './shared-folder.ts'

/** Symbols with bars, by the golden files that exist for them. */
export const symbolsWithBars = (): string[] => stems('golden', 'features_')
export const indicesWithHistory = (): string[] => stems('golden', 'volatility_')
export const symbolsWithMinutes = (): string[] => stems('golden', 'intraday_shape_')

const stems = (folder: string, prefix: string) =>
  readdirSync(sharedPath(folder))
    .filter((name) => name.startsWith(prefix) && name.endsWith('.csv'))
    .map((name) => name.slice(prefix.length, -'.csv'.length))

const expectOk = (outcome: Outcome) => {
  if (outcome.error) throw new Error(`${outcome.subject}: ${outcome.error}`)
}

export const fillWithRealSeries = async (lake: Lake, scratch: string): Promise<void> => {
  for (const symbol of symbolsWithBars()) {
    const file = sharedPath('data/bars', `${symbol}.csv`)
    expectOk(await importFiles(lake, 'daily_bars', [file], { symbol, source: 'yahoo_adjusted' }))
  }
  for (const index of indicesWithHistory()) {
    const file = sharedPath('data/cboe', `${index}_History.csv`)
    expectOk(await ingestPayload(lake, sourceNamed('cboe_volatility'), file, { key: index }))
  }
  for (const series of ['BAMLH0A0HYM2', 'BAA10Y']) {
    const file = sharedPath('data/credit', `${series}.csv`)
    expectOk(await ingestPayload(lake, sourceNamed('fred_credit'), file, { key: series }))
  }
  const dix = sharedPath('data/gamma/DIX.csv')
  expectOk(await ingestPayload(lake, sourceNamed('squeezemetrics_gamma'), dix, { key: 'SPX' }))
  for (const symbol of symbolsWithMinutes()) {
    const file = sharedPath('data/intraday', `${symbol}_1min_2025-11.csv`)
    const set = { symbol, feed: 'iex', interval_minutes: '1', source: 'desk' }
    expectOk(await importFiles(lake, 'intraday_bars', [file], set))
  }
  const ofIndex = { symbol: 'GSPC', feed: 'index', interval_minutes: '5', source: 'desk' }
  expectOk(await importFiles(lake, 'intraday_bars', [sharedPath('data/intraday/SPX_5min_2025-04.csv')], ofIndex))
  const ratios = join(scratch, 'put_call.csv')
  writeFileSync(ratios, putCallRatios())
  expectOk(await importFiles(lake, 'put_call_ratios', [ratios], { source: 'third_party_collection' }))
  const breadth = sharedPath('data/breadth/nyse_advance_decline.csv')
  expectOk(await importFiles(lake, 'market_breadth', [breadth], { source: 'third_party_collection' }))
}

/** Recorded filings, reported results, speeches and calendars: of single companies and days, not whole histories. */
export const fillWithRealEvents = async (lake: Lake): Promise<void> => {
  const filings = sharedPath('data/sec/submissions_CIK0001318605.json')
  expectOk(await ingestPayload(lake, sourceNamed('sec_filings'), filings, { key: '0001318605' }))
  const facts = sharedPath('data/sec/companyfacts_CIK0001045810_subset.json')
  expectOk(await ingestPayload(lake, sourceNamed('sec_facts'), facts, { key: '0001045810' }))
  for (const page of readdirSync(sharedPath('data/fed/payloads/speech_html'))) {
    const file = sharedPath('data/fed/payloads/speech_html', page)
    expectOk(await ingestPayload(lake, sourceNamed('fed_speeches'), file, { key: page.replace(/\.htm$/, '') }))
  }
  const calendar = sharedPath('data/macro/bls_2023-2024.ics')
  expectOk(await ingestPayload(lake, sourceNamed('bls_calendar'), calendar, { key: 'bls' }))
}

/** Tags and computes what follows from what has landed. */
export const deriveAll = async (lake: Lake) => {
  const untagged = (await tag(lake)).find(({ error }) => error)
  if (untagged) expectOk(untagged)
  const failed = (await compute(lake)).find(({ error }) => error)
  if (failed) expectOk(failed)
}

/** The collection has a column per product; the table a row. */
const putCallRatios = (): string => {
  const rows = parse(sharedText('data/putcall/PCR_RATIOS_HISTORICO.csv'), { columns: true }) as Record<string, string>[]
  return stringify(
    rows.flatMap((row) =>
      ['total', 'index', 'equity'].flatMap((product) => {
        const ratio = row[`${product.toUpperCase()}_PUT_CALL_RATIO`]
        return ratio ? [{ product, session: row.Fecha, put_call_ratio: ratio }] : []
      }),
    ),
    { header: true },
  )
}
