/** Evenings with given values of some signals, and the states that the SQL of precursor_signals gives them. */
import { sessionsBetween } from '../../calendar/sessions.ts'
import { type Engine, openEngine } from '../../core/engine.ts'
import { type SignalState, signalsSubject } from '../../evening/gather/signals.ts'
import { trinoMacros } from '../../pipeline/silver/dialect.ts'
import { bigint, type Columns, date } from '../../schemas/column.ts'
import type { SignalLevels } from '../../schemas/signal-levels.ts'
import { type Signal, signals } from '../../schemas/signals.ts'
import { renderView } from '../../schemas/view.ts'
import { crashPrecursors } from '../../schemas/views/composite/crash_precursors.ts'
import { precursorSignals } from '../../schemas/views/composite/precursor_signals.ts'

/** Values by session; null where unknown, 1 and 0 for true and false. */
export type SignalValues = Readonly<Partial<Record<Signal['column'], readonly (number | null)[]>>>

export const days = sessionsBetween('2025-01-02', '2025-06-30')

const columns: Columns = {
  session: date('XNYS session.'),
  ...Object.fromEntries(signals.map(({ column }) => [column, { ...crashPrecursors.columns[column], nullable: true }])),
}

/** An engine that holds the sessions, and room for the precursors. */
export const openEvenings = async (): Promise<Engine> => {
  const engine = await openEngine({ threads: 1 })
  for (const macro of trinoMacros) await engine.run(macro)
  await engine.load(
    'sessions',
    { session: date('XNYS session.'), session_number: bigint('Number.') },
    days.map(({ session }, i) => ({ session, session_number: i + 1 })),
  )
  return engine
}

/** The states of all signals on each of as many sessions as there are values, the first of `days`. */
export const statesFor = async (
  engine: Engine,
  values: SignalValues,
  levels: SignalLevels = {},
): Promise<readonly (readonly SignalState[])[]> => {
  const count = Math.max(...Object.values(values).map((each) => each.length))
  const sessions = days.slice(0, count).map(({ session }) => session)
  const cell = ({ column, direction }: Signal, i: number) => {
    const value = values[column]?.[i] ?? null
    return [column, direction === 'true' && value !== null ? value === 1 : value] as const
  }
  await engine.load(
    'crash_precursors',
    columns,
    sessions.map((session, i) => ({ session, ...Object.fromEntries(signals.map((signal) => cell(signal, i))) })),
  )
  await engine.run(`create or replace view precursor_signals as ${renderView(precursorSignals)}`)
  const subject = signalsSubject(levels)
  const rows = await engine.rows<{ session: string }>(subject.sql(sessions).text)
  return sessions.map((session) => subject.of(rows.filter((row) => row.session === session)))
}
