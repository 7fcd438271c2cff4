/** The report of a session: every exhibit and claim filled from the lake, then written as one page. */

import { sampleNoticeOf } from '../../core/sample-mark.ts'
import type { Lake } from '../../pipeline/lake/lake.ts'
import { type Language, saying } from '../language/language.ts'
import type { SignalLevels } from '../message/states.ts'
import { type SignalState, statesAt } from '../message/states.ts'
import type { Claim, Finding } from './claims/claim.ts'
import { accountSession, claimsFor } from './claims/index.ts'
import type { Exhibit, Filled, Row, Section } from './exhibit.ts'
import { page } from './page.ts'
import { eveningSections, laterSections } from './sections/index.ts'
import { publishedSession } from './sessions.ts'
import { sourcesOf } from './sources.ts'

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
  readonly session: string
  readonly language: Language
  readonly notice: string | undefined
  readonly isOfAccount: boolean
  readonly states: readonly SignalState[]
  readonly headline: Row
  /** As the evening knew it. */
  readonly evening: readonly FilledSection[]
  readonly later: readonly FilledSection[]
  readonly claims: readonly JudgedClaim[]
}

export interface ReportOptions {
  readonly language: Language
  readonly levels?: SignalLevels
}

/** Asks the lake for all that the report shows. The session must be in the lake; by default it is the latest. */
export const gather = async (lake: Lake, named: string | undefined, options: ReportOptions): Promise<Report> => {
  await lake.refresh()
  const session = await publishedSession(lake, named)
  const { engine } = lake
  const sources = sourcesOf(lake)
  const fill = async (exhibit: Exhibit): Promise<Filled> => ({
    ...exhibit,
    rows: await engine.rows<Row>(exhibit.sql.text),
    sources: await sources(exhibit.sql),
  })
  const fillAll = async (sections: readonly Section[]): Promise<FilledSection[]> => {
    const filled: FilledSection[] = []
    for (const section of sections) {
      const exhibits: Filled[] = []
      for (const exhibit of section.exhibits) exhibits.push(await fill(exhibit))
      filled.push({ ...section, exhibits })
    }
    return filled
  }
  const say = saying(options.language)
  const claims: JudgedClaim[] = []
  for (const claim of claimsFor(session)) {
    const query = claim.sql(session).text
    const rows = await engine.rows<Row>(query)
    claims.push({ claim, rows, finding: claim.judge(rows, say, session), query })
  }
  const [headline] = await engine.rows<Row>(
    `select p.index_close_return, p.vix_close, s.score, s.coverage from crash_precursors p
     left join precursor_score s on s.session = p.session where p.session = date '${session}'`,
  )
  return {
    session,
    language: options.language,
    notice: await sampleNoticeOf(lake.platform.store),
    isOfAccount: session === accountSession,
    states: await statesAt(lake, session, options.levels),
    headline: headline ?? {},
    evening: await fillAll(eveningSections(session)),
    later: await fillAll(laterSections(session)),
    claims,
  }
}

/** The report as one HTML page that needs nothing else, and the session that it is of. */
export const report = async (
  lake: Lake,
  named: string | undefined,
  options: ReportOptions,
): Promise<{ session: string; html: string }> => {
  const gathered = await gather(lake, named, options)
  return { session: gathered.session, html: page(gathered) }
}
