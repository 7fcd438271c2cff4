/** The catalysts that hit a session, as its evening knew them, and whether several kinds met a fragile market. */
import { catalystKinds } from '../../schemas/catalysts/index.ts'
import { join, literals, raw, type Sql, sql } from '../../schemas/view.ts'
import { catalystCoverage } from '../../schemas/views/catalysts/catalyst_coverage.ts'
import { catalystsBySession } from '../../schemas/views/catalysts/catalysts_by_session.ts'
import { earningsReactions } from '../../schemas/views/catalysts/earnings_reactions.ts'
import { resonance as resonanceView } from '../../schemas/views/catalysts/resonance.ts'
import { firstRankReleases, followedFor, marketMovers } from '../../schemas/views/shared/coverage.ts'
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
      kinds_base_rate,
      case when earlier_session_count > 0 then resonance_base_rate end as resonance_base_rate, earlier_session_count
    from ${resonanceView}
    where ${isOneOf('session', sessions)}`,
)

/** Names of the kinds of which it is not known whether they hit. */
export const missingKinds = ({
  uncovered_kinds,
  undecided_kinds,
}: Pick<Resonance, 'uncovered_kinds' | 'undecided_kinds'>) =>
  [uncovered_kinds, undecided_kinds].flatMap((names) => names?.split(',') ?? []).sort()

/** Kinds about companies, and the rows that show of which companies. */
const byCompany = catalystKinds.flatMap(({ kind, coverage }) =>
  typeof coverage === 'string'
    ? []
    : coverage.signs.flatMap(({ table, company }) =>
        company ? [{ kind, table, company, days: coverage.longestSilence * followedFor }] : [],
      ),
)

/** One row per session and kind about companies: the companies that are covered, which are those that the lake follows less the uncovered ones. */
export const coveredCompanies = (sessions: readonly string[]): Sql =>
  join(
    byCompany.map(
      ({ kind, table, company: { key, name }, days }) => sql`
      select session, kind, array_join(array_agg(company_name order by company_name), ',') as covered_companies
      from (
        select c.session, c.kind, c.uncovered_companies, f.company, max(f.company_name) as company_name
        from ${catalystCoverage} c
        join (
          select ${raw(key)} as company, known_session, min(${raw(name)}) as company_name
          from ${table}
          group by ${raw(key)}, known_session
        ) f on f.known_session <= c.session and date_diff('day', f.known_session, c.session) <= ${raw(String(days))}
        where ${isOneOf('c.session', sessions)} and c.kind = ${literals([kind])}
        group by c.session, c.kind, c.uncovered_companies, f.company
      ) as followed
      where position(',' || company_name || ',' in ',' || coalesce(uncovered_companies, '') || ',') = 0
      group by session, kind`,
    ),
    ' union all ',
  )

/** What no source covers: kinds that can move the market, and releases of the first rank without a timetable. */
export interface Uncovered {
  readonly kinds: readonly string[]
  readonly releases: readonly string[]
  /** Companies whose results are covered. Those of any other company may have hit the session. */
  readonly companies: readonly string[]
}

export const uncovered: Subject<Uncovered> = {
  sql: (sessions) => sql`
    select c.session, c.kind, c.is_covered, c.is_timetable_known, f.covered_companies
    from ${catalystCoverage} c
    left join (${coveredCompanies(sessions)}
    ) f on f.session = c.session and f.kind = c.kind
    where ${isOneOf('c.session', sessions)} and c.kind in (${literals(marketMovers)})
    order by c.session, c.kind`,
  of: (rows) => {
    const named = (name: string) => rows.flatMap((row) => (row[name] === false ? [String(row.kind)] : []))
    return {
      kinds: named('is_covered'),
      releases: named('is_timetable_known').filter((kind) => firstRankReleases.includes(kind)),
      companies: rows.flatMap(({ covered_companies: names }) => (names == null ? [] : String(names).split(','))),
    }
  },
}
