/** How unusual the value of each signal is against its history up to the session. */
import { fewestObservations } from '../../schemas/precursors.ts'
import { forEachSignal, ofOwnSignal } from '../../schemas/signal-sql.ts'
import { type Signal, signals } from '../../schemas/signals.ts'
import { join, quoted, raw, type Sql, sql } from '../../schemas/view.ts'
import { crashPrecursors } from '../../schemas/views/composite/crash_precursors.ts'
import { isOneOf } from '../fragments.ts'
import { listOf } from './subject.ts'

export interface Rarity {
  readonly signal: string
  /** Share of the values so far, this one included, that lie at least as far on the side of the signal. NULL without a value. */
  readonly as_extreme_share: number | null
  readonly session_count: number
  readonly counted_from: string | null
  /** Last session with a value; this one if it has one. */
  readonly last_known_on: string | null
  /** Last earlier session with a value at least as extreme. */
  readonly earlier_on: string | null
}

/** Whether a history of so many sessions says nothing about how rare a session is. The percentiles of the lake need as many. */
export const isShortHistory = (sessionCount: number): boolean => sessionCount < fewestObservations

/** Share of a signal that is as rare as any, if its history is long enough to say so. */
export const shareOfSignal = (rarity: readonly Rarity[], signal: string): number => {
  const found = rarity.find((each) => each.signal === signal)
  return found && !isShortHistory(found.session_count) ? (found.as_extreme_share ?? 1) : 1
}

const columnOf = ({ column, direction }: (typeof signals)[number]) =>
  direction === 'true'
    ? `case when p.${column} then 1e0 when not p.${column} then 0e0 end`
    : `cast(p.${column} as double)`

/** The value of each signal in a column with its name. */
const signalColumns = join(
  signals.map((signal) => raw(`${columnOf(signal)} as ${signal.column}`)),
  ', ',
)

/** The value of each signal by session, oldest first. */
export const valueColumns: Sql = sql`
  select ${signalColumns}
  from ${crashPrecursors} p order by p.session`

/** 1 or -1 for the side on which a signal lights. */
const sideOf = ({ direction }: Signal) => (direction === 'below' ? -1 : 1)

/** One row for each session and signal: its value, and 1 or -1 for the side on which it lights. */
export const signalValues = (where: Sql): Sql => sql`
  select p.session, f.signal, f.side,
    case f.signal
      ${join(
        signals.map((signal) => raw(`when ${quoted(signal.column)} then ${columnOf(signal)}`)),
        '\n      ',
      )}
    end as value
  from ${crashPrecursors} p
  cross join (values ${raw(
    signals.map((signal) => `(${quoted(signal.column)}, ${sideOf(signal)})`).join(', '),
  )}) as f(signal, side)
  where ${where}`

/** The rarities as they are told below a figure: in a short text, with a row for each session and signal. */
export const rarityBySignal = (sessions: readonly string[]): Sql => sql`
  with earlier as (${signalValues(raw(`p.session <= date '${[...sessions].sort().at(-1)}'`))}),
  own as (select * from earlier where ${isOneOf('session', sessions)})
  select
    o.session, o.signal,
    avg(case when o.value is null or p.value is null then null when p.value * o.side >= o.value * o.side then 1e0 else 0e0 end) as as_extreme_share,
    count(p.value) as session_count,
    min(case when p.value is not null then p.session end) as counted_from,
    max(case when p.value is not null then p.session end) as last_known_on,
    max(case when p.session < o.session and p.value * o.side >= o.value * o.side then p.session end) as earlier_on
  from own o
  join earlier p on p.signal = o.signal and p.session <= o.session
  group by o.session, o.signal
  order by o.session, o.signal`

const isAsExtreme = (signal: Signal) => `p.${signal.column} ${sideOf(signal) === 1 ? '>=' : '<='} o.${signal.column}`

/** The same rows from a history of one row for each session, with a column for each signal: a report takes 4 % less time. */
export const rarity = listOf<Rarity>(
  (sessions) => sql`
  with valued as (
    select p.session, ${signalColumns}
    from ${crashPrecursors} p
    where ${raw(`p.session <= date '${[...sessions].sort().at(-1)}'`)}
  ),
  counted as (
    select
      o.session,
      ${forEachSignal(
        (
          column,
          signal,
        ) => `avg(case when ${isAsExtreme(signal)} then 1e0 when p.${column} is not null and o.${column} is not null then 0e0 end) as share_${column},
    count(p.${column}) as count_${column},
    min(case when p.${column} is not null then p.session end) as from_${column},
    max(case when p.${column} is not null then p.session end) as until_${column},
    max(case when p.session < o.session and ${isAsExtreme(signal)} then p.session end) as earlier_${column}`,
      )}
    from valued o
    join valued p on p.session <= o.session
    where ${isOneOf('o.session', sessions)}
    group by o.session
  )
  select
    session, signal,
    ${ofOwnSignal('share')} as as_extreme_share,
    ${ofOwnSignal('count')} as session_count,
    ${ofOwnSignal('from')} as counted_from,
    ${ofOwnSignal('until')} as last_known_on,
    ${ofOwnSignal('earlier')} as earlier_on
  from counted
  cross join (values ${raw(signals.map(({ column }) => `(${quoted(column)})`).join(', '))}) as facts(signal)
  order by session, signal`,
)
