/** The site of all evenings: static pages that work from a folder, without a network. */
import { group } from 'd3-array'
import { html } from 'hono/html'
import { sampleNoticeOf } from '../../core/sample-mark.ts'
import { version } from '../../core/version.ts'
import type { Lake } from '../../pipeline/lake/lake.ts'
import { signals } from '../../schemas/signals.ts'
import { type Evening, gatherAll, type Parts } from '../gather.ts'
import { front } from '../html/front/front.ts'
import { heroAlternative } from '../html/front/hero-text.ts'
import { signalsList } from '../html/front/signals-list.ts'
import { sampleNotice } from '../html/sample-notice.ts'
import { style } from '../html/style.ts'
import { banner } from '../html/trust-html.ts'
import { type Language, saying } from '../language/language.ts'
import { stalenessOf } from '../staleness.ts'
import { browserScript } from './browser.ts'
import {
  fingerprint,
  type Listed,
  listedSql,
  litSql,
  type ReleaseRow,
  releasesSql,
  siteReads,
  valuesSql,
} from './gather-site.ts'
import { chartPlace, dataFile, framed } from './layout.ts'
import { calendarPage, dictionaryPage, indexPage, type SignalHistory, signalPage, signalsPage } from './pages.ts'
import { historiesOf, raritiesOf } from './rarities.ts'
import { siteStyle } from './style.ts'

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
}

/** The parts of an evening that its page shows; rarities come from the histories. */
const parts = [
  'signals',
  'turn',
  'moves',
  'volatility',
  'hits',
  'uncovered',
  'score',
  'warning',
  'overdue',
  'due',
] as const satisfies readonly (keyof Parts)[]
const batch = 100
const yearLength = 252

