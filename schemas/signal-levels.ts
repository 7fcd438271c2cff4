/** The levels of a signal, declared or overridden, and the reason that follows from its state. */
import type { Signal, Text } from './signals.ts'

/** A signal lights beyond `on` and goes out at `off`. */
export interface Levels {
  readonly on: number
  readonly off: number
}

/** Levels that replace the declared ones. An override of `on` alone moves `off` to the same level. */
export type SignalLevels = Readonly<Partial<Record<Signal['column'], Partial<Levels>>>>

export const levelsOf = ({ column, on, off }: Signal, overrides: SignalLevels = {}): Levels => {
  const own = overrides[column]
  return { on: own?.on ?? on, off: own?.off ?? own?.on ?? off }
}

/** A level as it is written in a reason: as short as it can be. */
export const levelText = ({ format }: Pick<Signal, 'format'>, level: number): string => {
  if (format === 'share' || format === 'change') return `${Number((level * 100).toFixed(6))} %`
  if (format === 'dollars' && level !== 0) return `${level < 0 ? '-' : ''}$${Math.abs(level) / 1e6} m`
  return String(level)
}

/** States of a signal that have a reason of their own. `held`: back behind `on`, not yet at `off`. */
export type Reason = 'lit' | 'held' | 'notLit' | 'unknown'

const held = {
  above: ['rose above {on} before; stays lit until it is back at {off}', '此前升至 {on} 以上；回到 {off} 之前仍算亮起'],
  below: [
    'fell to {on} or below before; stays lit until it is above {off}',
    '此前跌至 {on} 或以下；升至 {off} 以上之前仍算亮起',
  ],
} as const

const unknown: Text = ['not known that evening', '当晚未知']

const textOf = (signal: Signal, reason: Reason): Text => {
  if (reason === 'unknown') return unknown
  if (reason === 'held') return signal.direction === 'true' ? signal.lit : held[signal.direction]
  return signal[reason]
}

/** Why the signal is in that state at these levels, in each language. */
export const reasonOf = (signal: Signal, reason: Reason, { on, off }: Levels): Text => {
  const [english, chinese] = textOf(signal, reason).map((text) =>
    text.replaceAll('{on}', levelText(signal, on)).replaceAll('{off}', levelText(signal, off)),
  )
  return [english!, chinese!]
}
