/** Which signals are lit, since when, and what changed: a fold over their values, so that it depends on nothing else. */

import type { Lake } from '../../pipeline/lake/lake.ts'
import { type Signal, signals } from '../../schemas/signals.ts'
import { sql } from '../../schemas/view.ts'
import { crashPrecursors } from '../../schemas/views/composite/crash_precursors.ts'
import { date } from '../html/fragments.ts'

/** A signal lights beyond `on` and goes out only at `off`, which may lie further back. */
export interface Levels {
  readonly on: number
  readonly off: number
}

export type SignalLevels = Readonly<Partial<Record<Signal['column'], Partial<Levels>>>>

export interface SignalState {
  readonly signal: Signal
  readonly value: number | null
  readonly state: 'lit' | 'dark' | 'unknown'
  /** Session from which it has been lit; null unless it is. */
  readonly since: string | null
  /** Sessions of the exchange from then on, this one included. */
  readonly sessionCount: number
  /** Whether it is lit only since it has not yet come back as far as `off`. */
  readonly isHeld: boolean
  /** Against the session before. */
  readonly change: 'lit' | 'out' | null
}

/** Of each signal its value by session; NaN where it is unknown, 1 and 0 for true and false. */
export type SignalValues = Readonly<Record<Signal['column'], ArrayLike<number>>>

const levelsOf = ({ column, threshold }: Signal, configured: SignalLevels): Levels => {
  const own = configured[column]
  const on = own?.on ?? threshold
  return { on, off: own?.off ?? on }
}

/** Whether a value lights the signal, puts it out, or leaves it as it is. At the threshold itself `below` counts. */
const asks = ({ lit }: Signal, { on, off }: Levels, value: number): boolean | null => {
  if (lit === 'true') return value === 1
  if (lit === 'above') return value > on ? true : value <= off ? false : null
  return value <= on ? true : value > off ? false : null
}

/** The state of every signal at the last of some sessions. An unknown value leaves what is held as it is. */
export const foldStates = (
  sessions: readonly string[],
  values: SignalValues,
  configured: SignalLevels = {},
): SignalState[] =>
  signals.map((signal) => {
    const levels = levelsOf(signal, configured)
    const own = values[signal.column]
    let held = false
    let since: number | null = null
    let change: SignalState['change'] = null
    for (let i = 0; i < sessions.length; i++) {
      const value = own[i]!
      const next: boolean = Number.isNaN(value) ? held : (asks(signal, levels, value) ?? held)
      change = next === held ? null : next ? 'lit' : 'out'
      if (change) since = next ? i : null
      held = next
    }
    const last = own[sessions.length - 1] ?? Number.NaN
    const value = Number.isNaN(last) ? null : last
    const state = value === null ? 'unknown' : held ? 'lit' : 'dark'
    const isLit = state === 'lit' && since !== null
    return {
      signal,
      value,
      state,
      since: isLit ? sessions[since!]! : null,
      sessionCount: isLit ? sessions.length - since! : 0,
      isHeld: isLit && asks(signal, levels, last) !== true,
      change,
    }
  })

/** The states on the evening of a session, from all that is in the lake up to it. */
export const statesAt = async (
  { engine }: Lake,
  session: string,
  configured: SignalLevels = {},
): Promise<SignalState[]> => {
  const evenings = sql`(select * from ${crashPrecursors} where session <= ${date(session)} order by session)`.text
  const sessions = await engine.rows<{ session: string }>(`select session from ${evenings}`)
  const values = await engine.doubles(
    signals.map(({ column }) => column),
    evenings,
  )
  return foldStates(
    sessions.map((each) => each.session),
    values,
    configured,
  )
}
