/** The value of a signal by the unit that its column declares. */
import type { Signal } from '../../schemas/signals.ts'
import { crashPrecursors } from '../../schemas/views/composite/crash_precursors.ts'
import type { Say } from './language.ts'
import { dollars, percent } from './numbers.ts'

export const signalValue = ({ column, lit }: Signal, value: number, say: Say): string => {
  if (lit === 'true') return say(value === 1 ? 'yes' : 'no')
  const { unit = '' } = crashPrecursors.columns[column]
  if (unit === 'fraction') return percent(value)
  if (unit.startsWith('USD')) return dollars(value)
  if (unit === 'sessions' || unit === 'days' || unit === 'kinds') return say(`count_${unit}`, { count: value })
  return value.toFixed(2)
}
