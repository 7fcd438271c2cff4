/** The value of a signal in the format of its entry. */
import type { Signal } from '../../schemas/signals.ts'
import type { Say } from './language.ts'
import { dollars, hundredths, percent, signedPercent } from './numbers.ts'

/** A number of things. */
export const counted = (what: 'sessions' | 'days' | 'kinds', count: number, say: Say): string =>
  say(`count_${what}`, { count })

export const signalValue = ({ format }: Signal, value: number | null, say: Say): string => {
  if (value === null) return say('unknown')
  if (format === 'yes') return say(value === 1 ? 'yes' : 'no')
  if (format === 'share') return percent(value)
  if (format === 'change') return signedPercent(value)
  if (format === 'dollars') return dollars(value)
  if (format === 'number') return hundredths(value)
  return counted(format, value, say)
}

/** The text for a signal whose history has too few values to say how rare the present one is. */
export const shortHistoryText = (count: number, say: Say): string =>
  count === 1 ? say('as_extreme_first') : say('as_extreme_short', { sessions: counted('sessions', count, say) })
