/** Whether to believe it: base rates, freshness, gaps, runs, and what a column means. */
import { sql } from '../view.ts'
import { labelBaseRates } from '../views/labels/label_base_rates.ts'
import { metaChecks } from '../views/meta/meta_checks.ts'
import { metaColumns } from '../views/meta/meta_columns.ts'
import { metaCoverage } from '../views/meta/meta_coverage.ts'
import { metaFreshness } from '../views/meta/meta_freshness.ts'
import { metaGaps } from '../views/meta/meta_gaps.ts'
import { metaRuns } from '../views/meta/meta_runs.ts'
import type { SavedQuery } from './query.ts'

export const trustQueries: readonly SavedQuery[] = [
  {
    name: 'base_rates',
    doc: 'How often a fall follows whatever happened: what any precursor must beat.',
    sql: sql`
      select symbol, horizon, depth, first_session, last_session, session_count, drawdown_count, base_rate, run_count
      from ${labelBaseRates}
      order by symbol, horizon, depth`,
  },
  {
    name: 'freshness',
    doc: 'How far each source reaches, and what was refused.',
    isHeavy: true,
    sql: sql`
      select source, table_name, last_session, sessions_behind, last_fetched_at, refused_count, rejected_count
      from ${metaFreshness}
      order by sessions_behind desc, source, table_name`,
  },
  {
    name: 'coverage',
    doc: 'Which sessions each source covers, by symbol or kind of catalyst, the newest span first.',
    isHeavy: true,
    sql: sql`
      select source, table_name, subject, first_session, last_session, session_count, known_by
      from ${metaCoverage}
      order by last_session desc, source, table_name, subject, first_session
      limit 200`,
  },
  {
    name: 'gaps',
    doc: 'Series with missing sessions: how many, and the latest.',
    isHeavy: true,
    sql: sql`
      select table_name, source, subject, count(*) as missing_count, max(session) as latest
      from ${metaGaps}
      group by table_name, source, subject
      order by missing_count desc, table_name, source, subject
      limit 100`,
  },
  {
    name: 'runs',
    doc: 'How the last runs ended, step by step.',
    sql: sql`
      select run_id, step, status, row_count, rejected_count, ended_at, first_error
      from ${metaRuns}
      order by ended_at desc, run_id, step
      limit 60`,
  },
  {
    name: 'findings',
    doc: 'What the checks found wrong, what still is first.',
    sql: sql`
      select rule, subject, is_open, first_session, last_session, session_count, detail
      from ${metaChecks}
      order by is_open desc, last_session desc, rule, subject`,
  },
  {
    name: 'units',
    doc: 'What the columns of the precursors mean, with their units.',
    sql: sql`
      select name, type, unit, doc
      from ${metaColumns}
      where relation = 'crash_precursors'
      order by position`,
  },
]
