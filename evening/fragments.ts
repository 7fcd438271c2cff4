/** Pieces of SQL that the queries of an evening share. */

import { newYorkInstant, sessionOffset } from '../calendar/sessions.ts'
import { raw, type Sql, sql } from '../schemas/view.ts'

/** A date as a literal. */
export const date = (session: string): Sql => raw(`date '${session}'`)

/** Whether a column is one of these sessions. */
export const isOneOf = (column: string, sessions: readonly string[]): Sql =>
  sessions.length === 1
    ? raw(`${column} = date '${sessions[0]}'`)
    : raw(`${column} in (${sessions.map((session) => `date '${session}'`).join(', ')})`)

/** The sessions of a window that ends with this one. */
export const last = (session: string, count: number): Sql =>
  sql`session between ${date(sessionOffset(session, 1 - count)?.session ?? '1957-01-02')} and ${date(session)}`

const timestamp = (at: Date) => `timestamp '${at.toISOString().replace('T', ' ').replace('Z', '')}'`

const dayMs = 24 * 60 * 60 * 1000

/** Session after a session, if the calendar reaches that far. */
export const nextSession = (session: string): string | null => sessionOffset(session, 1)?.session ?? null

/** A relation of the sessions, each with the New York day of the session after it: from `next_from` to before `next_until`. */
export const eveningsWithNext = (sessions: readonly string[]): Sql => {
  const rows = sessions.map((session) => {
    const next = nextSession(session)
    if (next === null) return `(date '${session}', cast(null as timestamp), cast(null as timestamp))`
    const from = newYorkInstant(next, '00:00')
    return `(date '${session}', ${timestamp(from)}, ${timestamp(new Date(from.getTime() + dayMs))})`
  })
  return raw(`(values ${rows.join(', ')}) as evenings(session, next_from, next_until)`)
}
