/** The rarities of many evenings from the values of the signals, each evening against its own past. */
import { bisectLeft } from 'd3-array'
import type { Engine } from '../../core/engine.ts'
import { signals } from '../../schemas/signals.ts'
import { type Rarity, valueColumns } from '../gather/rarity.ts'

/** The values of one signal, oldest first. */
export interface History {
  /** All sessions of the lake. */
  readonly sessions: readonly string[]
  /** One for each session. */
  readonly values: readonly (number | null)[]
}

/** Where a signal stands on the wanted sessions, against all values up to each. */
const raritiesOfSignal = (
  signal: string,
  side: number,
  { sessions, values }: History,
  wanted: ReadonlySet<string>,
): Map<string, Rarity> => {
  const found = new Map<string, Rarity>()
  let sorted: number[] = []
  // Those that may be the last one at least as extreme: a session whose value is exceeded later is dropped.
  const candidates: { session: string; risk: number }[] = []
  let isSorted = false
  let first: string | null = null
  let last: string | null = null
  for (const [i, session] of sessions.entries()) {
    const value = values[i] ?? null
    if (!isSorted && wanted.has(session)) {
      sorted = [...Float64Array.from(sorted).sort()]
      isSorted = true
    }
    const base = { signal, session_count: sorted.length, counted_from: first, last_known_on: last }
    if (value === null) {
      if (wanted.has(session)) found.set(session, { ...base, as_extreme_share: null, earlier_on: null })
      continue
    }
    const risk = value * side
    if (isSorted) sorted.splice(bisectLeft(sorted, risk), 0, risk)
    else sorted.push(risk)
    first ??= session
    last = session
    while (candidates.length && candidates.at(-1)!.risk < risk) candidates.pop()
    if (wanted.has(session))
      found.set(session, {
        ...base,
        session_count: sorted.length,
        counted_from: first,
        last_known_on: session,
        as_extreme_share: (sorted.length - bisectLeft(sorted, risk)) / sorted.length,
        earlier_on: candidates.at(-1)?.session ?? null,
      })
    candidates.push({ session, risk })
  }
  return found
}

/** Rarities by session, of these sessions. */
export const raritiesOf = (
  histories: ReadonlyMap<string, History>,
  sessions: readonly string[],
): ReadonlyMap<string, readonly Rarity[]> => {
  const wanted = new Set(sessions)
  const all = new Map(sessions.map((session) => [session, [] as Rarity[]]))
  for (const { column, direction } of signals) {
    const side = direction === 'below' ? -1 : 1
    for (const [session, each] of raritiesOfSignal(
      column,
      side,
      histories.get(column) ?? { sessions: [], values: [] },
      wanted,
    ))
      all.get(session)!.push(each)
  }
  return all
}

/** The values of every signal on all sessions of the lake, which are given oldest first. */
export const historiesOf = async (
  engine: Engine,
  sessions: readonly string[],
): Promise<ReadonlyMap<string, History>> => {
  const names = signals.map(({ column }) => column)
  const values = await engine.doubles(names, `(${valueColumns.text}) as v`)
  const of = (column: Float64Array): History => ({
    sessions,
    values: Array.from(column, (value) => (Number.isNaN(value) ? null : value)),
  })
  return new Map(names.map((name) => [name, of(values[name])]))
}
