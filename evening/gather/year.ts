/** The year up to a session: the close of the index, how many signals were lit, and the value of each signal. */
import { benchmark } from '../../schemas/baskets.ts'
import type { SignalLevels } from '../../schemas/signal-levels.ts'
import { literals, type Sql, sql } from '../../schemas/view.ts'
import { dailyBarsAsKnown } from '../../schemas/views/bars/daily_bars_as_known.ts'
import { signalValues } from './rarity.ts'
import { signalsAt } from './signals.ts'

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
