/** The rarities of many evenings from the values of the signals, each evening against its own past. */
import { bisectLeft } from 'd3-array'
import type { Engine } from '../../core/engine.ts'
import { signals } from '../../schemas/signals.ts'
import { type Rarity, valueColumns } from '../gather/rarity.ts'

/** Values of one signal by session, oldest first. */
export type History = readonly (readonly [session: string, value: number | null])[]

/** Where a signal stands on the wanted sessions, against all values up to each. */
const raritiesOfSignal = (
  signal: string,
  side: number,
  history: History,
  wanted: ReadonlySet<string>,
): Map<string, Rarity> => {
  const found = new Map<string, Rarity>()
  const sorted: number[] = []
  // Those that may be the last one at least as extreme: a session whose value is exceeded later is dropped.
  const candidates: { session: string; risk: number }[] = []
  let isSorted = false
  let first: string | null = null
  let last: string | null = null
  for (const [session, value] of history) {
    if (!isSorted && wanted.has(session)) {
      sorted.sort((a, b) => a - b)
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
    for (const [session, each] of raritiesOfSignal(column, side, histories.get(column) ?? [], wanted))
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
  const of = (column: Float64Array): History =>
    sessions.map((session, i) => [session, Number.isNaN(column[i]) ? null : column[i]!])
  return new Map(names.map((name) => [name, of(values[name])]))
}
