/** What had followed earlier gaps that reversed, as lines: a block for the index and one for the fund. */

import type { Analog } from '../gather/score.ts'
import type { Evening } from '../gather.ts'
import type { Say } from '../language/language.ts'
import { percent, signedPercent } from '../language/numbers.ts'
import { counted } from '../language/signal-value.ts'
import { rule } from './style.ts'

const horizons: readonly number[] = [1, 21]

export const analogLines = ({ analogs }: Evening<'analogs'>, say: Say): string[] => {
  const shown = analogs.filter(({ horizon }) => horizons.includes(horizon))
  if (shown.length === 0) return []
  return [
    rule(say('terminal_analogs')),
    ...shown.flatMap((analog) => [
      ...(analog.horizon === horizons[0] ? [`  ${headOf(analog, say)}`] : []),
      `${' '.repeat(8)}${followedBy(analog, say)}`,
    ]),
  ]
}

const headOf = ({ symbol, ordinal, opens_valid_from, rarity }: Analog, say: Say) =>
  `${symbol.padEnd(6)}${say('terminal_ordinal', { ordinal, from: opens_valid_from, rarity: percent(rarity) })}`

const changed = (value: number | null, say: Say) => (value === null ? say('unknown') : signedPercent(value))

const followedBy = (analog: Analog, say: Say) => {
  const { horizon, case_count: count, mean_low_95: low, mean_high_95: high } = analog
  const ahead = say('terminal_ahead', { sessions: counted('sessions', horizon, say) })
  const any = changed(analog.unconditional_mean, say)
  if (count === 0) return say('terminal_no_cases', { ahead, any })
  const interval =
    low === null
      ? say('terminal_few_cases')
      : say('terminal_interval', { low: changed(low, say), high: changed(high, say) })
  return say('terminal_cases', { count, ahead, mean: changed(analog.mean_return, say), interval, any })
}
