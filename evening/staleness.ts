/** Whether a lake is behind the exchange: evenings that are over and that it does not have. */
import { allSessions, sessionOf } from '../calendar/sessions.ts'

/** An evening run may take so long. */
const patienceMs = 12 * 60 * 60 * 1000

export interface Staleness {
  /** Latest session of the lake. */
  readonly latest: string
  /** Latest session whose evening is over. */
  readonly expected: string
  /** Number of sessions between them. */
  readonly sessionsBehind: number
}

/** Undefined if the lake has the last evening. */
export const stalenessOf = (latest: string, now: Date): Staleness | undefined => {
  const expected = allSessions().findLast(({ asOf }) => asOf + patienceMs <= now.getTime())
  const own = sessionOf(latest)
  if (!expected || !own || own.session_number >= expected.session_number) return undefined
  return { latest, expected: expected.session, sessionsBehind: expected.session_number - own.session_number }
}
