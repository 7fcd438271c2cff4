/** The calendar as tables: sessions and closures, from the facts in calendar/. */

import { knowledgeOf } from '../../calendar/knowledge.ts'
import { allSessions, closures, horizon, newYorkInstant } from '../../calendar/sessions.ts'
import type { Table } from '../../schemas/table.ts'
import { closures as closuresTable } from '../../schemas/tables/closures.ts'
import { sessions as sessionsTable } from '../../schemas/tables/sessions.ts'
import type { Lake } from '../lake/lake.ts'
import { partitionsOf, rewrite } from './objects.ts'

const iso = (instant: number) => new Date(instant).toISOString()

const knowledgeAt = (known: Date) =>
  knowledgeOf({ source: 'calendar', known_at: known.toISOString(), known_basis: 'assumed' })

/** The timetable of a year is assumed public from the first day of the year before. */
const announced = (year: string) => newYorkInstant(`${Number(year) - 1}-01-01`, '00:00')

const sessionRows = () => {
  const all = allSessions()
  // One for all sessions of a year: to ask for the time zone at each session would take half of the time of a first command.
  const years = new Set(all.map(({ session }) => session.slice(0, 4)))
  const knowledge = new Map([...years].map((year) => [year, knowledgeAt(announced(year))]))
  return all.map((each) => ({
    session: each.session,
    session_number: each.session_number,
    opens_at: iso(each.opensAt),
    closes_at: iso(each.closesAt),
    as_of: iso(each.asOf),
    is_early_close: each.isEarlyClose,
    ...knowledge.get(each.session.slice(0, 4)),
  }))
}

const closureRows = () =>
  closures.map((each) => ({
    closed_on: each.closed_on,
    reason: each.reason,
    reference: each.reference,
    ...knowledgeAt(newYorkInstant(each.known_on, '00:00')),
  }))

/** Writes both tables if years are missing. With `again` it always writes them, because the facts may have changed. */
export const writeCalendar = async (lake: Lake, again = false): Promise<void> => {
  await writeAll(lake, sessionsTable, sessionRows, again)
  await writeAll(lake, closuresTable, closureRows, again)
}

const writeAll = async (lake: Lake, table: Table, rows: () => readonly Record<string, unknown>[], again: boolean) => {
  const present = await partitionsOf(lake.platform.store, table)
  const wanted = Number(horizon.to.slice(0, 4)) - Number(horizon.from.slice(0, 4)) + 1
  if (!again && present.length === wanted) return
  const relation = `calendar_${table.name}`
  await rewrite(
    lake,
    table,
    present,
    async () => {
      await lake.engine.load(relation, table.columns, rows())
      return relation
    },
    { isRederived: true },
  )
}
