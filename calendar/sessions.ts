/** The XNYS calendar from 1957 to 2027: the sessions, their hours, and the session to which an instant belongs. */
import { DateTime } from 'luxon'
import { exceptionalClosures } from './closures.ts'
import { earlyCloses } from './early-closes.ts'
import { type Closure, regularHolidays } from './holidays.ts'

export interface Session {
  readonly session: string
  /** Position in the calendar; 1 is 1957-01-02. */
  readonly session_number: number
  /** Opening bell, in epoch milliseconds, as are the two instants below. */
  readonly opensAt: number
  readonly closesAt: number
  readonly asOf: number
  readonly isEarlyClose: boolean
}

export const newYork = 'America/New_York'
export const horizon = { from: '1957-01-01', to: '2027-12-31' } as const
const eveningCut = '20:00'

/** Regular trading hours in New York, by the first date to which they apply. Source: NYSE trading-hours history. */
const hours = [
  { from: '1957-01-01', opens: '10:00', closes: '15:30' },
  { from: '1974-10-01', opens: '10:00', closes: '16:00' },
  { from: '1985-09-30', opens: '09:30', closes: '16:00' },
] as const

const years = Array.from(
  { length: Number(horizon.to.slice(0, 4)) - Number(horizon.from.slice(0, 4)) + 1 },
  (_, i) => Number(horizon.from.slice(0, 4)) + i,
)

/** Weekdays without a session, oldest first. */
export const closures: readonly Closure[] = [...years.flatMap(regularHolidays), ...exceptionalClosures]
  .filter((closure) => DateTime.fromISO(closure.closed_on, { zone: 'utc' }).weekday <= 5)
  .sort((a, b) => a.closed_on.localeCompare(b.closed_on))

const minute = 60_000
const dayLength = 24 * 60 * minute
const minutesOf = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))

const build = (): readonly Session[] => {
  const closed = new Set(closures.map((closure) => closure.closed_on))
  const end = Date.parse(horizon.to)
  const list: Session[] = []
  let offset = 0
  for (let midnight = Date.parse(horizon.from); midnight <= end; midnight += dayLength) {
    const at = new Date(midnight)
    const weekday = at.getUTCDay()
    const session = at.toISOString().slice(0, 10)
    // Clocks in the United States change on Sundays, so the UTC offset is the same for a whole week.
    if (weekday === 1 || list.length === 0) offset = DateTime.fromISO(`${session}T12:00`, { zone: newYork }).offset
    if (weekday === 0 || weekday === 6 || closed.has(session)) continue
    const instant = (time: string) => midnight + (minutesOf(time) - offset) * minute
    const regular = hours.findLast((each) => each.from <= session)!
    const early = earlyCloses.get(session)
    list.push({
      session,
      session_number: list.length + 1,
      opensAt: instant(regular.opens),
      closesAt: instant(early?.time ?? regular.closes),
      asOf: instant(eveningCut),
      isEarlyClose: early !== undefined,
    })
  }
  return list
}

let built: readonly Session[] | undefined
let byDate: ReadonlyMap<string, Session> | undefined

/** All sessions, oldest first. */
export const allSessions = (): readonly Session[] => {
  built ??= build()
  return built
}

/** The session of a date, or undefined if the exchange was closed or the date is outside the horizon. */
export const sessionOf = (date: string): Session | undefined => {
  byDate ??= new Map(allSessions().map((each) => [each.session, each]))
  return byDate.get(date)
}

let closedDays: ReadonlySet<string> | undefined

/** Whether a date is a weekday on which the exchange was closed. */
export const isHoliday = (date: string): boolean => {
  closedDays ??= new Set(closures.map((each) => each.closed_on))
  return closedDays.has(date)
}

/** True if the calendar covers the date. */
export const isInHorizon = (date: string) => date >= horizon.from && date <= horizon.to

/** First session for which `at(session)` is not before the instant. */
const firstWhere = (at: (session: Session) => number, instant: number): Session | undefined => {
  const list = allSessions()
  let low = 0
  let high = list.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (at(list[middle]!) < instant) low = middle + 1
    else high = middle
  }
  return list[low]
}

/**
 * The first session whose evening cut is not before the instant. A row known at the instant counts as known from it on.
 */
export const knownSession = (instant: Date): Session | undefined => firstWhere((each) => each.asOf, instant.getTime())

/**
 * The session that news at the instant hits: news before the closing bell hits that session, later news the next one.
 */
export const sessionHit = (instant: Date): Session | undefined =>
  firstWhere((each) => each.closesAt, instant.getTime() + 1)

/** The last session whose closing bell is not after the instant. */
export const lastClosedSession = (instant: Date): Session | undefined => {
  const next = sessionHit(instant)
  return next ? allSessions()[next.session_number - 2] : allSessions().at(-1)
}

/** Sessions from one date to another, both included. */
export const sessionsBetween = (from: string, to: string): Session[] =>
  allSessions().filter((each) => each.session >= from && each.session <= to)

/**
 * The session `by` sessions later (earlier if negative), or undefined if the date is not a session or the result is
 * outside the horizon.
 */
export const sessionOffset = (session: string, by: number): Session | undefined => {
  const from = sessionOf(session)
  return from && allSessions()[from.session_number - 1 + by]
}

/** A New York wall-clock time as a UTC instant. */
export const newYorkInstant = (date: string, time: string): Date =>
  DateTime.fromISO(`${date}T${time}`, { zone: newYork }).toJSDate()

/** Parses an ISO instant that states its UTC offset; undefined if the text is not such an instant. */
export const instantWithOffset = (text: string): Date | undefined => {
  const at = DateTime.fromISO(text, { setZone: true })
  return at.isValid && /(Z|[+-]\d\d:?\d\d)$/.test(text) ? at.toJSDate() : undefined
}

/** The New York date of an instant. */
export const newYorkDate = (instant: Date): string => DateTime.fromJSDate(instant, { zone: newYork }).toISODate()!
