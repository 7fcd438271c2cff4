/** What the report of a session shows: its evening, and every exhibit and claim with the rows of the lake. */

import { group } from 'd3-array'
import { sessionOffset } from '../../calendar/sessions.ts'
import type { Value } from '../../core/engine.ts'
import { allOf } from '../../core/places.ts'
import type { Lake } from '../../pipeline/lake/lake.ts'
import type { SignalLevels } from '../../schemas/signal-levels.ts'
import type { Relation, Sql } from '../../schemas/view.ts'
import { last } from '../fragments.ts'
import { paths } from '../gather/intraday.ts'
import { isShortHistory, type Rarity } from '../gather/rarity.ts'
import type { Row } from '../gather/subject.ts'
import { litDays, signalDays, type YearDay, yearAnswers, yearLength, yearQueries } from '../gather/year.ts'
import { type Ask, allParts, askAhead, askBeyond, type Evening, gatherAll, queriesOf, readsOf } from '../gather.ts'
import { type Language, saying } from '../language/language.ts'
import { keepOftenRead } from '../often-read.ts'
import { publishedSession } from '../sessions.ts'
import type { Claim, Finding } from './claims/claim.ts'
import { claims, narrativeSession } from './claims/index.ts'
import type { Filled, Section } from './exhibit.ts'
import { eveningSections, laterSections } from './sections/index.ts'
import { mechanisms } from './sections/mechanisms.ts'
import { type SourcesOf, sourcesOf } from './sources.ts'
import { type Trust, trustOf, trustQueries, trustReads } from './trust.ts'

/** The year up to the session: its days, and the values of each signal. */
export interface Year {
  readonly days: readonly YearDay[]
  readonly values: ReadonlyMap<string, readonly Value[]>
  /** Query of the days. */
  readonly query: string
}

export interface FilledSection extends Omit<Section, 'exhibits'> {
  readonly exhibits: readonly Filled[]
}

export interface JudgedClaim {
  readonly claim: Claim
  readonly rows: readonly Row[]
  readonly finding: Finding
  readonly query: string
}

export interface Report {
  readonly evening: Evening
  readonly language: Language
  readonly levels: SignalLevels
  readonly year: Year
  /** Paths inside the session; none without bars. */
  readonly paths: { readonly rows: readonly Row[]; readonly query: string }
  readonly trust: Trust
  readonly isOfNarrative: boolean
  /** As the evening knew it. */
  readonly sections: readonly FilledSection[]
  readonly laterSections: readonly FilledSection[]
  readonly claims: readonly JudgedClaim[]
}

export interface ReportOptions {
  readonly language: Language
  readonly levels?: SignalLevels
  /** Only what the evening knew: without the sections and the claims about what came later. */
  readonly isOfEvening?: boolean
}

const sectionsOf = (session: string, levels: SignalLevels, isOfEvening: boolean) => ({
  own: eveningSections(session, levels),
  afterwards: isOfEvening ? [] : laterSections(session),
})
const exhibitsOf = (session: string, levels: SignalLevels, isOfEvening: boolean) => {
  const { own, afterwards } = sectionsOf(session, levels, isOfEvening)
  return [...own, ...afterwards].flatMap((section) => section.exhibits)
}
// The claims are about one session. Another one has the table of mechanisms instead.
const claimsOf = (session: string, isOfEvening: boolean) => (session === narrativeSession && !isOfEvening ? claims : [])

/** Queries of the exhibits of a session. */
export const exhibitQueries = (session: string, levels: SignalLevels = {}, isOfEvening = false): Sql[] =>
  exhibitsOf(session, levels, isOfEvening).map(({ sql }) => sql)

/** The relations that the report of a session is read from, besides those of its evening. */
export const reportReads = (session: string, levels: SignalLevels = {}, isOfEvening = false): readonly Relation[] => [
  ...new Set([
    ...trustReads,
    ...paths(session).reads,
    ...exhibitQueries(session, levels, isOfEvening).flatMap(({ reads }) => reads),
    ...claimsOf(session, isOfEvening).flatMap((claim) => claim.sql(session, levels).reads),
  ]),
]

/** Gathers everything that the report shows. The session must be in the lake; by default it is the latest. */
export const gatherReport = async (lake: Lake, named: string | undefined, options: ReportOptions): Promise<Report> =>
  gatherPublished(lake, await publishedSession(lake, named), options)

/** The same for a session that `publishedSession` has given. */
export const gatherPublished = async (
  lake: Lake,
  session: string,
  { language, levels = {}, isOfEvening = false }: ReportOptions,
): Promise<Report> => {
  const reads = [...readsOf(allParts), ...reportReads(session, levels, isOfEvening)]
  // The states of the signals follow from those of the year.
  const others = allParts.filter((part) => part !== 'signals')
  const queries = [
    ...yearQueries(session, levels),
    ...queriesOf(session, levels, others),
    ...reportQueries(session, levels, { isOfEvening }),
  ]
  await allOf([lake.hold(reads), keepOftenRead(lake, queries)])
  const [ask, sources] = await Promise.all([
    askAhead(lake, [...trustQueries, ...queries]),
    sourcesOf(lake, exhibitQueries(session, levels, isOfEvening)),
  ])
  const known = askBeyond(await yearAnswers(ask, session, levels), ask)
  const [evening] = await gatherAll(lake, [session], { levels, ask: known })
  const given = {
    year: await yearOf(known, session, levels),
    paths: await pathsOf(known, session),
    trust: await trustOf(lake, known, evening!),
    sources,
  }
  return reportOf(known, evening!, { language, levels, isOfEvening }, given)
}

