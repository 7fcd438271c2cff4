/** The evening of a session, gathered once: what was known at 20:00 New York, and apart from it what became known later. */
import { group } from 'd3-array'
import { sampleNoticeOf } from '../core/sample-mark.ts'
import type { Lake } from '../pipeline/lake/lake.ts'
import type { SignalLevels } from '../schemas/signal-levels.ts'
import type { Relation, Sql } from '../schemas/view.ts'
import { nextSession } from './fragments.ts'
import { type Hit, hits, type Resonance, resonance, type Uncovered, uncovered } from './gather/catalysts.ts'
import { type Due, due } from './gather/due.ts'
import { type Turn, turn } from './gather/intraday.ts'
import { type Move, moves, type Volatility, volatility } from './gather/market.ts'
import { type Observed, observed } from './gather/observed.ts'
import { type Rarity, rarity } from './gather/rarity.ts'
import { type Analog, analogs, type Score, score } from './gather/score.ts'
import { type SignalState, signalsSubject } from './gather/signals.ts'
import type { Row, Subject } from './gather/subject.ts'
import { type Later, later, type MorningFigure, nextMorning, type Overdue, overdue } from './gather/unknown.ts'
import { type Warning, type WarningParts, warning, warningParts } from './gather/warning.ts'
import { publishedSession } from './sessions.ts'

export interface Parts {
  readonly signals: readonly SignalState[]
  readonly rarity: readonly Rarity[]
  readonly observed: readonly Observed[]
  readonly turn: Turn | null
  readonly moves: readonly Move[]
  readonly volatility: Volatility | null
  readonly warning: Warning | null
  readonly warningParts: WarningParts | null
  readonly hits: readonly Hit[]
  readonly resonance: Resonance | null
  readonly uncovered: Uncovered
  readonly score: Score | null
  readonly analogs: readonly Analog[]
  readonly overdue: readonly Overdue[]
  readonly nextMorning: readonly MorningFigure[]
  readonly due: readonly Due[]
  /** The only part that looks past the evening. */
  readonly later: Later | null
}

type Part = keyof Parts

/** An evening, or some parts of it: a reader that shows less asks for less. */
export type Evening<P extends Part = Part> = Pick<Parts, P> & {
  readonly session: string
  /** The session after it; null beyond the calendar. */
  readonly next: string | null
  /** Says that the lake is a sample. */
  readonly notice: string | undefined
}

const subjectsFor = (levels: SignalLevels): { readonly [P in Part]: Subject<Parts[P]> } => ({
  signals: signalsSubject(levels),
  rarity,
  observed,
  turn,
  moves,
  volatility,
  warning,
  warningParts,
  hits,
  resonance,
  uncovered,
  score,
  analogs,
  overdue,
  nextMorning,
  due,
  later,
})

export const allParts = Object.keys(subjectsFor({})) as Part[]

/** The relations that some parts of an evening are read from. */
export const readsOf = (parts: readonly Part[]): readonly Relation[] => {
  const subjects = subjectsFor({})
  return [...new Set(parts.flatMap((part) => subjects[part].sql(['2025-11-20']).reads))]
}

export interface GatherOptions<P extends Part = Part> {
  readonly levels?: SignalLevels
  readonly parts?: readonly P[]
  /** Answers a query. By default the engine of the lake answers those of all parts side by side. */
  readonly ask?: Ask
}

export type Ask = (query: Sql) => Promise<readonly Row[]>

/** Answers each query once. */
export const askOnce = ({ engine }: Lake): Ask => {
  const answers = new Map<string, Promise<readonly Row[]>>()
  return ({ text }) => {
    const answer = answers.get(text) ?? engine.rows<Row>(text)
    answers.set(text, answer)
    return answer
  }
}

/** Answers that are there already; other queries are asked. */
export const askBeyond = (given: ReadonlyMap<string, readonly Row[]>, ask: Ask): Ask => {
  return async (query) => given.get(query.text) ?? ask(query)
}

/** Asks all these queries at once. Others are asked when they come. */
export const askAhead = async (lake: Lake, queries: readonly Sql[]): Promise<Ask> => {
  const texts = [...new Set(queries.map(({ text }) => text))]
  const rows = await lake.engine.rowsOfAll(texts)
  return askBeyond(new Map(texts.map((text, i) => [text, rows[i]!])), askOnce(lake))
}

/** The queries of some parts of an evening. */
export const queriesOf = (session: string, levels: SignalLevels, parts: readonly Part[] = allParts): Sql[] => {
  const subjects = subjectsFor(levels)
  return parts.map((part) => subjects[part].sql([session]))
}

/** The evenings of several sessions, with one query per part. */
export const gatherAll = async <P extends Part = Part>(
  lake: Lake,
  sessions: readonly string[],
  { levels = {}, parts = allParts as P[], ask: given }: GatherOptions<P> = {},
): Promise<Evening<P>[]> => {
  await lake.hold(readsOf(parts))
  const notice = await sampleNoticeOf(lake.platform.store)
  const subjects = subjectsFor(levels)
  const ask =
    given ??
    (await askAhead(
      lake,
      parts.map((part) => subjects[part].sql(sessions)),
    ))
  const rowsOf = new Map<Part, ReadonlyMap<unknown, readonly Row[]>>()
  for (const part of parts) {
    const rows = await ask(subjects[part].sql(sessions))
    rowsOf.set(
      part,
      group(rows, ({ session }) => session),
    )
  }
  return sessions.map((session) => {
    const known = parts.map((part) => [
      part,
      subjects[part].of((rowsOf.get(part)!.get(session) ?? []).map(withoutSession)),
    ])
    return { session, next: nextSession(session), notice, ...(Object.fromEntries(known) as Pick<Parts, P>) }
  })
}

const withoutSession = ({ session: _, ...row }: Row): Row => row

/** The evening of the named session, or of the latest one in the lake. */
export const gather = async <P extends Part = Part>(
  lake: Lake,
  named: string | undefined,
  options: GatherOptions<P> = {},
): Promise<Evening<P>> => {
  const session = await publishedSession(lake, named)
  const [evening] = await gatherAll(lake, [session], options)
  return evening!
}
