/** The site of all evenings: static pages that work from a folder, without a network. */
import { group } from 'd3-array'
import { html } from 'hono/html'
import { sampleNoticeOf } from '../../core/sample-mark.ts'
import type { Lake } from '../../pipeline/lake/lake.ts'
import { catalystKinds } from '../../schemas/catalysts/index.ts'
import { signals } from '../../schemas/signals.ts'
import type { Relation } from '../../schemas/view.ts'
import { crashPrecursors } from '../../schemas/views/composite/crash_precursors.ts'
import { precursorSignals } from '../../schemas/views/composite/precursor_signals.ts'
import { sampleNotice } from '../html/sample-notice.ts'
import { style } from '../html/style.ts'
import { type Language, type Say, saying } from '../language/language.ts'
import { told } from '../language/told.ts'
import { keepOftenRead } from '../often-read.ts'
import type { Staleness } from '../staleness.ts'
import { browserScript } from './browser.ts'
import { calendarPage } from './calendar.ts'
import { eveningPages, rowFingerprints } from './evenings.ts'
import { type Listed, listedSql, litSql, type ReleaseRow, releasesSql, siteQueries } from './gather-site.ts'
import { eveningRelations, pageQueries } from './kept.ts'
import { dataFile } from './layout.ts'
import {
  type Base,
  dictionaryPage,
  indexPage,
  type SignalHistory,
  signalPage,
  signalsPage,
  withoutCatalysts,
} from './pages.ts'
import { type History, historiesOf } from './rarities.ts'
import { siteStyle } from './style.ts'
import { trustedOf } from './trusted.ts'

export interface SiteOptions {
  readonly language: Language
  /** Number of latest evenings with a page of their own. */
  readonly evenings: number
  /** The charting library: its script and its style. */
  readonly library: { readonly script: string; readonly style: string }
  /** Fingerprints of the evenings of an earlier call. An evening with the same one is not made again. */
  readonly earlier: Readonly<Record<string, string>>
}

export interface SiteFile {
  readonly path: string
  readonly text: string
}

export interface Site {
  readonly files: AsyncIterable<SiteFile>
  /** Fingerprints of all evenings with a page. */
  readonly fingerprints: Readonly<Record<string, string>>
  readonly evenings: number
  /** Set if the lake is behind the exchange. */
  readonly stale?: Staleness
}

/** Path of the page of an evening. */
export const eveningFile = (session: string): string => `evening/${session}.html`

/** Everything that a site is read from. */
export const siteRelations = (): readonly Relation[] => [
  ...new Set([...siteQueries.flatMap(({ reads }) => reads), ...eveningRelations()]),
]

export const makeSite = async (lake: Lake, { language, evenings, library, earlier }: SiteOptions): Promise<Site> => {
  await lake.hold(siteRelations())
  const { engine } = lake
  const notice = await sampleNoticeOf(lake.platform.store)
  const plain = { language, notice: sampleNotice(notice, language) }
  const sessions = await engine.rows<{ session: string }>(
    `select session from ${crashPrecursors.name} order by session desc limit ${evenings}`,
  )
  if (sessions.length === 0) return { files: emptySite(plain, library), fingerprints: {}, evenings: 0 }

  await keepOftenRead(lake, [...siteQueries, ...pageQueries()])
  // Connections of their own answer it, while this one lists the evenings.
  const rowsBehind = rowFingerprints(lake, sessions.map(({ session }) => session).reverse())
  // Its error is thrown when its answer is needed.
  rowsBehind.catch(() => undefined)
  // The list of evenings, the lists of lit sessions and each page ask it, and it has windows over all sessions.
  await lake.keep([precursorSignals])
  const listed = await engine.rows<Listed & Record<string, never>>(listedSql.text)
  const histories = await historiesOf(
    engine,
    listed.map(({ session }) => session),
  )
  const shown = listed.slice(-evenings)
  const pages = new Set(shown.map(({ session }) => session))
  const latest = listed.at(-1)!.session
  const { base, index, sources, stale, warningOf } = await trustedOf(lake, { latest, notice, language })
  const own = { language, base: plain, warningOf, listed, histories, shown, sources, rowsBehind }
  const made = await eveningPages(lake, own)
  const wanted = shown
    .map(({ session }) => session)
    .filter((session) => earlier[session] !== made.fingerprints[session])
  // The latest evening is on the first page too.
  if (!wanted.includes(latest)) wanted.push(latest)

  async function* files(): AsyncGenerator<SiteFile> {
    yield* assets(library)
    yield* dataFiles(listed, pages, saying(language))
    const lit = group(await engine.rows<LitRow & Record<string, never>>(litSql.text), ({ signal }) => signal)
    const all = signals.map((signal) => historyOf(signal, lit.get(signal.column) ?? [], histories))
    for (const of of all) {
      const { column } = of.signal
      yield { path: `data/signal-${column}.js`, text: signalData(of) }
      yield { path: `signal/${column}.html`, text: signalPage(base, of, pages) }
    }
    const releases = await engine.rows<ReleaseRow & Record<string, never>>(
      releasesSql(`${Number(latest.slice(0, 4)) - 2}-01-01`, latest).text,
    )
    yield { path: 'signals.html', text: signalsPage(base, all) }
    yield { path: 'calendar.html', text: calendarPage(base, releases, latest) }
    yield { path: 'dictionary.html', text: dictionaryPage(base) }
    for await (const { report, page } of made.of(wanted)) {
      const { session } = report.evening
      yield { path: eveningFile(session), text: page }
      if (session !== latest) continue
      yield { path: 'index.html', text: indexPage(index, made.firstScreen(report), listed.length) }
    }
  }

  return { files: files(), fingerprints: made.fingerprints, evenings: shown.length, ...(stale ? { stale } : {}) }
}

