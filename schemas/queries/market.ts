/** Baskets, dealers, depth. */
import { sql } from '../view.ts'
import { basketComovement } from '../views/baskets/basket_comovement.ts'
import { crashPrecursors } from '../views/composite/crash_precursors.ts'
import { etfShareOfVolume } from '../views/flow/etf_share_of_volume.ts'
import { fundFlows } from '../views/flow/fund_flows.ts'
import { marketDepthState } from '../views/liquidity/market_depth_state.ts'
import { priceImpact } from '../views/liquidity/price_impact.ts'
import { spreadEstimates } from '../views/liquidity/spread_estimates.ts'
import type { SavedQuery } from './query.ts'

export const marketQueries: readonly SavedQuery[] = [
  {
    name: 'etf_share',
    doc: 'ETF share of the volume by each definition, against its own sixty sessions; comparable within one definition only.',
    sql: sql`
      select session, source, definition, flag_coverage, etf_share, etf_share_mean_60, etf_share_z, is_etf_share_high
      from ${etfShareOfVolume}
      order by session desc, definition, source
      limit 252`,
  },
  {
    name: 'outflows',
    doc: 'The largest redemptions of a fund in one session, as a share of its assets.',
    sql: sql`
      select symbol, session, net_flow, net_flow_fraction, net_flow_5
      from ${fundFlows}
      where net_flow < 0 and not is_split
      order by net_flow_fraction, symbol, session
      limit 100`,
  },
  {
    name: 'comovement',
    doc: 'How much the sectors and the mega caps move together, in the last year.',
    sql: sql`
      select basket, session, average_correlation_20, average_correlation_60, beta_dominance_60, dispersion
      from ${basketComovement}
      order by session desc, basket
      limit 504`,
  },
  {
    name: 'comovement_by_year',
    doc: 'The regime of correlation by year: how much the sectors and the mega caps moved together, and on how many sessions strongly.',
    sql: sql`
      select
        basket,
        year(session) as year_of_session,
        count(average_correlation_60) as session_count,
        round(avg(average_correlation_60), 4) as mean_correlation_60,
        max(average_correlation_60) as highest_correlation_60,
        cast(sum(case when average_correlation_60 > 5e-1 then 1 else 0 end) as bigint) as strong_session_count
      from ${basketComovement}
      group by basket, year(session)
      order by year_of_session desc, basket`,
  },
  {
    name: 'short_gamma',
    doc: 'Sessions on whose eve dealers were short gamma, if they are long calls and short puts, and how wide they went.',
    sql: sql`
      select session, net_gamma_known, etf_range_fraction, etf_close_return
      from ${crashPrecursors}
      where net_gamma_known < 0
      order by session desc
      limit 200`,
  },
  {
    name: 'thin_books',
    doc: 'Sessions of the thinnest top of book against its mean, and what moving $100 m would cost, illustratively.',
    sql: sql`
      select d.instrument, d.session, d.depth_usd, d.depth_mean_20, d.depth_ratio, d.is_depth_vacuum, p.impact_bps
      from ${marketDepthState} d
      left join ${priceImpact} p
        on p.instrument = d.instrument and p.session = d.session and p.source = d.source and p.is_default
      where d.depth_ratio is not null
      order by d.depth_ratio, d.instrument, d.session
      limit 50`,
  },
  {
    name: 'spreads',
    isHeavy: true,
    doc: 'Spread estimates of the fund beside each other; for liquid symbols they follow volatility.',
    sql: sql`
      select session, amihud_illiquidity_21, corwin_schultz_21, abdi_ranaldo_21, roll_21, edge_21
      from ${spreadEstimates}
      where symbol = 'SPY'
      order by session desc
      limit 252`,
  },
]
