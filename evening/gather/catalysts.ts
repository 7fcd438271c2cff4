/** The catalysts that hit a session, as its evening knew them, and whether several kinds met a fragile market. */
import { literals, sql } from '../../schemas/view.ts'
import { catalystCoverage } from '../../schemas/views/catalysts/catalyst_coverage.ts'
import { catalystsBySession } from '../../schemas/views/catalysts/catalysts_by_session.ts'
import { earningsReactions } from '../../schemas/views/catalysts/earnings_reactions.ts'
import { resonance as resonanceView } from '../../schemas/views/catalysts/resonance.ts'
import { firstRankReleases, marketMovers } from '../../schemas/views/shared/coverage.ts'
import { date, isOneOf } from '../fragments.ts'
import { listOf, oneOf, type Subject } from './subject.ts'

export interface Hit {
  readonly catalyst_id: string
  readonly title: string
  readonly occurred_at: string | null
  readonly evidence: string | null
}

export const hits = listOf<Hit>(
  (sessions) => sql`
    select session, catalyst_id, occurred_at, kind, title, scheduled_at, delay_days, actual, consensus, surprise,
      standardized_surprise, direction, evidence, known_basis
    from ${catalystsBySession}
    where ${isOneOf('session', sessions)}
    order by session, occurred_at, catalyst_id`,
)

/** How stocks moved with the results that hit a session. Exhibit and claims have one text, so that it is asked once. */
export const reactions = (session: string) => sql`
  select symbol, timing, revenue_surprise, eps_surprise, guidance_surprise, revenue_growth, revenue_acceleration,
    gap_return, open_to_close_return, close_return, is_sell_the_news
  from ${earningsReactions}
  where session = ${date(session)}
  order by symbol, accession`

export interface Resonance {
  readonly kind_count: number | null
  readonly kinds: string | null
  readonly uncovered_kinds: string | null
  readonly undecided_kinds: string | null
  readonly is_fragile_before: boolean | null
  readonly is_resonance: boolean | null
  readonly depth_ratio_before: number | null
  readonly net_gamma_before: number | null
  readonly kinds_base_rate: number | null
  readonly earlier_session_count: number
}

export const resonance = oneOf<Resonance>(
  (sessions) => sql`
    select session, is_resonance, kind_count, kinds, unknown_kind_count, uncovered_kinds, undecided_kinds, is_fragile_before, depth_ratio_before, net_gamma_before,
      kinds_base_rate, resonance_base_rate, earlier_session_count
    from ${resonanceView}
    where ${isOneOf('session', sessions)}`,
)

/** Names of the kinds of which it is not known whether they hit. */
export const missingKinds = ({
  uncovered_kinds,
  undecided_kinds,
}: Pick<Resonance, 'uncovered_kinds' | 'undecided_kinds'>) =>
  [uncovered_kinds, undecided_kinds].flatMap((names) => names?.split(',') ?? []).sort()

/** What no source covers: kinds that can move the market, and releases of the first rank without a timetable. */
export interface Uncovered {
  readonly kinds: readonly string[]
  readonly releases: readonly string[]
}

export const uncovered: Subject<Uncovered> = {
  sql: (sessions) => sql`
    select session, kind, is_covered, is_timetable_known
    from ${catalystCoverage}
    where ${isOneOf('session', sessions)} and kind in (${literals(marketMovers)})
    order by session, kind`,
  of: (rows) => {
    const named = (name: string) => rows.flatMap((row) => (row[name] === false ? [String(row.kind)] : []))
    return {
      kinds: named('is_covered'),
      releases: named('is_timetable_known').filter((kind) => firstRankReleases.includes(kind)),
    }
  },
}