function* assets({ script, style: libraryStyle }: SiteOptions['library']): Generator<SiteFile> {
  yield { path: 'assets/uplot.js', text: script }
  yield { path: 'assets/uplot.css', text: libraryStyle }
  yield { path: 'assets/site.css', text: style + siteStyle }
  yield { path: 'assets/site.js', text: browserScript }
}

async function* emptySite(base: Base, library: SiteOptions['library']): AsyncGenerator<SiteFile> {
  const say = saying(base.language)
  yield* assets(library)
  yield* dataFiles([], new Set(), say)
  yield {
    path: 'signals.html',
    text: signalsPage(
      base,
      signals.map((signal) => historyOf(signal, [], new Map())),
    ),
  }
  yield { path: 'calendar.html', text: calendarPage(base, [], '') }
  yield { path: 'dictionary.html', text: dictionaryPage(base) }
  yield { path: 'index.html', text: indexPage(base, html`<main><p>${say('site_empty')}</p></main>`, 0) }
}

function* dataFiles(listed: readonly Listed[], pages: ReadonlySet<string>, say: Say): Generator<SiteFile> {
  const placeOf = new Map(catalystKinds.map(({ kind }, i) => [kind, i]))
  const rows = listed.map((row) => [
    row.session,
    rounded(row.score),
    rounded(row.early_warning, 4),
    row.lit_count,
    row.known_count,
    rounded(row.close_return, 7),
    row.titles
      ?.split('; ')
      .map((title) => told(title, say))
      .join('; ') ?? coverageOf(row),
    row.kinds?.split(',').map((kind) => placeOf.get(kind)!) ?? [],
  ])
  yield { path: 'data/evenings.js', text: dataFile('evenings', rows) }
  yield {
    path: 'data/pages.js',
    text: `(window.precursor=window.precursor||{}).pages=new Set(${JSON.stringify([...pages])})\n`,
  }
  const market = {
    sessions: listed.map(({ session }) => session),
    close: listed.map(({ close }) => close),
    lit: listed.map(({ lit_count }) => lit_count),
  }
  yield { path: 'data/market.js', text: dataFile('market', market) }
}

/** What the list says of an evening on which nothing hit: the place of a text in `withoutCatalysts`. */
const coverageOf = ({ covered_count: count }: Listed): number => {
  // Results are covered of some companies only, so that another one may have hit.
  return withoutCatalysts.indexOf(count ? 'site_none_known' : 'site_not_covered')
}

interface LitRow {
  readonly signal: string
  readonly session: string
  readonly lit_since: string
}

const historyOf = (
  signal: (typeof signals)[number],
  states: readonly LitRow[],
  histories: ReadonlyMap<string, History>,
): SignalHistory => ({
  signal,
  history: histories.get(signal.column) ?? { sessions: [], values: [] },
  lit: states.map(({ session }) => session),
  starts: [...new Set(states.map(({ lit_since }) => lit_since))].sort(),
})

/** From the first session on which the value is known. */
const signalData = ({ signal: { column }, history }: SignalHistory): string => {
  const first = history.values.findIndex((value) => value !== null)
  const from = first < 0 ? history.values.length : first
  return dataFile(`signal-${column}`, { sessions: history.sessions.slice(from), value: history.values.slice(from) })
}

const rounded = (value: number | null, digits = 2): number | null =>
  value === null ? null : Number(value.toFixed(digits))