/** The query that gives the rows of a claim, or what they are made of. */
const askedFor = ({ sql, fromStates }: Claim, session: string, levels: SignalLevels): Sql =>
  fromStates ? fromStates.sql(session) : sql(session, levels)

/** The queries that a report is made from besides its evening, without those that are answered from others. */
export const reportQueries = (
  session: string,
  levels: SignalLevels,
  { hasPaths = true, isOfEvening = false }: { readonly hasPaths?: boolean; readonly isOfEvening?: boolean } = {},
): Sql[] => {
  const answered = new Set([mechanisms(session).sql.text, litDays(last(session, yearLength), levels).text])
  return [
    ...exhibitQueries(session, levels, isOfEvening).filter(({ text }) => !answered.has(text)),
    ...claimsOf(session, isOfEvening).map((claim) => askedFor(claim, session, levels)),
    ...(hasPaths ? [paths(session)] : []),
  ]
}

/**
 * The table of mechanisms is the rarities of the evening, the rarest first. Those that any session is as extreme as share a row, and so do
 * those with the same history that is too short to say how rare they are.
 */
const mechanismRows = ({ rarity }: Evening): Row[] => {
  const known = rarity
    .filter(({ as_extreme_share }) => as_extreme_share !== null)
    .map((each) => (isShortHistory(each.session_count) ? { ...each, as_extreme_share: null } : each))
  const keyOf = ({ signal, as_extreme_share: share, session_count, counted_from }: Rarity) => {
    if (share === null) return `${session_count} ${counted_from}`
    return share < 1 ? signal : 'any'
  }
  return [...group(known, keyOf).values()]
    .map((own): Row & { as_extreme_share: number | null } => {
      const [first] = own
      const { as_extreme_share, session_count, counted_from, earlier_on } = first!
      const isOne = own.length === 1
      const isCounted = isOne || as_extreme_share === null
      return {
        signal: own
          .map(({ signal }) => signal)
          .sort()
          .join(','),
        as_extreme_share,
        session_count: isCounted ? session_count : null,
        counted_from: isCounted ? counted_from : null,
        earlier_on: isOne ? earlier_on : null,
      }
    })
    .sort((a, b) => (a.as_extreme_share ?? 2) - (b.as_extreme_share ?? 2) || (a.signal! < b.signal! ? -1 : 1))
}

/** What a report shows besides its evening, its exhibits and its claims. */
interface Given extends Pick<Report, 'year' | 'paths' | 'trust'> {
  readonly sources: SourcesOf
}

/** What became known later ends so many sessions after the evening. */
const sessionsLater = 63

/** The day up to which a source counts as one of what became known later; missing if the calendar ends before. */
export const laterEnd = (session: string): string | undefined => sessionOffset(session, sessionsLater)?.session

/** The report of an evening. The relations that it reads are held. */
export const reportOf = async (
  asked: Ask,
  evening: Evening,
  { language, levels = {}, isOfEvening = false }: ReportOptions,
  { sources, ...given }: Given,
): Promise<Report> => {
  const { session } = evening
  const { own, afterwards } = sectionsOf(session, levels, isOfEvening)
  const judgedHere = claimsOf(session, isOfEvening)
  const ask = askBeyond(new Map([[mechanisms(session).sql.text, mechanismRows(evening)]]), asked)
  return {
    evening,
    language,
    levels,
    ...given,
    isOfNarrative: session === narrativeSession,
    sections: await filledFrom(ask, own, (query) => sources(query, session)),
    laterSections: await filledFrom(ask, afterwards, (query) => sources(query, laterEnd(session))),
    claims: await judged(ask, judgedHere, evening, language, levels),
  }
}

export const pathsOf = async (ask: Ask, session: string): Promise<Report['paths']> => ({
  rows: await ask(paths(session)),
  query: paths(session).text,
})

const yearOf = async (ask: Ask, session: string, levels: SignalLevels): Promise<Year> => {
  const window = last(session, yearLength)
  const query = litDays(window, levels)
  const days = (await ask(query)) as unknown as readonly YearDay[]
  const values = new Map<string, Value[]>()
  for (const { signal, value } of await ask(signalDays(window)))
    values.set(String(signal), [...(values.get(String(signal)) ?? []), value!])
  return { days, values, query: query.text }
}

export const filled = async (
  lake: Lake,
  ask: Ask,
  sections: readonly Section[],
  until: string,
): Promise<FilledSection[]> => {
  const queries = sections.flatMap(({ exhibits }) => exhibits).map(({ sql }) => sql)
  const sources = await sourcesOf(lake, queries)
  return filledFrom(ask, sections, (query) => sources(query, until))
}

const filledFrom = async (
  ask: Ask,
  sections: readonly Section[],
  sources: (query: Sql) => readonly string[],
): Promise<FilledSection[]> => {
  const all: FilledSection[] = []
  for (const section of sections) {
    const exhibits: Filled[] = []
    for (const exhibit of section.exhibits)
      exhibits.push({ ...exhibit, rows: await ask(exhibit.sql), sources: sources(exhibit.sql) })
    all.push({ ...section, exhibits })
  }
  return all
}

const judged = async (
  ask: Ask,
  wanted: readonly Claim[],
  { session, signals }: Evening,
  language: Language,
  levels: SignalLevels,
): Promise<JudgedClaim[]> => {
  const say = saying(language)
  const all: JudgedClaim[] = []
  for (const claim of wanted) {
    const answer = await ask(askedFor(claim, session, levels))
    const rows = claim.fromStates?.rows(answer, signals) ?? answer
    all.push({ claim, rows, finding: claim.judge(rows, say, levels), query: claim.sql(session, levels).text })
  }
  return all
}
