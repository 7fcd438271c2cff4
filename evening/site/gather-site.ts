/** What the site shows of all evenings, with one query for each subject. */
import type { TimetableRow } from '../../pipeline/runs/timetable.ts'
import { benchmark } from '../../schemas/baskets.ts'
import { literals, raw, type Sql, sql } from '../../schemas/view.ts'
import { dailyBarsAsKnown } from '../../schemas/views/bars/daily_bars_as_known.ts'
import { catalystCoverage } from '../../schemas/views/catalysts/catalyst_coverage.ts'
import { catalystsBySession } from '../../schemas/views/catalysts/catalysts_by_session.ts'
import { crashPrecursors } from '../../schemas/views/composite/crash_precursors.ts'
import { precursorScore } from '../../schemas/views/composite/precursor_score.ts'
import { precursorSignals } from '../../schemas/views/composite/precursor_signals.ts'
import { earlyWarning } from '../../schemas/views/early_warning/early_warning.ts'
import { macroTimetable } from '../../schemas/views/macro/macro_timetable.ts'
import { overdueReleases } from '../../schemas/views/macro/overdue_releases.ts'
import { marketMovers } from '../../schemas/views/shared/coverage.ts'
import { date } from '../fragments.ts'
import { valueColumns } from '../gather/rarity.ts'

export interface Listed {
  readonly session: string
  readonly score: number | null
  readonly early_warning: number | null
  readonly lit_count: number
  readonly known_count: number
  readonly close_return: number | null
  readonly close: number | null
  readonly titles: string | null
  /** Their kinds, separated by commas. */
  readonly kinds: string | null
  /** Number of kinds that can move the market and are covered on the session. */
  readonly covered_count: number | null
}

/** One row for each evening of the lake. */
export const listedSql: Sql = sql`
  with lit as (
    select session, sum(case when is_lit then 1 else 0 end) as lit_count, count(is_lit) as known_count
    from ${precursorSignals} group by session
  ),
  hits as (
    select session, array_join(array_agg(title order by occurred_at, catalyst_id), '; ') as titles,
      array_join(array_agg(distinct kind order by kind), ',') as kinds
    from ${catalystsBySession} group by session
  ),
  covered as (
    select session, sum(case when is_covered then 1 else 0 end) as covered_count
    from ${catalystCoverage} where kind in (${literals(marketMovers)}) group by session
  )
  select p.session, s.score, w.early_warning, l.lit_count, l.known_count, p.index_close_return as close_return, b.close, h.titles, h.kinds, c.covered_count
  from ${crashPrecursors} p
  left join ${precursorScore} s on s.session = p.session
  left join ${earlyWarning} w on w.session = p.session
  left join lit l on l.session = p.session
  left join ${dailyBarsAsKnown} b on b.session = p.session and b.symbol = ${literals([benchmark.index])}
  left join hits h on h.session = p.session
  left join covered c on c.session = p.session
  order by p.session`

/** The sessions on which each signal was lit. */
export const litSql: Sql = sql`
  select session, signal, lit_since from ${precursorSignals} where is_lit order by signal, session`

export type ReleaseRow = TimetableRow

/** The latest state of each release of the last years, the latest first, and by how many days it is overdue on the evening of a session. */
export const releasesSql = (from: string, session: string): Sql => sql`
  select s.release, s.reference_period, s.status, s.first_scheduled_at, s.scheduled_at, s.released_at, s.delay_days, o.overdue_days
  from (
    select *, row_number() over (partition by release, reference_period order by known_at desc) as age
    from ${macroTimetable}
  ) as s
  left join ${overdueReleases} o
    on o.session = ${date(session)} and o.release = s.release and o.reference_period = s.reference_period and s.status <> 'released'
  where age = 1 and coalesce(s.released_at, s.scheduled_at, s.first_scheduled_at) >= ${raw(`timestamp '${from} 00:00:00'`)}
  order by coalesce(s.released_at, s.scheduled_at, s.first_scheduled_at) desc, s.release, s.reference_period`

/** The queries of the site besides those of its pages. The query of releases has some days here, as its relations are the same for every day. */
export const siteQueries: readonly Sql[] = [listedSql, valueColumns, litSql, releasesSql('2000-01-01', '2000-01-01')]
