/** The year up to a session: the close of the index, how many signals were lit, and the value of each signal. */
import { group } from 'd3-array'
import { benchmark } from '../../schemas/baskets.ts'
import type { SignalLevels } from '../../schemas/signal-levels.ts'
import { literals, type Sql, sql } from '../../schemas/view.ts'
import { dailyBarsAsKnown } from '../../schemas/views/bars/daily_bars_as_known.ts'
import { last } from '../fragments.ts'
import { signalValues } from './rarity.ts'
import { signalsAt, signalsSubject } from './signals.ts'
import type { Row } from './subject.ts'

export interface YearDay {
  readonly session: string
  readonly close: number | null
  readonly lit_count: number
  readonly known_count: number
}

/** One row for each session of a window. */
export const litDays = (window: Sql, levels: SignalLevels): Sql => sql`
  select s.session, max(b.close) as close,
    sum(case when s.is_lit then 1 else 0 end) as lit_count, count(s.is_lit) as known_count
  from (select session, is_lit from ${signalsAt(levels)} as states where ${window}) s
  left join (
    select session, close from ${dailyBarsAsKnown} where symbol = ${literals([benchmark.index])} and ${window}
  ) b on b.session = s.session
  group by s.session
  order by s.session`

/** One row for each session of a window and signal. */
export const signalDays = (window: Sql): Sql => sql`
  select session, signal, value
  from (${signalValues(sql`p.${window}`)}) as valued
  order by signal, session`

/** Sessions of a year. */
export const yearLength = 252

/** The states of the signals in the year up to a session, from which its signals, its days and their values follow. */
const statesOf = (session: string, levels: SignalLevels): Sql => sql`
  select session, signal, value, is_lit, is_held, lit_since, lit_session_count, change
  from ${signalsAt(levels)} as states
  where ${last(session, yearLength)}
  order by signal, session`

const closesOf = (session: string): Sql => sql`
  select session, close
  from ${dailyBarsAsKnown}
  where symbol = ${literals([benchmark.index])} and ${last(session, yearLength)}`

export const yearQueries = (session: string, levels: SignalLevels): Sql[] => [
  statesOf(session, levels),
  closesOf(session),
]

/** Answers to three queries about the year from one look at the signals: the states of the session, the days, and the values. */
export const yearAnswers = async (
  ask: (query: Sql) => Promise<readonly Row[]>,
  session: string,
  levels: SignalLevels,
): Promise<ReadonlyMap<string, readonly Row[]>> => {
  const states = await ask(statesOf(session, levels))
  const closes = new Map((await ask(closesOf(session))).map((row) => [row.session, row.close ?? null]))
  const days = [...group(states, (row) => String(row.session))]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(
      ([day, own]): Row => ({
        session: day,
        close: closes.get(day) ?? null,
        lit_count: own.filter(({ is_lit }) => is_lit === true).length,
        known_count: own.filter(({ is_lit }) => is_lit !== null).length,
      }),
    )
  const window = last(session, yearLength)
  return new Map<string, readonly Row[]>([
    [signalsSubject(levels).sql([session]).text, states.filter((row) => row.session === session)],
    [litDays(window, levels).text, days],
    [
      signalDays(window).text,
      states.map(({ session: day, signal, value }) => ({ session: day!, signal: signal!, value: value! })),
    ],
  ])
}
