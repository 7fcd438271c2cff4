/** The evening of a session for programs: what was known at 20:00 New York, and the queries that gave it. */

import { sessionOf } from '../../calendar/sessions.ts'
import { allParts, askOnce, gatherAll } from '../../evening/gather.ts'
import { publishedSession } from '../../evening/sessions.ts'
import type { Desk } from './desk.ts'

/** Without the part that looks past the evening. */
const parts = allParts.filter((part) => part !== 'later')

export const eveningOf = (desk: Desk, named: string | undefined) =>
  desk.with(undefined, async (lake) => {
    const session = await publishedSession(lake, named)
    const sql: string[] = []
    const once = askOnce(lake)
    const [evening] = await gatherAll(lake, [session], {
      parts,
      ask: (query) => {
        sql.push(query.text)
        return once(query)
      },
    })
    return { as_of: new Date(sessionOf(session)!.asOf).toISOString(), evening: evening!, sql }
  })
