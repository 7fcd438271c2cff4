/** What every rendering of an evening says with a number: how many signals are lit, the score, how many rows a table has. */

import type { SignalState } from '../gather/signals.ts'
import type { Evening } from '../gather.ts'
import type { Say } from './language.ts'

export const inState = (signals: readonly SignalState[], state: SignalState['state']): SignalState[] =>
  signals.filter((each) => each.state === state)

export const countsOf = (signals: readonly SignalState[]) => ({
  lit: inState(signals, 'lit').length,
  known: signals.length - inState(signals, 'unknown').length,
})

export const scoreText = ({ score }: Pick<Evening, 'score'>, say: Say): string =>
  score?.score == null ? say('unknown') : score.score.toFixed(1)

/** Since when a signal is lit; empty unless it is. */
export const sinceText = ({ since, sessionCount }: SignalState, say: Say): string => {
  if (since === null) return ''
  return sessionCount === 1 ? say('since_tonight') : say('since', { since, count: sessionCount ?? say('unknown') })
}

/** Of which session a value is, if it is of an earlier one than the evening; else empty. */
export const ofSession = (
  { signal, value }: SignalState,
  { session, observed }: Evening<'observed'>,
  say: Say,
): string => {
  const on = value === null ? null : observed.find((each) => each.signal === signal.column)?.observed_on
  return on && on !== session ? say('remark', { remark: say('observed_on', { on }) }) : ''
}

/** What unfolds the table of a drawing. */
export const asTable = (count: number, say: Say): string => say('as_table', { count })
