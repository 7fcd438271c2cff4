/** The saved queries, by name; also in Athena's query editor once deployed. */
import { type Sql, sql } from '../view.ts'
import { catalystsBySession } from '../views/catalysts_by_session.ts'
import { crashPrecursors } from '../views/crash_precursors.ts'
import { gapAndReverse } from '../views/gap_and_reverse.ts'
import { macroTimetable } from '../views/macro_timetable.ts'
import { precursorScore } from '../views/precursor_score.ts'
import { precursorSignals } from '../views/precursor_signals.ts'
import { resonance } from '../views/resonance.ts'
import { volatilityRegime } from '../views/volatility_regime.ts'

export interface SavedQuery {
  readonly name: string
  readonly doc: string
  /** One text for DuckDB and Athena. */
  readonly sql: Sql
}

export const queries: readonly SavedQuery[] = [
  {
    name: 'evenings',
    doc: 'The last sixty sessions: every precursor as its evening knew it.',
    sql: sql`
      select * from ${crashPrecursors}
      order by session desc
      limit 60`,
  },
  {
    name: 'lit_signals',
    doc: 'What was lit, session by session, and why.',
    sql: sql`
      select session, title, value, threshold, because
      from ${precursorSignals}
      where is_lit
      order by session desc, title
      limit 500`,
  },
  {
    name: 'score',
    doc: 'The score of the last year, with VIX beside it.',
    sql: sql`
      select s.session, s.score, s.coverage, v.vix_close
      from ${precursorScore} s
      left join ${volatilityRegime} v on v.session = s.session
      order by s.session desc
      limit 252`,
  },
  {
    name: 'reversals',
    doc: 'Gaps above 1 % that closed below the previous close, with how rare each was.',
    sql: sql`
      select symbol, session, gap_return, close_return, ordinal, rarity
      from ${gapAndReverse}
      where threshold = 1e-2
      order by session desc, symbol
      limit 200`,
  },
  {
    name: 'catalysts',
    doc: 'What hit each session: when it was due, what was expected, what came.',
    sql: sql`
      select session, kind, title, scheduled_at, occurred_at, delay_days, actual, consensus, surprise
      from ${catalystsBySession}
      order by session desc, kind, title
      limit 500`,
  },
  {
    name: 'late_releases',
    doc: 'Releases that came a week late or more.',
    sql: sql`
      select release, reference_period, first_scheduled_at, released_at, delay_days
      from ${macroTimetable}
      where status = 'released' and delay_days >= 7
      order by released_at desc, release
      limit 200`,
  },
  {
    name: 'resonances',
    doc: 'Sessions that several kinds of catalysts hit at once, and whether the market was known fragile.',
    sql: sql`
      select session, kind_count, kinds, depth_ratio_before, net_gamma_before, is_resonance, kinds_base_rate
      from ${resonance}
      where kind_count >= 2
      order by session desc
      limit 200`,
  },
]
