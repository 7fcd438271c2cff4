/** Numbers, dates and instants as people read them: the same in every language, in texts, tables and axes. */
import { newYorkTime, sessionOf } from '../../calendar/sessions.ts'

/** The sign of a negative number; a hyphen would be broken from it at the end of a line. */
export const minus = '−'

/** Made once for each number of digits: a new one takes much longer than the writing of a number. */
const formats = new Map<string, Intl.NumberFormat>()
const written = (size: number, fewest: number, most: number): string => {
  const key = `${fewest} ${most}`
  const format =
    formats.get(key) ?? new Intl.NumberFormat('en-US', { minimumFractionDigits: fewest, maximumFractionDigits: most })
  formats.set(key, format)
  return format.format(size)
}

const signOf = (value: number) => (value < 0 ? minus : '')

/** Digits after the point: two below 1 %, one from there on, and as many as tell a tiny share from zero. */
const percentDigits = (value: number) => {
  const size = Math.abs(value)
  if (size === 0 || size >= 0.01) return 1
  return size >= 1e-4 ? 2 : Math.min(10, 1 - Math.floor(Math.log10(size * 100)))
}

const inPercent = (value: number, digits: number) => `${signOf(value)}${(Math.abs(value) * 100).toFixed(digits)} %`

/** A share as percent. Only none and all of something are written 0 % and 100 %. */
export const percent = (value: number, digits = percentDigits(value)): string => {
  if (value > 0 && Number((value * 100).toFixed(digits)) === 0) return percent(value)
  if (value >= 1 || Number((value * 100).toFixed(digits)) < 100) return inPercent(value, digits)
  return digits < 1 ? percent(value, 1) : `>${(100 - 10 ** -digits).toFixed(digits)} %`
}

/** A size behind the sign of a value. What is written as zero has none. */
export const withSign = (value: number, size: string) =>
  /[1-9]/.test(size) ? `${value > 0 ? '+' : signOf(value)}${size}` : size

/** Prices are rounded to cents. A change below this size comes from the rounding, and is written as zero. */
const leastChange = 1e-6

/** A change as percent with its sign. */
export const signedPercent = (value: number): string => {
  const size = Math.abs(value) < leastChange ? 0 : Math.abs(value)
  return withSign(value, inPercent(size, percentDigits(size)))
}

/** A change of a number, with its sign and two digits after the point. */
export const signedDecimal = (value: number): string => withSign(value, written(Math.abs(value), 2, 2))

const sizes = [
  [1e12, 'tn'],
  [1e9, 'bn'],
  [1e6, 'm'],
  [1e3, 'k'],
] as const

/** A size with its unit: three digits at most, so that 165 million and 1.3 billion look alike. */
const sized = (value: number): string => {
  const size = Math.abs(value)
  const [divisor, unit] = sizes.find(([least]) => size >= least * 0.9995) ?? [1, '']
  const digits = size / divisor >= 99.95 ? 0 : 1
  return unit ? `${(size / divisor).toFixed(digits)} ${unit}` : size.toFixed(size >= 99.5 || size === 0 ? 0 : 2)
}

/** US dollars in thousands, millions, billions or trillions. */
export const dollars = (value: number): string => `${signOf(value)}$${sized(value)}`

/** A large number of things in millions or more; a smaller one in full. */
export const amount = (value: number): string =>
  Math.abs(value) >= 1e6 ? `${signOf(value)}${sized(value)}` : whole(value)

/** A whole number with separators. */
export const whole = (value: number): string => `${signOf(value)}${written(Math.abs(value), 0, 0)}`

/** A number with two digits after the point, however small it is. */
export const hundredths = (value: number): string => {
  const size = written(Math.abs(value), 2, 2)
  return value < 0 ? withSign(value, size) : size
}

/** A number with two digits after the point, and with enough of them to tell a small one from zero. */
export const decimal = (value: number): string => {
  const size = Math.abs(value)
  if (size !== 0 && size < 0.01)
    return `${signOf(value)}${size < 1e-4 ? size.toExponential(1).replace('e-', `e${minus}`) : size.toPrecision(2)}`
  const digits = size < 1e6 ? 2 : 0
  return `${signOf(value)}${written(size, digits, digits)}`
}

/** Points of the score: one digit after the point, wherever they stand. */
export const points = (value: number): string => `${signOf(value)}${written(Math.abs(value), 1, 1)}`

/** A change in percentage points, with its sign and one digit after the point, as the percentages beside it. */
export const signedPoints = (value: number): string => withSign(value, written(Math.abs(value), 1, 1))

/** A number on an axis: no digit more than it needs. */
export const onAxis = {
  number: (value: number) => `${signOf(value)}${written(Math.abs(value), 0, 3)}`,
  points: (value: number) => `${signOf(value)}${written(Math.abs(value), 0, 1)}`,
  share: (value: number) => `${signOf(value)}${Number((Math.abs(value) * 100).toFixed(4))} %`,
  change: (value: number) => `${value > 0 ? '+' : ''}${signOf(value)}${Number((Math.abs(value) * 100).toFixed(4))} %`,
  dollars: (value: number) => dollars(value).replace(/\.0+(?=$| )/, ''),
} as const

/** An instant as New York's clock shows it. */
export const clock = (instant: string): string => newYorkTime(new Date(instant))

/** The time of an instant on New York's clock. */
export const time = (instant: string): string => clock(instant).slice(11)

/** New York's clock so many minutes after the open of a session. */
export const clockAt = (session: string, minutes: number): string =>
  time(new Date(sessionOf(session)!.opensAt + minutes * 60_000).toISOString())

/** When a session closes, on New York's clock. */
export const closingTime = (session: string): string => time(new Date(sessionOf(session)!.closesAt).toISOString())

/** A hyphen in front of a number in a text becomes a minus; those of dates stay. */
export const withMinus = (text: string): string => text.replace(/(^|[\s(])-(?=[\d$])/g, `$1${minus}`)
