/** What the evening's message says: what is lit, what changed, what hit, what is due. */

import { sessionOffset } from '../../calendar/sessions.ts'
import { sampleNoticeOf } from '../../core/sample-mark.ts'
import type { Lake } from '../../pipeline/lake/lake.ts'
import { catalysts } from '../../schemas/tables/catalysts.ts'
import { type Relation, sql } from '../../schemas/view.ts'
import { catalystsBySession } from '../../schemas/views/catalysts/catalysts_by_session.ts'
import { crashPrecursors } from '../../schemas/views/composite/crash_precursors.ts'
import { precursorScore } from '../../schemas/views/composite/precursor_score.ts'
import { macroTimetable } from '../../schemas/views/macro/macro_timetable.ts'
import { date } from '../html/fragments.ts'
import { publishedSession } from '../html/sessions.ts'
import type { Language } from '../language/language.ts'
import { type Due, dueOn } from './due.ts'
import { type SignalLevels, type SignalState, statesAt } from './states.ts'

export interface WatchSettings {
  readonly language: Language
  readonly levels: SignalLevels
}

export interface Evening {
  readonly session: string
  readonly notice: string | undefined
  readonly states: readonly SignalState[]
  readonly score: number | null
  readonly hits: readonly { readonly occurred_at: string | null; readonly title: string }[]
  readonly next: string | null
  readonly due: readonly Due[]
}

/** What the message rests on. */
export const eveningReads: readonly Relation[] = [
  crashPrecursors,
  precursorScore,
  catalystsBySession,
  catalysts,
  macroTimetable,
]

/** The evening of a session, by default of the latest in the lake; of nothing later does it know. */
export const eveningOf = async (lake: Lake, named: string | undefined, levels: SignalLevels): Promise<Evening> => {
  await lake.refresh()
  const session = await publishedSession(lake, named)
  const { engine, platform } = lake
  const [scored] = await engine.rows<{ score: number | null }>(
    sql`select score from ${precursorScore} where session = ${date(session)}`.text,
  )
  const hits = sql`
    select occurred_at, title from ${catalystsBySession} where session = ${date(session)} order by occurred_at, title`
  const next = sessionOffset(session, 1)?.session ?? null
  return {
    session,
    notice: await sampleNoticeOf(platform.store),
    states: await statesAt(lake, session, levels),
    score: scored?.score ?? null,
    hits: await engine.rows(hits.text),
    next,
    due: next ? await dueOn(lake, next, session) : [],
  }
}

export const hasChanged = ({ states }: Evening): boolean => states.some(({ change }) => change !== null)
