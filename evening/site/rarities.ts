/** The rarities of many evenings from the values of the signals, each evening against its own past. */
import { bisectLeft } from 'd3-array'
import type { Value } from '../../core/engine.ts'
import { signals } from '../../schemas/signals.ts'
import type { Rarity } from '../gather/rarity.ts'

/** Values of one signal by session, oldest first. */
export type History = readonly (readonly [session: string, value: number | null])[]

/** Last session before each with a value at least as large: sessions whose value is exceeded later are dropped. */
const raritiesOfSignal = (signal: string, side: number, history: History): Map<string, Rarity> => {
  const found = new Map<string, Rarity>()
  const sorted: number[] = []
  const candidates: { session: string; risk: number }[] = []
  let first: string | null = null
  let last: string | null = null
  for (const [session, value] of history) {
    const base = { signal, session_count: sorted.length, counted_from: first, last_known_on: last }
    if (value === null) {
      found.set(session, { ...base, as_extreme_share: null, earlier_on: null })
      continue
    }
    const risk = value * side
    sorted.splice(bisectLeft(sorted, risk), 0, risk)
    first ??= session
    last = session
    while (candidates.length && candidates.at(-1)!.risk < risk) candidates.pop()
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

/** Rarities by session. */
export const raritiesOf = (histories: ReadonlyMap<string, History>): ReadonlyMap<string, readonly Rarity[]> => {
  const all = new Map<string, Rarity[]>()
  for (const { column, direction } of signals)
    for (const [session, each] of raritiesOfSignal(column, direction === 'below' ? -1 : 1, histories.get(column) ?? []))
      all.set(session, [...(all.get(session) ?? []), each])
  return all
}

export const historiesOf = (rows: readonly Readonly<Record<string, Value>>[]): ReadonlyMap<string, History> => {
  const found = new Map<string, [string, number | null][]>()
  for (const { signal, session, value } of rows) {
    const own = found.get(String(signal)) ?? []
    own.push([String(session), value === null || value === undefined ? null : Number(value)])
    found.set(String(signal), own)
  }
  return found
}
