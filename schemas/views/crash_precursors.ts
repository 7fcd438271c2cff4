import { benchmark } from '../baskets.ts'
import { bigint, boolean, date, double, string } from '../column.ts'
import { dealerGamma } from '../tables/dealer_gamma.ts'
import { systemicRisk } from '../tables/systemic_risk.ts'
import { defineView, raw, sql } from '../view.ts'
import { firstKnown } from './as_known.ts'
import { catalystsBySession } from './catalysts_by_session.ts'
import { dailyBarsAsKnown } from './daily_bars_as_known.ts'
import { etfShareOfVolume } from './etf_share_of_volume.ts'
import { fundFlows } from './fund_flows.ts'
import { intradayReversal } from './intraday_reversal.ts'
import { macroAsOf } from './macro_as_of.ts'
import { marketDepthState } from './market_depth_state.ts'
import { realizedVolatility } from './realized_volatility.ts'
import { volatilityRegime } from './volatility_regime.ts'

const fraction = { unit: 'fraction' }
const usd = { unit: 'USD' }
const text = (symbol: string) => raw(`'${symbol}'`)

export const crashPrecursors = defineView({
  name: 'crash_precursors',
  doc: 'One row per session: every precursor as its evening (20:00 New York) knew it. Figures that come the next morning are those of the session before.',
  grain: ['session'],
  mart: true,
  columns: {
    session: date('XNYS session.'),
    index_gap_return: double.nullable('S&P 500: open / previous close - 1. NULL on stale opens.', fraction),
    index_close_return: double.nullable('S&P 500: close / previous close - 1.', fraction),
    index_close_location: double.nullable('S&P 500: where the close sits in the range, in [-1, 1].', { unit: 'ratio' }),
    index_is_gap_and_reverse: boolean.nullable('S&P 500: gap above 1 % and a close below the previous one.'),
    etf_gap_return: double.nullable('SPY: open / previous close - 1.', fraction),
    etf_close_return: double.nullable('SPY: close / previous close - 1.', fraction),
    etf_range_fraction: double.nullable('SPY: (high - low) / previous close.', fraction),
    etf_fade_from_high: double.nullable('SPY: close / high - 1.', fraction),
    etf_gap_retrace: double.nullable('SPY: share of a gap up that was lost; above 1 all of it.', { unit: 'ratio' }),
    etf_is_gap_and_reverse: boolean.nullable('SPY: gap above 1 % and a close below the previous one.'),
    etf_drawdown_252: double.nullable('SPY: close / highest close of 252 sessions - 1.', fraction),
    realized_volatility_20: double.nullable('SPY: close to close over 20 sessions, annualised.', {
      unit: 'fraction per year',
    }),
    parkinson_volatility_20: double.nullable('SPY: from highs and lows over 20 sessions, annualised.', {
      unit: 'fraction per year',
    }),
    vix_close: double.nullable('Close of VIX.', { unit: 'points' }),
    vix_change: double.nullable('Change of VIX.', { unit: 'points' }),
    vix_percentile_expanding: double.nullable('Share of all VIX closes so far that are not above.', fraction),
    vix_percentile_252: double.nullable('The same over 252 closes.', fraction),
    sessions_since_higher_vix: bigint.nullable('Sessions since VIX closed as high.', { unit: 'sessions' }),
    vix_term_structure: double.nullable('VIX / VIX3M; above 1 the curve is inverted.', { unit: 'ratio' }),
    vvix_close: double.nullable('Close of VVIX.', { unit: 'points' }),
    skew_close: double.nullable('Close of SKEW.', { unit: 'points' }),
    net_gamma_known: double.nullable('Dealer gamma of the session before, known this morning.', {
      unit: 'USD per 1 %',
    }),
    etf_share_known: double.nullable(
      'ETF share of dollars traded in the session before, known this morning.',
      fraction,
    ),
    etf_share_z_known: double.nullable('Its deviation from 60 sessions.', { unit: 'standard deviations' }),
    etf_share_definition: string.nullable('How that share is defined, by its source.'),
    etf_net_flow_5_known: double.nullable(
      'SPY: creations less redemptions over five sessions, to the session before.',
      usd,
    ),
    depth_usd: double.nullable('Top-of-book depth.', usd),
    depth_ratio: double.nullable('Depth against the 20 sessions before.', { unit: 'ratio' }),
    is_depth_vacuum: boolean.nullable('Depth below one half of that.'),
    absorption_ratio: double.nullable('Share of sector variance in the first fifth of the eigenvectors.', fraction),
    turbulence: double.nullable('How unusual the sector returns were; about 1 on average.', { unit: 'ratio' }),
    catalyst_count: bigint.nullable(
      'Catalysts that hit the session, as known by its evening; NULL before the first one in the lake.',
      {
        unit: 'catalysts',
      },
    ),
    catalyst_kind_count: bigint.nullable('Distinct kinds among them.', { unit: 'kinds' }),
    longest_delay_days: double.nullable('Longest delay of a release that hit the session.', { unit: 'days' }),
    payrolls_change: double.nullable('Latest change of nonfarm payrolls known.', { unit: 'thousand persons' }),
    payrolls_age_days: bigint.nullable('Days from the start of the month it describes to the session.', {
      unit: 'days',
    }),
  },
  sql: sql`
    with etf_bars as (
      select session, session_number, close / max(close) over (order by session rows between 251 preceding and current row) - 1 as drawdown,
             count(*) over (order by session rows between 251 preceding and current row) as bar_count
      from ${dailyBarsAsKnown}
      where symbol = ${text(benchmark.etf)}
    ),
    days as (
      select session, max(session_number) as session_number
      from ${dailyBarsAsKnown}
      where symbol in (${text(benchmark.etf)}, ${text(benchmark.index)})
      group by session
    ),
    gamma as (
      select session_number + 1 as known_number, max_by(net_gamma, source) as net_gamma
      from (${firstKnown(dealerGamma, 1)}) as gammas
      where symbol = 'SPX'
      group by session_number
    ),
    shares as (
      select * from (
        select e.*, row_number() over (partition by known_session order by definition, source) as preference
        from ${etfShareOfVolume} e
      ) as ranked
      where preference = 1
    ),
    depths as (
      select session, max_by(depth_usd, source) as depth_usd, max_by(depth_ratio, source) as depth_ratio, max_by(is_depth_vacuum, source) as is_depth_vacuum
      from ${marketDepthState}
      where instrument = 'ES'
      group by session
    ),
    tagged as (select min(session) as first_session from ${catalystsBySession}),
    hits as (
      select session, count(*) as catalyst_count, count(distinct kind) as catalyst_kind_count, max(delay_days) as longest_delay_days
      from ${catalystsBySession}
      group by session
    )
    select
      days.session,
      spx.gap_return as index_gap_return,
      spx.close_return as index_close_return,
      spx.close_location as index_close_location,
      spx.is_gap_and_reverse as index_is_gap_and_reverse,
      spy.gap_return as etf_gap_return,
      spy.close_return as etf_close_return,
      spy.range_fraction as etf_range_fraction,
      spy.fade_from_high as etf_fade_from_high,
      spy.gap_retrace as etf_gap_retrace,
      spy.is_gap_and_reverse as etf_is_gap_and_reverse,
      case when etf_bars.bar_count = 252 then etf_bars.drawdown end as etf_drawdown_252,
      rv.close_to_close_20 as realized_volatility_20,
      rv.parkinson_20 as parkinson_volatility_20,
      vix.vix_close,
      vix.vix_change,
      vix.vix_percentile_expanding,
      vix.vix_percentile_252,
      vix.sessions_since_higher_close as sessions_since_higher_vix,
      vix.vix_term_structure,
      vix.vvix_close,
      vix.skew_close,
      gamma.net_gamma as net_gamma_known,
      shares.etf_share as etf_share_known,
      shares.etf_share_z as etf_share_z_known,
      shares.definition as etf_share_definition,
      flows.net_flow_5 as etf_net_flow_5_known,
      depths.depth_usd,
      depths.depth_ratio,
      depths.is_depth_vacuum,
      risk.absorption_ratio,
      risk.turbulence,
      case when days.session >= tagged.first_session then coalesce(hits.catalyst_count, 0) end as catalyst_count,
      case when days.session >= tagged.first_session then coalesce(hits.catalyst_kind_count, 0) end as catalyst_kind_count,
      hits.longest_delay_days,
      jobs.figure as payrolls_change,
      date_diff('day', jobs.reference_period, days.session) as payrolls_age_days
    from days
    left join (select * from ${intradayReversal} where symbol = ${text(benchmark.index)}) spx on spx.session = days.session
    left join (select * from ${intradayReversal} where symbol = ${text(benchmark.etf)}) spy on spy.session = days.session
    left join etf_bars on etf_bars.session = days.session
    left join (select * from ${realizedVolatility} where symbol = ${text(benchmark.etf)}) rv on rv.session = days.session
    left join ${volatilityRegime} vix on vix.session = days.session
    left join gamma on gamma.known_number = days.session_number
    left join shares on shares.known_session = days.session
    left join (select * from ${fundFlows} where symbol = ${text(benchmark.etf)}) flows on flows.known_session = days.session
    left join depths on depths.session = days.session
    left join (select * from ${systemicRisk} where basket = 'sectors') risk on risk.session = days.session
    left join hits on hits.session = days.session
    cross join tagged
    left join (select * from ${macroAsOf} where series = 'PAYEMS') jobs on jobs.session = days.session
  `,
})
