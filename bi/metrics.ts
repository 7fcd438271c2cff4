/** What BI tools are offered: views with plain types, and the measures over them that make sense. */
import type { View } from '../schemas/view.ts'
import { gapAndReverse } from '../schemas/views/bars/gap_and_reverse.ts'
import { catalystsBySession } from '../schemas/views/catalysts/catalysts_by_session.ts'
import { crashPrecursors } from '../schemas/views/composite/crash_precursors.ts'
import { precursorContributions } from '../schemas/views/composite/precursor_contributions.ts'
import { precursorScore } from '../schemas/views/composite/precursor_score.ts'
import { precursorSignals } from '../schemas/views/composite/precursor_signals.ts'
import { sessionFacts } from '../schemas/views/composite/session_facts.ts'
import { labelForwardDrawdown } from '../schemas/views/labels/label_forward_drawdown.ts'

/** One row per session, which the others are about. */
export const wide = crashPrecursors

/** The wide row per session first, then what has several rows per session. */
export const offered: readonly View[] = [
  wide,
  precursorScore,
  sessionFacts,
  precursorSignals,
  precursorContributions,
  catalystsBySession,
  gapAndReverse,
  labelForwardDrawdown,
]

interface Metric {
  readonly name: string
  readonly of: View
  readonly doc: string
  /** An aggregate over columns of the view, in SQL that every engine takes. */
  readonly sql: string
}

const metric = <V extends View>(of: V, name: string, doc: string, sql: string): Metric => ({ name, of, doc, sql })

export const metrics: readonly Metric[] = [
  metric(wide, 'session_count', 'Sessions.', 'COUNT(session)'),
  metric(wide, 'mean_vix', 'Mean close of VIX, in points.', 'AVG(vix_close)'),
  metric(
    wide,
    'mean_average_correlation',
    'Mean correlation of the sectors over 20 sessions.',
    'AVG(average_correlation_20)',
  ),
  metric(wide, 'widest_range', 'Widest range of SPY, as a fraction of the previous close.', 'MAX(etf_range_fraction)'),
  metric(
    wide,
    'depth_vacuum_count',
    'Sessions with depth below half of its mean.',
    'SUM(CASE WHEN is_depth_vacuum THEN 1 ELSE 0 END)',
  ),
  metric(wide, 'resonance_count', 'Sessions of resonance.', 'SUM(CASE WHEN is_resonance THEN 1 ELSE 0 END)'),
  metric(
    precursorScore,
    'mean_score',
    'Mean score: percentile against its own history, not a probability.',
    'AVG(score)',
  ),
  metric(precursorSignals, 'lit_count', 'Signals that were lit.', 'SUM(CASE WHEN is_lit THEN 1 ELSE 0 END)'),
  metric(
    precursorSignals,
    'known_count',
    'Signals that were known. The others are unknown, which is not the same as not lit.',
    'COUNT(is_lit)',
  ),
  metric(
    precursorContributions,
    'points',
    'Points of the score; choose one level, or they count twice.',
    'SUM(contribution)',
  ),
  metric(catalystsBySession, 'catalyst_count', 'Catalysts.', 'COUNT(catalyst_id)'),
  metric(catalystsBySession, 'longest_delay', 'Longest delay of a release, in days.', 'MAX(delay_days)'),
  metric(gapAndReverse, 'reversal_count', 'Reversals; choose one symbol and one threshold.', 'COUNT(session)'),
  metric(
    labelForwardDrawdown,
    'drawdown_share',
    'Share of the sessions that a fall of 5 % followed within 20; looks forward. Choose one symbol.',
    'AVG(CASE WHEN is_drawdown_5 THEN 1.0 WHEN NOT is_drawdown_5 THEN 0.0 END)',
  ),
]
