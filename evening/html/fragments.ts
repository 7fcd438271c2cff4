/** Pieces of SQL that exhibits share. */

import { sessionOffset } from '../../calendar/sessions.ts'
import { raw, type Sql, sql } from '../../schemas/view.ts'

/** A date as a literal. */
export const date = (session: string): Sql => raw(`date '${session}'`)

/** The sessions of a window that ends with this one. */
export const last = (session: string, count: number): Sql =>
  sql`session between ${date(sessionOffset(session, 1 - count)?.session ?? '1957-01-02')} and ${date(session)}`

/** An instant as a literal. */
export const instant = (at: Date): Sql => raw(`timestamp '${at.toISOString().replace('T', ' ').replace('Z', '')}'`)
