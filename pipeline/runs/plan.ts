/** Plan: turns a run request into fetch tasks, one per source, and the session whose steps follow them. */
import { newYorkDate, sessionOf, sessionsBetween } from '../../calendar/sessions.ts'
import { UsageError } from '../../core/errors.ts'
import { lastSessions } from '../../schemas/views/meta/last_sessions.ts'
import { sourceNamed, sources } from '../../sources/index.ts'
import type { Source } from '../../sources/source.ts'
import { eveningWindow } from '../ingest/fetch.ts'
import type { Lake } from '../lake/lake.ts'
import { endedSymbols } from './ended-symbols.ts'
import type { FetchTask } from './fetch-task.ts'
import { poll, pollReads } from './poll.ts'
import { parseRunRequest } from './request.ts'
import { sessionFor } from './session-for.ts'

export interface Plan {
  /** `poll` asks for releases that are due. */
  readonly verb: 'run' | 'backfill' | 'poll'
  readonly session: string
  /** Responses stored since then belong to this request and are not fetched again. */
  readonly since: string
  readonly tasks: readonly FetchTask[]
  /** Why there are no tasks. */
  readonly idle: string | null
}

/** The tables and views that a plan reads: those of a poll, and the last sessions of symbols. */
export const planReads = [...pollReads, lastSessions] as const

/** The plan for a request that was made at an instant. */
export const plan = async (lake: Lake, request: unknown, requestedAt: Date): Promise<Plan> => {
  const { schedule, session, from, to, sources: names, since } = parseRunRequest(request)
  const wanted = names?.map(sourceNamed) ?? sources
  const common = { since: since ?? requestedAt.toISOString(), idle: null }
  if (schedule === 'releases') return { ...common, verb: 'poll', ...(await poll(lake, wanted)) }
  if (schedule === 'evening') {
    const today = newYorkDate(lake.platform.now())
    const idle = sessionOf(today) ? null : `${today} is not a session`
    return { ...common, ...(await evening(lake, idle ? today : sessionFor(lake, today), idle ? [] : wanted)), idle }
  }
  if (session) return { ...common, ...(await evening(lake, sessionFor(lake, session), wanted)) }
  return { ...common, ...backfill(lake, from!, to!, wanted) }
}

const evening = async (lake: Lake, session: string, wanted: readonly Source[]) => {
  const endedBefore = wanted.length ? await endedSymbols(lake, session) : () => []
  const tasks = wanted.map((source) => {
    const window = eveningWindow(source, session)
    const ended = endedBefore(window.from)
    return { source: source.name, ...window, ...(ended.length ? { ended } : {}) }
  })
  return { verb: 'run' as const, session, tasks }
}

const backfill = (lake: Lake, from: string, to: string, wanted: readonly Source[]) => {
  const sessions = sessionsBetween(from, to)
  const [first, last] = [sessions[0]?.session, sessions.at(-1)?.session]
  if (!first || !last) throw new UsageError(`there is no session from ${from} to ${to}`)
  return {
    verb: 'backfill' as const,
    session: sessionFor(lake, last),
    tasks: wanted.map(({ name }) => ({ source: name, from: first, to: last })),
  }
}
