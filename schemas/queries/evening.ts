/** Lit signals, since when they are lit, and the score. */
import { sql } from '../view.ts'
import { crashPrecursors } from '../views/composite/crash_precursors.ts'
import { precursorContributions } from '../views/composite/precursor_contributions.ts'
import { precursorScore } from '../views/composite/precursor_score.ts'
import { precursorSignals } from '../views/composite/precursor_signals.ts'
import { volatilityRegime } from '../views/volatility/volatility_regime.ts'
import type { SavedQuery } from './query.ts'

export const eveningQueries: readonly SavedQuery[] = [
  {
    name: 'evenings',
    doc: 'The last sixty sessions: every precursor as known that evening.',
    sql: sql`
      select * from ${crashPrecursors}
      order by session desc
      limit 60`,
  },
  {
    name: 'lit_signals',
    doc: 'The lit signals of each session, since when, and why.',
    sql: sql`
      select session, title, value, threshold, lit_since, because
      from ${precursorSignals}
      where is_lit
      order by session desc, title
      limit 500`,
  },
  {
    name: 'lit_since',
    doc: 'The signals that are lit in the latest session, and since when.',
    sql: sql`
      select signal, title, lit_since, lit_session_count as session_count, value
      from ${precursorSignals}
      where is_lit and session in (select max(session) from ${crashPrecursors})
      order by lit_since desc, signal`,
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
    name: 'score_made_of',
    isHeavy: true,
    doc: 'The contributors to the score of the latest session, precursor by precursor.',
    sql: sql`
      select session, precursor_group, component, value, percentile, contribution
      from ${precursorContributions}
      where level = 'precursor' and session in (select max(session) from ${precursorContributions})
      order by contribution desc, component`,
  },
  {
    name: 'lit_counts',
    doc: 'How many signals were lit and how many were known, session by session.',
    sql: sql`
      select
        session,
        cast(sum(case when is_lit then 1 else 0 end) as bigint) as lit_count,
        count(is_lit) as known_count
      from ${precursorSignals}
      group by session
      order by session desc
      limit 252`,
  },
]
