/** The pages of single evenings: the report, with charts that answer to the pointer and links to the other pages. */
import { html, raw } from 'hono/html'
import { sessionOffset } from '../../calendar/sessions.ts'
import { begunInAdvance } from '../../core/begun-in-advance.ts'
import type { Value } from '../../core/engine.ts'
import { version } from '../../core/version.ts'
import type { Lake } from '../../pipeline/lake/lake.ts'
import type { Relation, Sql } from '../../schemas/view.ts'
import { intradayShape } from '../../schemas/views/intraday/intraday_shape.ts'
import { last } from '../fragments.ts'
import { litDays, yearLength } from '../gather/year.ts'
import {
  type Ask,
  allParts,
  askAhead,
  askBeyond,
  type Evening,
  gatherAll,
  type Parts,
  queriesOf,
  readsOf,
} from '../gather.ts'
import type { ChartContext, Filled, Html } from '../html/exhibit.ts'
import { front, type Hero } from '../html/front/front.ts'
import { heroAlternative } from '../html/front/hero-text.ts'
import { signalsList } from '../html/front/signals-list.ts'
import { exhibitQueries, laterEnd, pathsOf, type Report, reportOf, reportQueries } from '../html/gather-report.ts'
import { contentsOf, contextOf, extremesOf, footerOf, heroOf, signalQueries } from '../html/page.ts'
import { eveningSections, laterSections } from '../html/sections/index.ts'
import type { SourcesOf } from '../html/sources.ts'
import { type Language, saying } from '../language/language.ts'
import { fingerprint, fingerprintsOf } from './fingerprints.ts'
import type { Listed } from './gather-site.ts'
import { anySession, areManyRows, keepSmall } from './kept.ts'
import { chartPlace, type Frame, framed, ownChart } from './layout.ts'
import { type History, raritiesOf } from './rarities.ts'

/** Rarities come from the histories of the signals. */
const parts = allParts.filter((part) => part !== 'rarity') as Exclude<keyof Parts, 'rarity'>[]
const batch = 100
/** Evenings that are asked for at once. */
const ahead = 3
/** So few pages are made faster without keeping the rows of all relations, and without one query for the evenings of all. */
const fewPages = 2
/** The exhibit whose chart is drawn from the data file of the market, so that its page stays the same as the weeks pass. */
const aroundId = 'around'
const around = { before: -21, after: 63 }

const readBy = (sections: ReturnType<typeof eveningSections>): Relation[] =>
  sections
    .flatMap(({ exhibits }) => exhibits)
    .filter(({ id }) => id !== aroundId)
    .flatMap(({ sql }) => sql.reads)

export interface EveningsOptions {
  readonly language: Language
  readonly base: Pick<Frame, 'language' | 'notice'>
  /** The notice at the top of the page of an evening, if the lake or a source is behind or rows are missing. */
  readonly warningOf: (session: string) => Html | ''
  readonly listed: readonly Listed[]
  readonly histories: ReadonlyMap<string, History>
  /** Evenings with a page of their own, oldest first. */
  readonly shown: readonly Listed[]
  readonly sources: SourcesOf
  /** Fingerprints of the rows that their pages show. */
  readonly rowsBehind: Promise<ReadonlyMap<string, string>>
}

/** Fingerprints of the rows that the pages of these sessions show. */
export const rowFingerprints = (
  { engine }: Lake,
  sessions: readonly string[],
): Promise<ReadonlyMap<string, string>> => {
  const later = new Set(readBy(laterSections(anySession)))
  const known = new Set([...readsOf(parts), ...readBy(eveningSections(anySession))])
  return fingerprintsOf(engine, sessions, {
    known: [...known].filter((relation) => !later.has(relation) && !areManyRows(relation)),
    later: [...later],
  })
}

/** A report, and the page that shows it. */
export interface Told {
  readonly report: Report
  readonly page: string
}

export interface Evenings {
  readonly fingerprints: Readonly<Record<string, string>>
  /** Makes the pages of some sessions. */
  readonly of: (sessions: readonly string[]) => AsyncIterable<Told>
  /** What the first page shows of an evening. */
  readonly firstScreen: (report: Report) => Html
}