export const makeSite = async (lake: Lake, { language, evenings, library, earlier }: SiteOptions): Promise<Site> => {
  await lake.hold(siteReads)
  const { engine, platform } = lake
  const say = saying(language)
  const listed = await engine.rows<Listed & Record<string, never>>(listedSql.text)
  const values = await engine.rows(valuesSql.text)
  const lit = group(
    await engine.rows<{ signal: string; session: string; is_lit: boolean | null; lit_since: string | null }>(
      litSql.text,
    ),
    ({ signal }) => signal,
  )
  const latest = listed.at(-1)?.session ?? '2000-01-01'
  const releases = await engine.rows<ReleaseRow & Record<string, never>>(
    releasesSql(`${Number(latest.slice(0, 4)) - 2}-01-01`).text,
  )
  const histories = historiesOf(values)
  const rarities = raritiesOf(histories)
  const shown = listed.slice(-evenings)
  const pages = new Set(shown.map(({ session }) => session))
  const valueOn = group(values, ({ session }) => String(session))
  const releasesNow = fingerprint(releases)
  // What is due belongs to the latest evenings only, so the calendar counts for them alone.
  const recent = new Set(shown.slice(-25).map(({ session }) => session))
  const fingerprints = Object.fromEntries(
    shown.map((row) => [
      row.session,
      fingerprint(version, language, row, valueOn.get(row.session), recent.has(row.session) ? releasesNow : ''),
    ]),
  )
  const notice = await sampleNoticeOf(platform.store)
  const base = { language, notice: sampleNotice(notice, language) }
  const placeOf = new Map(listed.map(({ session }, i) => [session, i]))

  const bodyOf = (
    evening: Evening<(typeof parts)[number]>,
    root: '' | '../',
    extra: readonly ReturnType<typeof html>[] = [],
  ) => {
    const { session } = evening
    const place = placeOf.get(session)!
    const year = listed.slice(Math.max(0, place + 1 - yearLength), place + 1)
    const picture = chartPlace(
      {
        series: 'market',
        columns: ['close', 'lit'],
        labels: [say('series_index'), say('column_lit_count')],
        from: year[0]!.session,
        to: session,
        height: 320,
      },
      language,
      false,
    )
    const told = { ...evening, rarity: rarities.get(session) ?? [] }
    const hero = { title: say('hero_year'), picture, alternative: heroAlternative(year, session, say) }
    return html`<header>${extra}${front(told, language, hero)}</header>
<main>${signalsList({ ...told, language, years: new Map(), pageOf: (signal) => `${root}signal/${signal}.html` })}</main>`
  }

  const eveningPage = (evening: Evening<(typeof parts)[number]>): SiteFile => {
    const { session } = evening
    const [before, after] = [listed[placeOf.get(session)! - 1]?.session, listed[placeOf.get(session)! + 1]?.session]
    const neighbours = [before, after].map((each) =>
      each && pages.has(each) ? html`<a href="${each}.html">${each}</a>` : '',
    )
    const body = html`<p class="neighbours">${neighbours[0]} ${neighbours[1]}</p>${bodyOf(evening, '../')}`
    return {
      path: `evening/${session}.html`,
      text: framed({ ...base, title: say('page_title', { session }), root: '../', data: ['market'] }, body),
    }
  }

  const histOf = (signal: (typeof signals)[number]): SignalHistory => {
    const states = lit.get(signal.column) ?? []
    const own = states.filter(({ is_lit }) => is_lit).map(({ session }) => session)
    const starts = [...new Set(states.flatMap(({ lit_since }) => (lit_since === null ? [] : [lit_since])))].sort()
    return { signal, history: histories.get(signal.column) ?? [], lit: own, starts }
  }

  async function* files(): AsyncGenerator<SiteFile> {
    yield { path: 'assets/uplot.js', text: library.script }
    yield { path: 'assets/uplot.css', text: library.style }
    yield { path: 'assets/site.css', text: style + siteStyle }
    yield { path: 'assets/site.js', text: browserScript }
    yield {
      path: 'data/evenings.js',
      text: dataFile(
        'evenings',
        listed.map((row) => [
          row.session,
          rounded(row.score),
          rounded(row.early_warning, 4),
          row.lit_count,
          row.known_count,
          rounded(row.close_return, 5),
          row.titles ?? '',
        ]),
      ),
    }
    yield {
      path: 'data/pages.js',
      text: `(window.precursor=window.precursor||{}).pages=new Set(${JSON.stringify([...pages])})\n`,
    }
    yield {
      path: 'data/market.js',
      text: dataFile('market', {
        sessions: listed.map(({ session }) => session),
        close: listed.map(({ close }) => close),
        lit: listed.map(({ lit_count }) => lit_count),
      }),
    }
    const all = signals.map(histOf)
    for (const of of all) {
      const { column } = of.signal
      yield {
        path: `data/signal-${column}.js`,
        text: dataFile(`signal-${column}`, {
          sessions: of.history.map(([session]) => session),
          value: of.history.map(([, value]) => value),
        }),
      }
      yield { path: `signal/${column}.html`, text: signalPage(base, of, pages) }
    }
    yield { path: 'signals.html', text: signalsPage(base, all) }
    yield { path: 'calendar.html', text: calendarPage(base, releases) }
    yield { path: 'dictionary.html', text: dictionaryPage(base) }
    const wanted = shown.map(({ session }) => session).filter((session) => earlier[session] !== fingerprints[session])
    // The latest evening is on the first page too.
    if (pages.has(latest) && !wanted.includes(latest)) wanted.push(latest)
    for (let i = 0; i < wanted.length; i += batch)
      for (const evening of await gatherAll(lake, wanted.slice(i, i + batch), { parts })) {
        yield eveningPage(evening)
        if (evening.session !== latest) continue
        const stale = notice ? undefined : stalenessOf(latest, platform.now())
        const warned = banner({ madeAt: '', version, behind: [], ...(stale ? { stale } : {}) }, say)
        yield { path: 'index.html', text: indexPage(base, bodyOf(evening, '', warned ? [warned] : []), listed.length) }
      }
    if (listed.length === 0)
      yield { path: 'index.html', text: indexPage(base, html`<main><p>${say('site_empty')}</p></main>`, 0) }
  }

  return { files: files(), fingerprints, evenings: shown.length }
}

const rounded = (value: number | null, digits = 2): number | null =>
  value === null ? null : Number(value.toFixed(digits))
