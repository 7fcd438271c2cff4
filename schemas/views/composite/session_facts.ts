import { benchmark } from '../../baskets.ts'
import { bigint, date, double, string } from '../../column.ts'
import { catalysts } from '../../tables/catalysts.ts'
import { dailyBars } from '../../tables/daily_bars.ts'
import { dealerGamma } from '../../tables/dealer_gamma.ts'
import { fundShares } from '../../tables/fund_shares.ts'
import { marketDepth } from '../../tables/market_depth.ts'
import { marketVolume } from '../../tables/market_volume.ts'
import { defineView, literals, raw, type Sql, sql } from '../../view.ts'
import { latestBars } from '../bars/latest_bars.ts'
import { catalystCoverageNow } from '../catalysts/catalyst_coverage_now.ts'
import { preferredShare } from '../flow/etf_share_of_volume.ts'
import { flaggedVolume } from '../flow/flagged_volume.ts'
import { fundFlows } from '../flow/fund_flows.ts'
import { marketMovers } from '../shared/coverage.ts'

const usd = { unit: 'USD' }
const fraction = { unit: 'fraction' }
const { index, etf } = benchmark
/** A column of the bar of a symbol, in a group of bars of one session. */
const of = (symbol: string, column: string): Sql =>
  sql`max(case when symbol = ${literals([symbol])} then ${raw(column)} end)`

export const sessionFacts = defineView({
  name: 'session_facts',
  doc: 'One row per session: what is known now about it, including corrections and the figures of the next morning. It is for reports, not for signals.',
  grain: ['session'],
  role: 'fact',
  mart: true,
  // Catalysts, splits and what rests on them can change a session years later.
  notAhead: [dailyBars, dealerGamma, marketDepth, marketVolume, flaggedVolume, fundShares, catalystCoverageNow],
  columns: {
    session: date('XNYS session.'),
    index_open: double.nullable('S&P 500: open.', { unit: 'points' }),
    index_high: double.nullable('S&P 500: high.', { unit: 'points' }),
    index_low: double.nullable('S&P 500: low.', { unit: 'points' }),
    index_close: double.nullable('S&P 500: close.', { unit: 'points' }),
    etf_close: double.nullable('SPY: close on the current price basis.', usd),
    etf_volume: bigint.nullable('SPY: shares traded.', { unit: 'shares' }),
    etf_share: double.nullable('ETF share of dollar volume in this session.', fraction),
    etf_share_mean_60: double.nullable('Mean of that share over the previous 60 sessions.', fraction),
    etf_share_definition: string.nullable('Definition of that share: `reported`, `measured` or `tape_b_proxy`.'),
    etf_net_flow: double.nullable('SPY: creations minus redemptions of this session.', usd),
    net_gamma: double.nullable('Net dealer gamma of this session.', { unit: 'USD per 1 %' }),
    depth_usd: double.nullable('Top-of-book depth of ES.', usd),
    catalyst_count: bigint.nullable(
      'Number of catalysts that hit the session, as known now. 0 only if the sources of all kinds that can move the market cover the session, on its evening or by a later answer; else NULL.',
      { unit: 'catalysts' },
    ),
    uncovered_kinds: string.nullable(
      'Kinds that can move the market and whose sources do not cover the session, comma-separated.',
    ),
  },
  sql: sql`
    with bars as (
      select
        session,
        ${of(index, 'open')} as index_open,
        ${of(index, 'high')} as index_high,
        ${of(index, 'low')} as index_low,
        ${of(index, 'close')} as index_close,
        ${of(etf, 'close')} as etf_close,
        ${of(etf, 'volume')} as etf_volume
      from ${latestBars}
      where symbol in (${literals([etf, index])})
      group by session
    ),
    gamma as (
      select session, max_by(net_gamma, known_at) as net_gamma from ${dealerGamma} where symbol = 'SPX' group by session
    ),
    depth as (
      select session, max_by(value, known_at) as depth_usd
      from ${marketDepth}
      where instrument = 'ES' and metric = 'top_of_book_usd'
      group by session
    ),
    shares as (${preferredShare('session')}
    ),
    hits as (
      select session, count(distinct catalyst_id) as catalyst_count from ${catalysts} where session is not null group by session
    ),
    uncovered as (
      select c.session, array_join(array_agg(c.kind order by c.kind), ',') as kinds
      from ${catalystCoverageNow} c
      where not c.is_covered and c.kind in (${literals(marketMovers)})
      group by c.session
    )
    select
      bars.session,
      bars.index_open,
      bars.index_high,
      bars.index_low,
      bars.index_close,
      bars.etf_close,
      bars.etf_volume,
      shares.etf_share,
      shares.etf_share_mean_60,
      shares.definition as etf_share_definition,
      flows.net_flow as etf_net_flow,
      gamma.net_gamma,
      depth.depth_usd,
      coalesce(hits.catalyst_count, case when uncovered.kinds is null then 0 end) as catalyst_count,
      uncovered.kinds as uncovered_kinds
    from bars
    left join shares on shares.session = bars.session
    left join (select * from ${fundFlows} where symbol = ${literals([etf])}) flows on flows.session = bars.session
    left join gamma on gamma.session = bars.session
    left join depth on depth.session = bars.session
    left join hits on hits.session = bars.session
    left join uncovered on uncovered.session = bars.session
  `,
})
