/** What the report of a session shows: its evening, and every exhibit and claim with the rows of the lake. */

import type { Value } from '../../core/engine.ts'
import type { Lake } from '../../pipeline/lake/lake.ts'
import type { SignalLevels } from '../../schemas/signal-levels.ts'
import { last } from '../fragments.ts'
import { paths } from '../gather/intraday.ts'
import type { Row } from '../gather/subject.ts'
import { litDays, signalDays, type YearDay } from '../gather/year.ts'
import { type Ask, askOnce, type Evening, gather } from '../gather.ts'
import { type Language, saying } from '../language/language.ts'
import type { Claim, Finding } from './claims/claim.ts'
import { claims, narrativeSession } from './claims/index.ts'
import type { Filled, Section } from './exhibit.ts'
import { eveningSections, laterSections } from './sections/index.ts'
import { sourcesOf } from './sources.ts'
import { type Trust, trustOf, trustReads } from './trust.ts'

const yearLength = 252

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

/** Gathers everything that the report shows. The session must be in the lake; by default it is the latest. */
export const gatherReport = async (
  lake: Lake,
  named: string | undefined,
  { language, levels = {}, isOfEvening = false }: ReportOptions,
): Promise<Report> => {
  const ask = askOnce(lake)
  const evening = await gather(lake, named, { levels, ask })
  const { session } = evening
  const isOfNarrative = session === narrativeSession
  const [own, afterwards] = [eveningSections(session, levels), isOfEvening ? [] : laterSections(session)]
  // The claims are about one session. Another one has the table of mechanisms instead.
  const judgedHere = isOfNarrative && !isOfEvening ? claims : []
  const exhibits = [...own, ...afterwards].flatMap((section) => section.exhibits)
  await lake.hold([...trustReads, ...paths(session).reads])
  await lake.hold(
    [...exhibits, ...judgedHere.map((claim) => ({ sql: claim.sql(session, levels) }))].flatMap(({ sql }) => sql.reads),
  )
  const sections = await filled(lake, ask, [...own, ...afterwards])
  return {
    evening,
    language,
    levels,
    year: await yearOf(ask, session, levels),
    paths: { rows: await ask(paths(session)), query: paths(session).text },
    trust: await trustOf(lake, ask, evening),
    isOfNarrative,
    sections: sections.slice(0, own.length),
    laterSections: sections.slice(own.length),
    claims: await judged(ask, judgedHere, session, language, levels),
  }
}

const yearOf = async (ask: Ask, session: string, levels: SignalLevels): Promise<Year> => {
  const window = last(session, yearLength)
  const query = litDays(window, levels)
  const days = (await ask(query)) as unknown as readonly YearDay[]
  const values = new Map<string, Value[]>()
  for (const { signal, value } of await ask(signalDays(window)))
    values.set(String(signal), [...(values.get(String(signal)) ?? []), value!])
  return { days, values, query: query.text }
}

export const filled = async (lake: Lake, ask: Ask, sections: readonly Section[]): Promise<FilledSection[]> => {
  const sources = await sourcesOf(
    lake,
    sections.flatMap(({ exhibits }) => exhibits).map((exhibit) => exhibit.sql),
  )
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
  session: string,
  language: Language,
  levels: SignalLevels,
): Promise<JudgedClaim[]> => {
  const say = saying(language)
  const all: JudgedClaim[] = []
  for (const claim of wanted) {
    const query = claim.sql(session, levels)
    const rows = await ask(query)
    all.push({ claim, rows, finding: claim.judge(rows, say, levels), query: query.text })
  }
  return all
}
