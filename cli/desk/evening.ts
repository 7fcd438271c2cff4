/** The evening of a session for programs: what was known at 20:00 New York, and the queries that gave it. */

import { sessionOf } from '../../calendar/sessions.ts'
import type { Value } from '../../core/engine.ts'
import { allParts, askOnce, gatherAll } from '../../evening/gather.ts'
import { publishedSession } from '../../evening/sessions.ts'
import type { Desk, DeskAnswer } from './desk.ts'

/** Without the part that looks past the evening. */
const parts = allParts.filter((part) => part !== 'later')

export const eveningOf = (desk: Desk, named: string | undefined) =>
  desk.with(async (lake) => {
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

type Evening = Awaited<ReturnType<typeof eveningOf>>

/** The evening as rows: one for each value, with the part that it belongs to and the number of its item in a list. */
export const eveningRows = ({ as_of, evening, sql }: Evening): DeskAnswer => {
  const rows = Object.entries(evening).flatMap(([part, of]) =>
    (Array.isArray(of) ? of : [of]).flatMap((item: unknown, i) =>
      (typeof item === 'object' && item !== null ? Object.entries(item) : [['value', item] as const]).map(
        ([field, value]): Value[] => [part, Array.isArray(of) ? i : null, field, textOf(value)],
      ),
    ),
  )
  return {
    columns: ['part', 'item', 'field', 'value'],
    types: ['VARCHAR', 'BIGINT', 'VARCHAR', 'VARCHAR'],
    rows,
    sql: sql.join(';\n'),
    asOf: as_of,
    isCut: false,
  }
}

const textOf = (value: unknown): string | null => {
  if (value === null || value === undefined) return null
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
