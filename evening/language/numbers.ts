/** Numbers, dates and instants as people read them; the same in every language. */
import { DateTime } from 'luxon'
import { newYork } from '../../calendar/sessions.ts'

/** A fraction as percent, two digits, with its sign. */
export const signedPercent = (value: number): string => `${value >= 0 ? '+' : ''}${(value * 100).toFixed(2)} %`

/** A share as percent. */
export const percent = (value: number, digits = 1): string => `${(value * 100).toFixed(digits)} %`

/** US dollars in thousands, millions, billions or trillions. */
export const dollars = (value: number): string => {
  const size = Math.abs(value)
  const [divisor, unit] =
    size >= 1e12
      ? [1e12, ' tn']
      : size >= 1e9
        ? [1e9, ' bn']
        : size >= 1e6
          ? [1e6, 'M']
          : size >= 1e3
            ? [1e3, 'k']
            : [1, '']
  return `${value < 0 ? '-' : ''}$${(size / divisor).toFixed(unit === ' bn' || unit === ' tn' || unit === '' ? 2 : 1)}${unit}`
}

/** An instant as New York's clock shows it. */
export const clock = (instant: string): string =>
  DateTime.fromISO(instant, { zone: newYork }).toFormat('yyyy-MM-dd HH:mm')
