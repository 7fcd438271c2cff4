/** The signals of an evening: which are lit and since when, and what changed since the session before. */
import { type Levels, levelsOf, reasonOf, type SignalLevels } from '../../schemas/signal-levels.ts'
import { type Signal, signals, type Text } from '../../schemas/signals.ts'
import { type Sql, sql } from '../../schemas/view.ts'
import { precursorSignals, signalStates } from '../../schemas/views/composite/precursor_signals.ts'
import { isOneOf } from '../fragments.ts'
import type { Subject } from './subject.ts'

export interface SignalState {
  readonly signal: Signal
  readonly levels: Levels
  readonly value: number | null
  readonly state: 'lit' | 'dark' | 'unknown'
  /** Session on which it lit; null unless it is lit. */
  readonly since: string | null
  /** Sessions of the exchange since then, this one included; null unless it is lit. */
  readonly sessionCount: number | null
  /** Whether it is lit only because its value has not come back to `off`. */
  readonly isHeld: boolean
  /** Against the session before. */
  readonly change: 'lit' | 'out' | null
  /** Why it is lit or not. */
  readonly because: Text
}

interface StateRow {
  readonly signal: string
  readonly value: number | null
  readonly is_lit: boolean | null
  readonly is_held: boolean | null
  readonly lit_since: string | null
  readonly lit_session_count: number | null
  readonly change: SignalState['change']
}

/** The states of the signals as a relation: the view, or its text with other levels. */
export const signalsAt = (levels: SignalLevels): Sql =>
  Object.keys(levels).length === 0 ? sql`${precursorSignals}` : sql`(${signalStates(levels)})`

const stateOf = (signal: Signal, row: StateRow): Omit<SignalState, 'levels' | 'because'> => ({
  signal,
  value: row.value,
  state: row.is_lit === null ? 'unknown' : row.is_lit ? 'lit' : 'dark',
  since: row.lit_since,
  sessionCount: row.lit_session_count,
  isHeld: row.is_held === true,
  change: row.change,
})

const reasons = { lit: 'lit', dark: 'notLit', unknown: 'unknown' } as const

/** In the order of their declarations. */
export const signalsSubject = (levels: SignalLevels): Subject<readonly SignalState[]> => ({
  sql: (sessions) => sql`
    select session, signal, value, is_lit, is_held, lit_since, lit_session_count, change
    from ${signalsAt(levels)} as states
    where ${isOneOf('session', sessions)}`,
  of: (rows) =>
    signals.flatMap((signal) => {
      const row = (rows as unknown as readonly StateRow[]).find((each) => each.signal === signal.column)
      if (!row) return []
      const state = stateOf(signal, row)
      const own = levelsOf(signal, levels)
      const reason = state.isHeld ? 'held' : reasons[state.state]
      return [{ ...state, levels: own, because: reasonOf(signal, reason, own) }]
    }),
})

export const hasChanged = (states: readonly SignalState[]): boolean => states.some(({ change }) => change !== null)
