/**
 * The regular XNYS holidays since 1957, as rules with the years in which each applied. Source: NYSE Rule 7.2 and its
 * predecessors.
 */
export interface Closure {
  readonly closed_on: string
  readonly reason: string
  readonly reference: string
  /** Day on which the closure was announced. */
  readonly known_on: string
}

interface Rule {
  readonly reason: string
  readonly from: number
  readonly to?: number
  readonly on: (year: number) => number | undefined
}

const dayLength = 24 * 60 * 60 * 1000

/** A day as its midnight in UTC, in epoch milliseconds. Every start computes all holidays, and Luxon would take 90 ms for that. */
const day = (year: number, month: number, dayOfMonth: number): number => Date.UTC(year, month - 1, dayOfMonth)
const plusDays = (date: number, days: number): number => date + days * dayLength
/** 1 is Monday, and 7 is Sunday. */
const weekdayOf = (date: number): number => new Date(date).getUTCDay() || 7
const isoOf = (date: number): string => new Date(date).toISOString().slice(0, 10)
const monday = 1
const thursday = 4

const nth = (year: number, month: number, weekday: number, n: number) => {
  const first = day(year, month, 1)
  return plusDays(first, ((weekday - weekdayOf(first) + 7) % 7) + 7 * (n - 1))
}

const lastMonday = (year: number, month: number) => {
  const last = plusDays(day(year, month + 1, 1), -1)
  return plusDays(last, -((weekdayOf(last) - monday + 7) % 7))
}

/** A Sunday holiday is observed on Monday, a Saturday holiday on Friday. */
const observed = (date: number) =>
  weekdayOf(date) === 7 ? plusDays(date, 1) : weekdayOf(date) === 6 ? plusDays(date, -1) : date

/** A Sunday holiday is observed on Monday; a Saturday holiday closes no weekday. */
const observedIfSunday = (date: number) =>
  weekdayOf(date) === 7 ? plusDays(date, 1) : weekdayOf(date) === 6 ? undefined : date

/** Gregorian Easter Sunday by the anonymous algorithm (Meeus, Astronomical Algorithms, ch. 8). */
const easter = (year: number) => {
  const a = year % 19
  const b = Math.floor(year / 100)
  const c = year % 100
  const h = (19 * a + b - Math.floor(b / 4) - Math.floor((b - Math.floor((b + 8) / 25) + 1) / 3) + 15) % 30
  const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7
  const m = Math.floor((a + 11 * h + 22 * l) / 451)
  const n = h + l - 7 * m + 114
  return day(year, Math.floor(n / 31), (n % 31) + 1)
}

/**
 * Tuesday after the first Monday of November: every year until 1968, then in presidential election years until 1980.
 */
const electionDay = (year: number) =>
  year <= 1968 || year % 4 === 0 ? plusDays(nth(year, 11, monday, 1), 1) : undefined

const rules: readonly Rule[] = [
  { reason: "New Year's Day", from: 1957, on: (year) => observedIfSunday(day(year, 1, 1)) },
  { reason: 'Martin Luther King Jr. Day', from: 1998, on: (year) => nth(year, 1, monday, 3) },
  { reason: "Washington's Birthday", from: 1957, to: 1963, on: (year) => observedIfSunday(day(year, 2, 22)) },
  { reason: "Washington's Birthday", from: 1964, to: 1970, on: (year) => observed(day(year, 2, 22)) },
  { reason: "Washington's Birthday", from: 1971, on: (year) => nth(year, 2, monday, 3) },
  { reason: 'Good Friday', from: 1957, on: (year) => plusDays(easter(year), -2) },
  { reason: 'Memorial Day', from: 1957, to: 1963, on: (year) => observedIfSunday(day(year, 5, 30)) },
  { reason: 'Memorial Day', from: 1964, to: 1969, on: (year) => observed(day(year, 5, 30)) },
  // 1970-05-30 was a Saturday; the exchange traded on the Friday.
  { reason: 'Memorial Day', from: 1970, to: 1970, on: (year) => observedIfSunday(day(year, 5, 30)) },
  { reason: 'Memorial Day', from: 1971, on: (year) => lastMonday(year, 5) },
  { reason: 'Juneteenth', from: 2022, on: (year) => observed(day(year, 6, 19)) },
  { reason: 'Independence Day', from: 1957, on: (year) => observed(day(year, 7, 4)) },
  { reason: 'Labor Day', from: 1957, on: (year) => nth(year, 9, monday, 1) },
  { reason: 'Election Day', from: 1957, to: 1980, on: electionDay },
  { reason: 'Thanksgiving', from: 1957, on: (year) => nth(year, 11, thursday, 4) },
  { reason: 'Christmas', from: 1957, on: (year) => observed(day(year, 12, 25)) },
]

/**
 * Regular holidays of a year. `known_on` is the first day of the year before, since the timetable is public a year
 * ahead.
 */
export const regularHolidays = (year: number): Closure[] =>
  rules
    .filter((rule) => year >= rule.from && year <= (rule.to ?? year))
    .flatMap((rule) => {
      const on = rule.on(year)
      if (on === undefined) return []
      const known_on = isoOf(day(year - 1, 1, 1))
      return [{ closed_on: isoOf(on), reason: rule.reason, reference: 'NYSE Rule 7.2', known_on }]
    })
