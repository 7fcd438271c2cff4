/** The session that a run is for. */
import { whyNoSession } from '../../calendar/not-a-session.ts'
import { lastClosedSession, sessionOf } from '../../calendar/sessions.ts'
import { UsageError } from '../../core/errors.ts'
import type { Lake } from '../lake/lake.ts'

/** The named session, or the last session that has closed. */
export const sessionFor = (lake: Lake, named?: string): string => {
  const session = named ?? lastClosedSession(lake.platform.now())?.session
  const found = session === undefined ? undefined : sessionOf(session)
  if (!session || !found) throw new UsageError(whyNoSession(`${named}`))
  if (found.closesAt > lake.platform.now().getTime()) throw new UsageError(`session ${session} has not closed yet`)
  return session
}
