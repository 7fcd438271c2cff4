/** The instant of an answer: `--as-of`, or a schema that a query names by an instant. */
import { whyNoSession } from '../calendar/not-a-session.ts'
import { isCalendarDate } from '../calendar/plausible.ts'
import { instantWithOffset, sessionOf } from '../calendar/sessions.ts'
import { UsageError } from '../core/errors.ts'
import type { Instant } from '../pipeline/lake/open.ts'
import { instantOf } from './instant.ts'

export const asOfOption = [
  '--as-of <instant>',
  'answer as that instant knew it: date, time and offset, or a session for its evening at 20:00 New York',
] as const

/** The evening cut of a session. */
const eveningOf = (session: string): Date => {
  const found = sessionOf(session)
  if (!found) throw new UsageError(`--as-of ${whyNoSession(session)}`)
  return new Date(found.asOf)
}

/** The instant of the option. A date is the evening cut of its session. */
export const asOfInstant = (text: string): Date => (isCalendarDate(text) ? eveningOf(text) : instantOf('--as-of', text))

/** The instants that a statement names as schemas: `"2025-11-20T13:29:59Z".catalysts` or `"2025-11-20".catalysts`. */
export const instantsIn = (statement: string): readonly Instant[] => {
  const names = [...statement.matchAll(/"([^"]+)"\s*\./g)].map(([, name]) => name!)
  return [...new Set(names)].flatMap((schema) => {
    if (isCalendarDate(schema)) return [{ schema, at: eveningOf(schema) }]
    const at = instantWithOffset(schema)
    return at ? [{ schema, at }] : []
  })
}
