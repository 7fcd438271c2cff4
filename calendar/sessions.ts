/** The XNYS calendar from 1957 to 2027: the sessions, their hours, and the session to which an instant belongs. */
import { DateTime, IANAZone } from 'luxon'
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

const isWeekday = (midnight: Date) => midnight.getUTCDay() % 6 !== 0

/** Weekdays without a session, oldest first. */
export const closures: readonly Closure[] = [...years.flatMap(regularHolidays), ...exceptionalClosures]
  .filter(({ closed_on }) => isWeekday(new Date(closed_on)))
  .sort((a, b) => a.closed_on.localeCompare(b.closed_on))

const minute = 60_000
const dayLength = 24 * 60 * minute
const minutesOf = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))

/** Asked of the zone itself, which takes a third of the time of a date: many commands ask for a thousand offsets. */
const offsetAt = (noon: number): number => IANAZone.create(newYork).offset(noon)

const week = 7 * dayLength
/** The shortest time without a change of clocks was the winter of 1973, with ten weeks. */
const steady = 8

/**
 * UTC offset of New York in minutes at noon UTC of each Monday from a first one on. Clocks in the United States change on
 * Sundays, so it is the same for a whole week. Between two Mondays with the same offset, at most `steady` weeks apart, nothing changes.
 */
const weeklyOffsets = (firstMonday: number, lastDay: number): number[] => {
  const found: number[] = []
  const at = (each: number) => {
    found[each] ??= offsetAt(firstMonday + each * week + dayLength / 2)
    return found[each]
  }
  const fill = (first: number, last: number) => {
    if (at(first) === at(last)) found.fill(at(first), first, last)
    else if (last - first > 1) {
      const middle = (first + last) >> 1
      fill(first, middle)
      fill(middle, last)
    }
  }
  const count = Math.ceil((lastDay - firstMonday) / week) + 1
  for (let first = 0; first < count; first += steady) fill(first, first + steady)
  return found
}

const build = (): readonly Session[] => {
  const closed = new Set(closures.map((closure) => closure.closed_on))
  const [start, end] = [Date.parse(horizon.from), Date.parse(horizon.to)]
  const firstMonday = start - ((new Date(start).getUTCDay() + 6) % 7) * dayLength
  const offsets = weeklyOffsets(firstMonday, end)
  const regularHours = hours.map(({ from, opens, closes }) => ({
    since: Date.parse(from),
    opens: minutesOf(opens),
    closes: minutesOf(closes),
  }))
  const cut = minutesOf(eveningCut)
  const list: Session[] = []
  for (let midnight = start; midnight <= end; midnight += dayLength) {
    const at = new Date(midnight)
    if (!isWeekday(at)) continue
    const session = at.toISOString().slice(0, 10)
    if (closed.has(session)) continue
    const offset = offsets[Math.floor((midnight - firstMonday) / week)]!
    const instant = (minutes: number) => midnight + (minutes - offset) * minute
    const regular = regularHours.findLast(({ since }) => since <= midnight)!
    const early = earlyCloses.get(session)
    list.push({
      session,
      session_number: list.length + 1,
      opensAt: instant(regular.opens),
      closesAt: instant(early ? minutesOf(early.time) : regular.closes),
      asOf: instant(cut),
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

/** Whether a text names a time zone of the IANA database. */
export const isZone = (text: string): boolean => IANAZone.isValidZone(text)

/** The New York date of an instant. */
export const newYorkDate = (instant: Date): string => DateTime.fromJSDate(instant, { zone: newYork }).toISODate()!

/** Day and time in New York, such as `2025-11-20 18:30`. */
export const newYorkTime = (instant: Date): string =>
  DateTime.fromJSDate(instant, { zone: newYork }).toFormat('yyyy-MM-dd HH:mm')
