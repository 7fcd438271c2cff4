/**
 * The calendar as relations of the engine: `calendar`, `known_days` and `closed_days`. The SQL of the pipeline joins
 * them.
 */

import type { Engine } from '../core/engine.ts'
import { bigint, date, string, timestamp } from '../schemas/column.ts'
import { allSessions, closures, horizon } from './sessions.ts'

const calendarColumns = {
  session: date('Session.'),
  session_number: bigint('Position in the calendar.'),
  opens_at: timestamp('Opening bell.'),
  closes_at: timestamp('Closing bell.'),
  as_of: timestamp('Evening cut.'),
  next_morning: timestamp('08:00 New York of the next session.'),
}
const knownDayColumns = {
  day: date('UTC day.'),
  as_of: timestamp('First evening cut that is not before the day.'),
  until_cut: date('Session of that cut. Rows known by the cut belong to it.'),
  after_cut: date('The next session. Rows known later on that day belong to it.'),
}
const dayLength = 24 * 60 * 60 * 1000

/** For each UTC day: the next evening cut, its session, and the session after that. */
const knownDays = () => {
  const all = allSessions()
  const rows: Record<string, string>[] = []
  let next = 0
  for (let day = Date.parse(horizon.from) - 365 * dayLength; day <= all.at(-1)!.asOf; day += dayLength) {
    while (next < all.length && all[next]!.asOf < day) next++
    const cut = all[next]
    if (!cut) break
    rows.push({
      day: new Date(day).toISOString().slice(0, 10),
      as_of: new Date(cut.asOf).toISOString(),
      until_cut: cut.session,
      after_cut: (all[next + 1] ?? cut).session,
    })
  }
  return rows
}
const twelveHours = 12 * 60 * 60 * 1000

/** Registers `calendar` (sessions with hours, evening cut and next morning), `known_days` and `closed_days`. */
export const registerCalendar = async (engine: Engine): Promise<void> => {
  const all = allSessions()
  const iso = (instant: number) => new Date(instant).toISOString()
  const rows = all.map((each, i) => ({
    session: each.session,
    session_number: each.session_number,
    opens_at: iso(each.opensAt),
    closes_at: iso(each.closesAt),
    as_of: iso(each.asOf),
    next_morning: iso((all[i + 1] ?? each).asOf - twelveHours),
  }))
  await engine.load('calendar', calendarColumns, rows)
  await engine.load('known_days', knownDayColumns, knownDays())
  await engine.load('closed_days', { closed_on: date('Day.'), reason: string('Reason.') }, closures as never)
}
