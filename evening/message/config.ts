/** How the watch speaks, and at which levels a signal lights and goes out: watch.json, or a file of the same shape. */
import { z } from 'zod'
import { parseConfiguration } from '../../core/configuration.ts'
import { UsageError } from '../../core/errors.ts'
import { signals } from '../../schemas/signals.ts'
import { languages } from '../language/language.ts'
import type { WatchSettings } from './evening.ts'
import type { SignalLevels } from './states.ts'

const shape = z.strictObject({
  language: z.enum(languages).default('en'),
  levels: z.record(z.string(), z.strictObject({ on: z.number().optional(), off: z.number().optional() })).default({}),
})

export const parseWatch = (text: string, place: string): WatchSettings => {
  const { language, levels } = parseConfiguration(shape, text, place)
  for (const [name, { on, off }] of Object.entries(levels)) {
    const signal = signals.find(({ column }) => column === name)
    if (!signal) throw new UsageError(`${place}: levels.${name}: there is no such signal`)
    if (signal.lit === 'true') throw new UsageError(`${place}: levels.${name}: it is true or false and has no levels`)
    const [lights, ends] = [on ?? signal.threshold, off ?? on ?? signal.threshold]
    if (signal.lit === 'above' ? ends > lights : ends < lights)
      throw new UsageError(
        `${place}: levels.${name}: it lights ${signal.lit} ${lights}, so it cannot go out at ${ends} already`,
      )
  }
  return { language, levels: levels as SignalLevels }
}
