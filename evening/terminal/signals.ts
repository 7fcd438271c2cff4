/** The signals of an evening as lines: the lit ones first, each with its value, since when, and why. */

import type { SignalState } from '../gather/signals.ts'
import type { Evening } from '../gather.ts'
import { countsOf, inState, ofSession, sinceText } from '../language/counts.ts'
import { inLanguage, type Language, type Say } from '../language/language.ts'
import { signalValue } from '../language/signal-value.ts'
import { dim, padEnd, padStart, rule } from './style.ts'

const marks = { lit: '●', dark: '○', unknown: '?' } as const

export const signalLines = (evening: Evening<'signals' | 'observed'>, language: Language, say: Say): string[] => {
  const { signals } = evening
  const line = (state: SignalState) => {
    const title = padEnd(inLanguage(state.signal.title, language), 36)
    const value = padStart(signalValue(state.signal, state.value, say), 14)
    const since = sinceText(state, say)
    const because = dim(`${inLanguage(state.because, language)}${ofSession(state, evening, say)}`)
    return `  ${marks[state.state]} ${title}${value}   ${since ? say('terminal_since', { since, because }) : because}`
  }
  return [
    rule(say('terminal_lit', countsOf(signals))),
    ...(['lit', 'dark', 'unknown'] as const).flatMap((state) => inState(signals, state).map(line)),
    dim(`  ${say('terminal_legend')}`),
  ]
}
