import { bigint, boolean, date, double, string } from '../../column.ts'
import { dailyBars } from '../../tables/daily_bars.ts'
import { dealerGamma } from '../../tables/dealer_gamma.ts'
import { sessions } from '../../tables/sessions.ts'
import { defineView, literals, sql } from '../../view.ts'
import { marketDepthState } from '../liquidity/market_depth_state.ts'
import { firstKnown } from '../shared/as-known.ts'
import { allMarketMovers, marketMovers } from '../shared/coverage.ts'
import { gammaExposure } from '../volatility/gamma_exposure.ts'
import { catalystCoverage } from './catalyst_coverage.ts'
import { catalystsBySession } from './catalysts_by_session.ts'
import { judgedCatalysts } from './impactful_catalysts.ts'

/** Number of kinds on one session that counts as resonance, fixed beforehand. */
const kindsAtOnce = 3
/** Percentile of depth at or below which the market is fragile, fixed beforehand. */
const thinPercentile = 0.1

export const resonance = defineView({
  name: 'resonance',
  doc: 'One row per session since the first catalyst in the lake: the number of kinds of impactful catalysts that hit it, whether the market was fragile on the evening before, and how often both happened before.',
  grain: ['session'],
  // The base rates use all sessions since the first catalyst.
  materialized: { yearOf: 'session', daysBack: Number.POSITIVE_INFINITY },
  columns: {
    session: date('XNYS session.'),
    kind_count: bigint.nullable(
      'Number of distinct kinds of impactful catalysts that hit the session, as known by its evening. The number is a lower bound if `unknown_kind_count` is above 0. 0 only if it is known that none hit; else NULL.',
      {
        unit: 'kinds',
      },
    ),
    kinds: string.nullable('Names of those kinds.'),
    unknown_kind_count: bigint(
      'Number of further kinds of which it is not known whether an impactful catalyst hit the session.',
      { unit: 'kinds' },
    ),
    uncovered_kinds: string.nullable('Names of those of them whose sources do not cover the session.'),
    undecided_kinds: string.nullable(
      'Names of the others: a catalyst hit the session, and the evening did not know the figure that decides its impact.',
    ),
    depth_ratio_before: double.nullable(
      'Top-of-book depth of ES / mean of its previous 20 sessions, for the previous session.',
      {
        unit: 'ratio',
      },
    ),
    depth_percentile_before: double.nullable('Percentile of that depth in its last 252 sessions.', {
      unit: 'fraction',
    }),
    net_gamma_before: double.nullable(
      'Latest dealer gamma known on the evening before: the lower of SqueezeMetrics and the option chain.',
      {
        unit: 'USD per 1 %',
      },
    ),
    is_fragile_before: boolean.nullable(
      'True if the market was known to be fragile on the evening before: depth ratio below one half, depth in its lowest tenth, or dealer gamma below zero. False only if all three are known; else NULL.',
    ),
    is_resonance: boolean.nullable(
      'True if three kinds or more hit a market that was known to be fragile on the evening before. False if the market was not fragile, or if fewer kinds hit even with the unknown ones. NULL if neither is known.',
    ),
    kinds_base_rate: double.nullable(
      'Share of earlier sessions with three kinds or more, whether fragile or not, among those for which it is known.',
      { unit: 'fraction' },
    ),
    resonance_base_rate: double.nullable(
      'Share of earlier sessions with resonance, among those for which it is known.',
      {
        unit: 'fraction',
      },
    ),
    earlier_session_count: bigint('Number of earlier sessions in kinds_base_rate.', { unit: 'sessions' }),
  },
  sql: sql`
    with span as (
      select min(session) as first_session, (select max(session) from ${dailyBars}) as last_session
      from ${catalystsBySession}
      where occurred_at is not null
    ),
    days as (
      select s.session, s.session_number
      from ${sessions} s
      join span on s.session between span.first_session and span.last_session
    ),
    -- A kind that hit, one that may have hit, and one that no source covers: each session and kind counts once.
    marks as (
      select session, kind, case when impact is not null then 1 else 0 end as is_hit, case when is_undecided then 1 else 0 end as is_undecided, 0 as is_uncovered, 0 as is_judged
      from (${judgedCatalysts}
      ) as catalysts_judged
      union all
      select session, kind, 0, 0, case when is_covered then 0 else 1 end, 1
      from ${catalystCoverage}
      where kind in (${literals(marketMovers)})
    ),
    by_kind as (
      select
        session, kind, max(is_hit) as is_hit,
        case when max(is_hit) = 0 then max(is_undecided) else 0 end as is_undecided,
        case when max(is_hit) = 0 and max(is_undecided) = 0 then max(is_uncovered) else 0 end as is_uncovered,
        max(is_judged) as is_judged
      from marks
      group by session, kind
    ),
    hits as (
      select
        session,
        max(is_judged) as is_judged,
        sum(is_hit) as kind_count,
        nullif(array_join(array_agg(case when is_hit = 1 then kind end order by kind), ','), '') as kinds,
        sum(is_undecided) + sum(is_uncovered) as unknown_count,
        nullif(array_join(array_agg(case when is_uncovered = 1 then kind end order by kind), ','), '') as uncovered_kinds,
        nullif(array_join(array_agg(case when is_undecided = 1 then kind end order by kind), ','), '') as undecided_kinds
      from by_kind
      group by session
    ),
    known as (
      select
        days.session, days.session_number, hits.kinds, hits.undecided_kinds,
        coalesce(hits.kind_count, 0) as kind_count,
        case when is_judged = 1 then unknown_count else ${marketMovers.length} end as unknown_count,
        case when is_judged = 1 then uncovered_kinds else ${allMarketMovers} end as uncovered_kinds
      from days
      left join hits on hits.session = days.session
    ),
    depths as (
      select
        s.session_number + 1 as next_number,
        max_by(depth_ratio, d.source) as depth_ratio,
        max_by(depth_percentile_252, d.source) as depth_percentile
      from ${marketDepthState} d
      join ${sessions} s on s.session = d.session
      where instrument = 'ES'
      group by s.session_number
    ),
    gammas as (
      -- The figure comes on the next morning, so the evening before knows the one of two sessions before.
      select session_number + 2 as next_number, net_gamma from (${firstKnown(dealerGamma, 1)}) as published where symbol = 'SPX'
      union all
      select s.session_number + 1, net_gamma from ${gammaExposure} g join ${sessions} s on s.session = g.session where symbol = 'SPX'
    ),
    gamma as (select next_number, min(net_gamma) as net_gamma from gammas group by next_number),
    evenings as (
      select
        known.*,
        depths.depth_ratio, depths.depth_percentile, gamma.net_gamma,
        depths.depth_ratio < 5e-1 - 1e-12 or depths.depth_percentile <= ${thinPercentile} or gamma.net_gamma < 0 as is_fragile_before
      from known
      left join depths on depths.next_number = known.session_number
      left join gamma on gamma.next_number = known.session_number
    ),
    counted as (
      select
        evenings.*,
        case when kind_count >= ${kindsAtOnce} then true when kind_count + unknown_count < ${kindsAtOnce} then false end as has_enough
      from evenings
    ),
    flagged as (
      select counted.*, case when not has_enough or not is_fragile_before then false when has_enough then is_fragile_before end as is_resonance
      from counted
    ),
    rated as (
      select
        flagged.*,
        count(has_enough) over w as earlier_session_count,
        sum(case when has_enough then 1 else 0 end) over w as earlier_kinds,
        count(is_resonance) over w as earlier_known,
        sum(case when is_resonance then 1 else 0 end) over w as earlier_resonances
      from flagged
      window w as (order by session rows between unbounded preceding and 1 preceding)
    )
    select
      session,
      case when kind_count > 0 or unknown_count = 0 then kind_count end as kind_count,
      kinds, unknown_count as unknown_kind_count, uncovered_kinds, undecided_kinds,
      depth_ratio as depth_ratio_before, depth_percentile as depth_percentile_before, net_gamma as net_gamma_before,
      is_fragile_before, is_resonance,
      cast(earlier_kinds as double) / nullif(earlier_session_count, 0) as kinds_base_rate,
      cast(earlier_resonances as double) / nullif(earlier_known, 0) as resonance_base_rate,
      earlier_session_count
    from rated
  `,
})
