/** Language of the message, and levels of signals that replace the declared ones: watch.json, or a file of the same shape. */
import * as z from 'zod'
import { parseConfiguration } from '../../core/configuration.ts'
import { UsageError } from '../../core/errors.ts'
import { suggestion } from '../../core/nearest.ts'
import { levelsOf, type SignalLevels } from '../../schemas/signal-levels.ts'
import { signals } from '../../schemas/signals.ts'
import { type Language, languages } from '../language/language.ts'

export interface WatchSettings {
  readonly language: Language
  readonly levels: SignalLevels
}

const shape = z.strictObject({
  language: z.enum(languages).default('en'),
  levels: z.record(z.string(), z.strictObject({ on: z.number().optional(), off: z.number().optional() })).default({}),
})

export const parseWatch = (text: string, place: string): WatchSettings => {
  const { language, levels } = parseConfiguration(shape, text, place)
  for (const name of Object.keys(levels)) {
    const signal = signals.find(({ column }) => column === name)
    const names = signals.map(({ column }) => column)
    if (!signal) throw new UsageError(`${place}: levels.${name}: there is no such signal; ${suggestion(name, names)}`)
    if (signal.direction === 'true')
      throw new UsageError(`${place}: levels.${name}: it is true or false and has no levels`)
    const { on, off } = levelsOf(signal, levels as SignalLevels)
    const [isWrong, side] = signal.direction === 'above' ? [off > on, 'above'] : [off < on, 'below']
    if (isWrong) throw new UsageError(`${place}: levels.${name}: "off" (${off}) must not be ${side} "on" (${on})`)
  }
  return { language, levels: levels as SignalLevels }
}
