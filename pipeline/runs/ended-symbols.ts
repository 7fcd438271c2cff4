/** Symbols that an evening no longer asks for, because their last session was declared or found. */
import { DateTime } from 'luxon'
import { sessionOffset } from '../../calendar/sessions.ts'
import { askedSymbols } from '../../core/universe.ts'
import { lastSessions } from '../../schemas/views/meta/last_sessions.ts'
import { reading } from '../lake/current.ts'
import type { Lake } from '../lake/lake.ts'

/** A trading halt looks like an end. So a symbol whose end was found, and not declared, is asked for once a week. */
const isAskedWeekly = (session: string): boolean => {
  const before = sessionOffset(session, -1)?.session
  return before !== undefined && DateTime.fromISO(before).weekday >= DateTime.fromISO(session).weekday
}

/** For the evening of a session: the symbols of the universe that ended before the first session that a source is asked for. */
export const endedSymbols = reading(async (lake: Lake, session: string) => {
  const followed = new Set(askedSymbols(lake.universe))
  const found = await lake.engine.rows<{ symbol: string; last_session: string; evidence: string }>(
    `select symbol, last_session, evidence from ${lastSessions.name} order by symbol`,
  )
  const ended = found.filter(
    ({ symbol, evidence }) => followed.has(symbol) && (evidence === 'declared' || !isAskedWeekly(session)),
  )
  return (from: string): readonly string[] =>
    ended.filter(({ last_session }) => last_session < from).map(({ symbol }) => symbol)
})
