/** When the evening of a session is run: at 18:30 New York, also after an early close. */
import { eveningAt } from '../core/schedule.ts'
import { lastClosedSession, newYorkInstant, sessionHit, sessionOffset } from './sessions.ts'

const time = `${eveningAt.hour}:${eveningAt.minute}`

const eveningOf = (session: string): Date => newYorkInstant(session, time)

/** The last session whose evening has begun. Between the close and 18:30 it is the session before. */
export const lastEvening = (now: Date): string | undefined => {
  const closed = lastClosedSession(now)?.session
  if (closed === undefined || eveningOf(closed) <= now) return closed
  return sessionOffset(closed, -1)?.session
}

/** When the evening of the next session begins. Undefined after the end of the calendar. */
export const nextEvening = (now: Date): Date | undefined => {
  const closed = lastClosedSession(now)?.session
  if (closed !== undefined && eveningOf(closed) > now) return eveningOf(closed)
  const next = sessionHit(now)?.session
  return next === undefined ? undefined : eveningOf(next)
}
