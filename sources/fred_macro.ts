/** Macro series with their vintages: from the CSV files of ALFRED without a key, from the FRED API with one. */
import * as z from 'zod'
import { newYorkInstant } from '../calendar/sessions.ts'
import { periodFiledUnder, type Release, releaseNamed, releaseOfSeries } from '../schemas/releases.ts'
import { macroReleases } from '../schemas/tables/macro_releases.ts'
import { headerOf, isMissing, vintageOf, vintages } from './shared/fred.ts'
import { cellReader, changed, csvRows, jsonOf, textOf } from './shared/wire.ts'
import { type Decoded, decoded, defineSource, type Payload, type Request, type Window } from './source.ts'

const secret = { name: 'FRED_API_KEY', query: 'api_key' } as const
/** Limits of one FRED response: the number of vintages, and the number of rows. */
export const vintageCap = 2000
const rowCap = 100_000
const api = 'https://api.stlouisfed.org/fred/series'
const vintagesKey = (series: string) => `${series} vintages`
/** ALFRED dates its vintages without a time. The figure was public at the usual time of the release on that day. */
const publishedAt = (series: string, vintage: string) =>
  newYorkInstant(vintage, releaseOfSeries(series)?.[1].clock ?? '08:30').toISOString()

const listShape = z.object({ vintage_dates: z.array(z.iso.date()) })
const shape = z.object({
  count: z.number().optional(),
  offset: z.number().optional(),
  observations: z.array(z.object({ realtime_start: z.string(), date: z.string(), value: z.string() })),
})

/** FRED does not carry the figures of ISM and of the FOMC. */
const isOnFred = ({ fredRelease, publishedWith }: Release) => Boolean(fredRelease ?? publishedWith)

const periodOf = (series: string, filed: string) => {
  const release = releaseOfSeries(series)?.[1]
  return release ? periodFiledUnder(release, filed) : filed
}

const fromApi = (payload: Payload): Decoded[] => {
  // The list of vintages holds no figures; it names the vintages to request next.
  if (payload.key.endsWith(vintagesKey(''))) {
    jsonOf(payload, listShape)
    return []
  }
  const { observations } = jsonOf(payload, shape)
  if (observations.length === 0) throw changed(payload, 'no observations')
  const series = payload.key
  return observations.flatMap((each, i) => {
    if (isMissing(each.value)) return []
    const cell = cellReader(payload, macroReleases, i + 1, `${series}, ${each.date}, vintage ${each.realtime_start}`)
    const vintage = cell.date('known_at', each.realtime_start)
    const values = {
      series,
      reference_period: periodOf(series, cell.date('reference_period', each.date)),
      value: cell.double('value', each.value),
    }
    return [decoded(macroReleases, i + 1, values, publishedAt(series, vintage))]
  })
}

const fromCsv = (payload: Payload, text: string): Decoded[] => {
  const { dateColumn, valueColumn } = headerOf(payload, text)
  const rows = csvRows(payload, [dateColumn, valueColumn], text)
  if (rows.length === 0) throw changed(payload, 'no rows')
  const vintage = vintageOf(payload, valueColumn)
  // Without a vintage in the header the provider proves no publication date, so the figure is known from our fetch on.
  const known = vintage ? publishedAt(payload.key, vintage) : payload.fetchedAt.toISOString()
  return rows.flatMap(({ row, cells }) => {
    if (isMissing(cells[valueColumn])) return []
    const cell = cellReader(payload, macroReleases, row, `${payload.key}, ${cells[dateColumn]}`)
    const values = {
      series: payload.key,
      reference_period: periodOf(payload.key, cell.date('reference_period', cells[dateColumn])),
      value: cell.double('value', cells[valueColumn]),
    }
    return [decoded(macroReleases, row, values, known)]
  })
}

const observations = (series: string, from: string, to: string, offset = 0): Request => ({
  key: series,
  url: `${api}/observations?series_id=${series}&output_type=1&file_type=json&limit=${rowCap}&offset=${offset}&realtime_start=${from}&realtime_end=${to}`,
  secret,
})

/**
 * Follow-up requests that a list of vintages or a page of figures calls for.
 * Each range of vintages begins and ends on a real vintage. FRED clips the dates of its rows to that range, so they
 * remain
 * dates of publication. A value that stays the same across two ranges is not a new vintage.
 */
const further = (payload: Payload, { from, to }: Window): Request[] => {
  const text = textOf(payload)
  if (!text.trimStart().startsWith('{')) return []
  if (payload.key.endsWith(vintagesKey(''))) {
    const series = payload.key.split(' ')[0]!
    const wanted = jsonOf(payload, listShape, text).vintage_dates.filter((each) => each >= from && each <= to)
    return Array.from({ length: Math.ceil(wanted.length / vintageCap) }, (_, i) => {
      const stretch = wanted.slice(i * vintageCap, (i + 1) * vintageCap)
      return observations(series, stretch[0]!, stretch.at(-1)!)
    })
  }
  const { count = 0, offset = 0 } = jsonOf(payload, shape, text)
  const next = offset + rowCap
  const asked = payload.url ? new URL(payload.url).searchParams : undefined
  return asked && count > next
    ? [observations(payload.key, asked.get('realtime_start')!, asked.get('realtime_end')!, next)]
    : []
}

export const fredMacro = defineSource({
  name: 'fred_macro',
  doc: 'Macro series by vintage, from ALFRED. With FRED_API_KEY they come from the API, which gives the exact date of every vintage.',
  homepage: 'https://alfred.stlouisfed.org',
  licence: 'FRED terms. The underlying statistics are public domain; cite the agency.',
  tables: [macroReleases],
  proof: {
    on: 'recorded bytes',
    since: '2026-11-23',
    scope: 'the CSV without a stamped header, and the API; the stamped header on a documented shape',
  },
  brings: isOnFred,
  hosts: ['alfred.stlouisfed.org', 'api.stlouisfed.org'],
  rate: { requests: 2, seconds: 1 },
  secret: { name: secret.name, required: false },
  extension: 'csv',
  lookBack: 0,
  rhythm: 'event',
  request: (window, { universe, hasSecret }) => {
    const series = universe.releases.flatMap((name) => {
      const release = releaseNamed(name)
      return release && isOnFred(release) ? [release.series] : []
    })
    return series.flatMap((id): Request[] =>
      hasSecret
        ? [
            {
              key: vintagesKey(id),
              url: `${api}/vintagedates?series_id=${id}&realtime_start=1776-07-04&realtime_end=9999-12-31&file_type=json`,
              secret,
            },
          ]
        : vintages(window).map((vintage) => ({
            key: id,
            url: `https://alfred.stlouisfed.org/graph/alfredgraph.csv?id=${id}&vintage_date=${vintage}`,
          })),
    )
  },
  follow: further,
  rows: (payload) => {
    const text = textOf(payload)
    return text.trimStart().startsWith('{') ? fromApi(payload) : fromCsv(payload, text)
  },
})