export const eveningPages = async (
  lake: Lake,
  { language, base, warningOf, listed, histories, shown, sources, rowsBehind }: EveningsOptions,
): Promise<Evenings> => {
  const { engine } = lake
  const say = saying(language)
  const placeOf = new Map(listed.map(({ session }, i) => [session, i]))
  const pages = new Set(shown.map(({ session }) => session))
  const withBars = new Set(
    (await engine.rows<{ session: string }>(`select distinct session from ${intradayShape.name}`)).map(
      ({ session }) => session,
    ),
  )
  const neighbour = (session: string, step: number): string | undefined => {
    const found = listed[placeOf.get(session)! + step]?.session
    return found !== undefined && pages.has(found) ? found : undefined
  }
  const yearOf = (session: string): Report['year'] => {
    const end = placeOf.get(session)! + 1
    const window = last(session, yearLength)
    const from = sessionOffset(session, 1 - yearLength)?.session ?? session
    const days = listed.slice(Math.max(0, end - yearLength), end).filter((day) => day.session >= from)
    const values = new Map<string, Value[]>()
    for (const [signal, { values: all }] of histories)
      values.set(signal, all.slice(Math.max(0, end - days.length), end))
    return { days, values, query: litDays(window, {}).text }
  }

  /** The answers to all questions about one session, and to some others. Those that the site has already are not asked. */
  const asking = async (session: string, year: Report['year'], others: readonly Sql[]): Promise<Ask> => {
    const days = year.days.map((day): Record<string, Value> => ({ ...day }))
    const given = new Map([[year.query, days]])
    const queries = reportQueries(session, {}, { hasPaths: withBars.has(session) }).filter(
      ({ text }) => !given.has(text),
    )
    return askBeyond(given, await askAhead(lake, [...others, ...queries]))
  }

  const yearChart = ({ days }: Report['year'], session: string) =>
    chartPlace(
      {
        series: 'market',
        columns: ['close', 'lit'],
        labels: [say('series_index'), say('column_lit_count')],
        from: days[0]?.session ?? session,
        to: session,
        at: session,
        height: 320,
      },
      language,
      false,
    )

  const yearHero = (year: Report['year'], session: string): Hero => ({
    title: say('hero_year'),
    picture: yearChart(year, session),
    alternative: heroAlternative(year.days, session, say),
  })

  const ownHero = (report: Report): Hero =>
    report.paths.rows.length ? heroOf(report, contextOf(report), say) : yearHero(report.year, report.evening.session)

  const shownBy = (exhibit: Filled, context: ChartContext): Html | undefined => {
    const { session } = context
    if (exhibit.id === aroundId) {
      const from = sessionOffset(session, around.before)?.session ?? session
      const to = sessionOffset(session, around.after)?.session ?? '2099-12-31'
      const place = {
        series: 'market',
        columns: ['close'],
        labels: [say('series_index')],
        from,
        to,
        at: session,
        height: 230,
      }
      return html`${raw(chartPlace(place, language, false))}`
    }
    const { chart, rows } = exhibit
    if (!chart?.lines) return undefined
    return ownChart(chart.lines(rows, context), chart.alternative(rows, context), session, language)
  }

  const pageOf = (report: Report): string => {
    const { session } = report.evening
    const [before, after] = [neighbour(session, -1), neighbour(session, 1)].map((each) =>
      each ? html`<a href="${each}.html">${each}</a>` : '',
    )
    const context = contextOf(report)
    const contents = contentsOf(report, context, {
      hero: ownHero(report),
      shownBy,
      pageOf: (signal) => `../signal/${signal}.html`,
    })
    const frame = {
      ...base,
      notice: warningOf(session),
      title: say('page_title', { session }),
      root: '../' as const,
      data: ['market'],
    }
    return framed({ ...frame, footer: footerOf(report) }, html`<p class="neighbours">${before} ${after}</p>${contents}`)
  }

  /** The report of a session. Its evening is gathered with it unless it is there already: some queries are those of exhibits. */
  const toldOf = async (
    session: string,
    rarity: Evening['rarity'],
    gathered?: Omit<Evening, 'rarity'>,
  ): Promise<Report> => {
    const year = yearOf(session)
    const ask = await asking(session, year, gathered ? [] : queriesOf(session, {}, parts))
    const [own] = gathered ? [gathered] : await gatherAll(lake, [session], { parts, ask })
    const evening = { ...own!, rarity }
    const paths = withBars.has(session) ? await pathsOf(ask, session) : { rows: [], query: '' }
    return reportOf(
      ask,
      evening,
      { language },
      { year, paths, trust: { version, behind: [], ended: [], missing: [] }, sources },
    )
  }

  async function* of(sessions: readonly string[]): AsyncGenerator<Told> {
    if (sessions.length > fewPages) await keepSmall(lake)
    const rarities = raritiesOf(histories, sessions)
    for (let i = 0; i < sessions.length; i += batch) {
      const next = sessions.slice(i, i + batch)
      const gathered = next.length > fewPages ? await gatherAll(lake, next, { parts }) : []
      // The engine answers for the next evenings while the page of this one is made.
      const told = begunInAdvance(
        next.map((session, place) => () => toldOf(session, rarities.get(session) ?? [], gathered[place])),
        ahead,
      )
      for (const _ of next) {
        const report = await told.next()
        yield { report, page: pageOf(report) }
      }
    }
  }

  const rows = await rowsBehind
  const queries = exhibitQueries(anySession)
  const sourceNames = (session: string) =>
    queries.map((query) => [sources(query, session), sources(query, laterEnd(session))])
  const ofSession = ({ session }: Listed) => {
    const links = [neighbour(session, -1), neighbour(session, 1)]
    const warned = String(warningOf(session)) ? [warningOf(session)] : []
    return [
      session,
      fingerprint(version, language, base.notice, sourceNames(session), links, rows.get(session), ...warned),
    ] as const
  }

  return {
    fingerprints: Object.fromEntries(shown.map(ofSession)),
    of,
    firstScreen: (report) => {
      const { evening, year } = report
      return html`<header>${front(evening, language, ownHero(report), extremesOf(report))}</header>
<main>${signalsList({ ...evening, language, years: year.values, queries: signalQueries(report), pageOf: (signal) => `signal/${signal}.html` })}</main>`
    },
  }
}
