import { bigint, boolean, date, double, string } from '../../column.ts'
import { dailyBars } from '../../tables/daily_bars.ts'
import { dealerGamma } from '../../tables/dealer_gamma.ts'
import { sessions } from '../../tables/sessions.ts'
import { defineView, sql } from '../../view.ts'
import { marketDepthState } from '../liquidity/market_depth_state.ts'
import { firstKnown } from '../shared/as-known.ts'
import { gammaExposure } from '../volatility/gamma_exposure.ts'
import { catalystsBySession } from './catalysts_by_session.ts'
import { impactfulCatalysts } from './impactful_catalysts.ts'

/** Kinds at once, fixed beforehand; fragile is depth below half its mean or in its lowest tenth, or negative dealer gamma. */
const kindsAtOnce = 3
const thinPercentile = 0.1

export const resonance = defineView({
  name: 'resonance',
  doc: 'One row per session since the first catalyst in the lake: how many kinds of impactful catalysts hit it, whether the market was fragile the evening before, and how common that is.',
  grain: ['session'],
  // Its rates look back to the first catalyst.
  materialized: { yearOf: 'session', daysBack: Number.POSITIVE_INFINITY },
  columns: {
    session: date('XNYS session.'),
    kind_count: bigint('Distinct kinds of impactful catalysts that hit it, as known by its evening.', {
      unit: 'kinds',
    }),
    kinds: string.nullable('Those kinds, by name.'),
    depth_ratio_before: double.nullable('Top-of-book depth of ES against its 20 sessions, of the session before.', {
      unit: 'ratio',
    }),
    depth_percentile_before: double.nullable('Its percentile among 252 sessions.', { unit: 'fraction' }),
    net_gamma_before: double.nullable(
      'Latest dealer gamma that the evening before knew: the lower of SqueezeMetrics and the chain.',
      {
        unit: 'USD per 1 %',
      },
    ),
    is_fragile_before: boolean.nullable(
      'Whether the evening before knew the market fragile: depth ratio below one half, depth in its lowest tenth, or dealer gamma below zero. NULL where none of them is known.',
    ),
    is_resonance: boolean.nullable(
      'Three kinds or more on a market known fragile the evening before; NULL where that is unknown.',
    ),
    kinds_base_rate: double.nullable('Share of the sessions before with three kinds or more, fragile or not.', {
      unit: 'fraction',
    }),
    resonance_base_rate: double.nullable('Share of the sessions before with resonance among those where it is known.', {
      unit: 'fraction',
    }),
    earlier_session_count: bigint('Sessions before that the rates rest on.', { unit: 'sessions' }),
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
    hits as (
      select session, count(distinct kind) as kind_count, array_join(array_agg(distinct kind order by kind), ',') as kinds
      from ${impactfulCatalysts}
      group by session
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
      -- Known the morning after, so that the evening before has the one of two sessions before.
      select session_number + 2 as next_number, net_gamma from (${firstKnown(dealerGamma, 1)}) as published where symbol = 'SPX'
      union all
      select s.session_number + 1, net_gamma from ${gammaExposure} g join ${sessions} s on s.session = g.session where symbol = 'SPX'
    ),
    gamma as (select next_number, min(net_gamma) as net_gamma from gammas group by next_number),
    evenings as (
      select
        days.session, days.session_number, coalesce(hits.kind_count, 0) as kind_count, hits.kinds,
        depths.depth_ratio, depths.depth_percentile, gamma.net_gamma,
        case
          when depths.depth_ratio is not null or depths.depth_percentile is not null or gamma.net_gamma is not null
          then coalesce(depths.depth_ratio < 5e-1, false) or coalesce(depths.depth_percentile <= ${thinPercentile}, false) or coalesce(gamma.net_gamma < 0, false)
        end as is_fragile_before
      from days
      left join hits on hits.session = days.session
      left join depths on depths.next_number = days.session_number
      left join gamma on gamma.next_number = days.session_number
    ),
    flagged as (
      select
        evenings.*,
        case when kind_count < ${kindsAtOnce} then false else is_fragile_before end as is_resonance
      from evenings
    ),
    rated as (
      select
        flagged.*,
        count(*) over w as earlier_session_count,
        sum(case when kind_count >= ${kindsAtOnce} then 1 else 0 end) over w as earlier_kinds,
        count(is_resonance) over w as earlier_known,
        sum(case when is_resonance then 1 else 0 end) over w as earlier_resonances
      from flagged
      window w as (order by session rows between unbounded preceding and 1 preceding)
    )
    select
      session, kind_count, kinds,
      depth_ratio as depth_ratio_before, depth_percentile as depth_percentile_before, net_gamma as net_gamma_before,
      is_fragile_before, is_resonance,
      cast(earlier_kinds as double) / nullif(earlier_session_count, 0) as kinds_base_rate,
      cast(earlier_resonances as double) / nullif(earlier_known, 0) as resonance_base_rate,
      earlier_session_count
    from rated
  `,
})
