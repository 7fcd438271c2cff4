import { benchmark, sectors } from '../../baskets.ts'
import { catalystKinds } from '../../catalysts/index.ts'
import { bigint, boolean, date, double, string } from '../../column.ts'
import { dealerGamma } from '../../tables/dealer_gamma.ts'
import { systemicRisk } from '../../tables/systemic_risk.ts'
import { heavyVacuum, longSinceHigher, manyKinds } from '../../thresholds.ts'
import { defineView, literals, raw, sql } from '../../view.ts'
import { dailyBarsAsKnown } from '../bars/daily_bars_as_known.ts'
import { intradayReversal } from '../bars/intraday_reversal.ts'
import { absorptionShift } from '../baskets/absorption_shift.ts'
import { basketComovement } from '../baskets/basket_comovement.ts'
import { crowding } from '../baskets/crowding.ts'
import { catalystCoverage } from '../catalysts/catalyst_coverage.ts'
import { catalystsBySession } from '../catalysts/catalysts_by_session.ts'
import { resonance } from '../catalysts/resonance.ts'
import { earlyWarning } from '../early_warning/early_warning.ts'
import { earlyWarningBreadth } from '../early_warning/early_warning_breadth.ts'
import { warningColumns, warningValues } from '../early_warning/mart-columns.ts'
import { basketPressure } from '../flow/basket_pressure.ts'
import { preferredShare } from '../flow/etf_share_of_volume.ts'
import { fundFlows } from '../flow/fund_flows.ts'
import { marketDepthState } from '../liquidity/market_depth_state.ts'
import { spreadEstimates } from '../liquidity/spread_estimates.ts'
import { dataVacuum } from '../macro/data_vacuum.ts'
import { macroAsOf } from '../macro/macro_as_of.ts'
import { firstKnown, full, unbroken } from '../shared/as-known.ts'
import { marketMovers } from '../shared/coverage.ts'
import { gammaExposure } from '../volatility/gamma_exposure.ts'
import { negativeGammaProxy } from '../volatility/negative_gamma_proxy.ts'
import { realizedVolatility } from '../volatility/realized_volatility.ts'
import { varianceRiskPremium } from '../volatility/variance_risk_premium.ts'
import { volatilityRegime } from '../volatility/volatility_regime.ts'
import { intradayColumns, intradayOf, intradayOfSession } from './intraday-columns.ts'

const fraction = { unit: 'fraction' }
const usd = { unit: 'USD' }
const annual = { unit: 'fraction per year' }
/** Expiries, rebalances and early closes are determined by the exchange calendar, so they are not news. */
const isNews = sql`kind not in (${literals(catalystKinds.filter((each) => each.coverage === 'calendar').map((each) => each.kind))})`
const text = (symbol: string) => literals([symbol])

export const crashPrecursors = defineView({
  name: 'crash_precursors',
  doc: 'One row per session: every precursor as known on its evening (20:00 New York). Figures that come on the next morning are those of the previous session.',
  grain: ['session'],
  mart: true,
  // Expanding percentiles: every row depends on all earlier rows.
  materialized: { yearOf: 'session', daysBack: Number.POSITIVE_INFINITY, isTooLongForAthena: true },
  columns: {
    session: date('XNYS session.'),
    index_gap_return: double.nullable('S&P 500: open / previous close - 1. NULL on stale opens.', fraction),
    index_close_return: double.nullable('S&P 500: close / previous close - 1.', fraction),
    index_range_fraction: double.nullable('S&P 500: (high - low) / previous close.', fraction),
    index_close_location: double.nullable(
      'S&P 500: position of the close in the range of the session, from -1 (low) to 1 (high).',
      { unit: 'ratio' },
    ),
    index_fade_from_high: double.nullable('S&P 500: close / high - 1.', fraction),
    index_gap_retrace: double.nullable(
      'S&P 500: share of a gap up that was lost by the close. Above 1, all of it was lost.',
      { unit: 'ratio' },
    ),
    index_is_gap_and_reverse: boolean.nullable(
      'S&P 500: true if the gap is above 1 % and the close is below the previous close.',
    ),
    index_drawdown_252: double.nullable('S&P 500: close / highest close of 252 sessions - 1.', fraction),
    index_realized_volatility_20: double.nullable(
      'S&P 500: realized volatility from closes over 20 sessions, annualised.',
      annual,
    ),
    index_parkinson_20: double.nullable(
      'S&P 500: realized volatility from highs and lows (Parkinson) over 20 sessions, annualised.',
      annual,
    ),
    etf_gap_return: double.nullable('SPY: open / previous close - 1.', fraction),
    etf_close_return: double.nullable('SPY: close / previous close - 1.', fraction),
    etf_range_fraction: double.nullable('SPY: (high - low) / previous close.', fraction),
    etf_fade_from_high: double.nullable('SPY: close / high - 1.', fraction),
    etf_gap_retrace: double.nullable(
      'SPY: share of a gap up that was lost by the close. Above 1, all of it was lost.',
      { unit: 'ratio' },
    ),
    etf_is_gap_and_reverse: boolean.nullable(
      'SPY: true if the gap is above 1 % and the close is below the previous close.',
    ),
    etf_amihud_21: double.nullable('SPY: Amihud illiquidity over 21 sessions.', { unit: 'per million USD' }),
    etf_corwin_schultz_21: double.nullable(
      'SPY: Corwin-Schultz spread over 21 sessions. It follows volatility.',
      fraction,
    ),
    etf_abdi_ranaldo_21: double.nullable('SPY: Abdi-Ranaldo spread over 21 sessions.', fraction),
    etf_edge_21: double.nullable('SPY: EDGE spread over 21 bars.', fraction),
    ...intradayColumns,
    vix_close: double.nullable('Close of VIX.', { unit: 'points' }),
    vix_change: double.nullable('Change of the close of VIX from the previous session.', { unit: 'points' }),
    vix_percentile_expanding: double.nullable('Share of all VIX closes so far that are not above this one.', fraction),
    vix_percentile_252: double.nullable('Share of the last 252 VIX closes that are not above this one.', fraction),
    sessions_since_higher_vix: bigint.nullable(
      `Sessions since VIX closed at or above this close. At a record, the number of earlier closes in the lake, which is a lower bound; NULL if they are ${longSinceHigher} or fewer.`,
      { unit: 'sessions' },
    ),
    vix_term_structure: double.nullable('VIX / VIX3M. Above 1, the curve is inverted.', { unit: 'ratio' }),
    vix_short_term_structure: double.nullable('VIX9D / VIX.', { unit: 'ratio' }),
    vvix_close: double.nullable('Close of VVIX.', { unit: 'points' }),
    skew_close: double.nullable('Close of SKEW.', { unit: 'points' }),
    variance_risk_premium: double.nullable('(VIX² - realized²) / 12. A high value is not a warning.', {
      unit: 'percent squared per month',
    }),
    is_negative_gamma_proxy: boolean.nullable(
      'True if prices alone suggest that dealers are short gamma. NULL unless all that it is made of is known.',
    ),
    chain_net_gamma: double.nullable('Net dealer gamma from the option chain of the evening.', { unit: 'USD per 1 %' }),
    gamma_flip_distance: double.nullable('S&P 500 / level at which chain_net_gamma changes sign - 1.', fraction),
    net_gamma_known: double.nullable('Net dealer gamma of the previous session, known on the morning of this one.', {
      unit: 'USD per 1 %',
    }),
    etf_share_known: double.nullable(
      'ETF share of dollar volume in the previous session, known on the morning of this one.',
      fraction,
    ),
    etf_share_z_known: double.nullable('Deviation of that share from the mean of the 60 sessions before it.', {
      unit: 'standard deviations',
    }),
    etf_share_definition: string.nullable(
      'Definition of that share: `reported`, `measured` or `tape_b_proxy`. Shares of two definitions are not comparable.',
    ),
    etf_net_flow_5_known: double.nullable(
      'SPY: creations minus redemptions over five sessions, up to the previous session.',
      usd,
    ),
    etf_flow_fraction_known: double.nullable('SPY: that sum / net assets, up to the previous session.', fraction),
    share_pressure_known: double.nullable(
      'Basket selling in the previous session, measured by the ETF share of volume.',
      { unit: 'standard deviations' },
    ),
    redemption_pressure_known: double.nullable('Basket selling in the previous session, measured by redemptions.', {
      unit: 'ratio',
    }),
    put_call_total_known: double.nullable('Put/call ratio of all options in the previous session.', { unit: 'ratio' }),
    mega_cap_spread_20: double.nullable(
      'Mean log return of the mega caps minus that of the sectors, over 20 sessions.',
      fraction,
    ),
    depth_usd: double.nullable('Top-of-book depth of ES.', usd),
    depth_ratio: double.nullable('Top-of-book depth / mean of the previous 20 sessions.', { unit: 'ratio' }),
    is_depth_vacuum: boolean.nullable('True if depth_ratio is below one half.'),
    average_correlation_20: double.nullable('Mean pairwise correlation of the sectors over 20 sessions.', {
      unit: 'ratio',
    }),
    average_correlation_60: double.nullable('Mean pairwise correlation of the sectors over 60 sessions.', {
      unit: 'ratio',
    }),
    beta_dominance_60: double.nullable('Mean squared correlation of the sectors with SPY over 60 sessions.', fraction),
    dispersion: double.nullable('Standard deviation of the log returns across sectors.', fraction),
    absorption_ratio: double.nullable(
      'Share of the variance of the sectors that the first fifth of the eigenvectors explains.',
      fraction,
    ),
    absorption_shift: double.nullable(
      'Shift of the absorption ratio: (mean of 15 sessions - mean of 252) / standard deviation of 252. Above 1 is fragile.',
      { unit: 'standard deviations' },
    ),
    turbulence: double.nullable(
      'Squared Mahalanobis distance of the sector returns from their recent distribution, per sector. About 1 on average.',
      { unit: 'ratio' },
    ),
    catalyst_count: bigint.nullable(
      'Number of catalysts that hit the session, as known by its evening, without those of the exchange calendar. 0 only if the sources of all kinds that can move the market cover the session; else NULL.',
      { unit: 'catalysts' },
    ),
    catalyst_kind_count: bigint.nullable(
      'Number of distinct kinds among them. NULL if `uncovered_kind_count` is above 0. The score compares this count with the counts of earlier sessions, so each of them must be complete.',
      { unit: 'kinds' },
    ),
    uncovered_kind_count: bigint.nullable(
      'Number of kinds that can move the market and whose sources do not cover the session.',
      { unit: 'kinds' },
    ),
    longest_delay_days: double.nullable('Longest delay of a release that hit the session.', { unit: 'days' }),
    impactful_kind_count: bigint.nullable(
      'Number of distinct kinds of impactful catalysts that hit the session; NULL if `unknown_kind_count` is above 0, unless more than two are known.',
      { unit: 'kinds' },
    ),
    unknown_kind_count: bigint.nullable(
      'Number of further kinds of which it is not known whether an impactful catalyst hit the session.',
      { unit: 'kinds' },
    ),
    is_resonance: boolean.nullable(
      'True if three such kinds or more hit a market that was known to be fragile on the evening before. NULL if the fragility or the number of kinds is unknown.',
    ),
    weighted_overdue: double.nullable(
      'Data vacuum: sum of the weights of the releases overdue on that evening; NULL if `unknown_release_count` is above 0, unless the sum is above 2 already.',
      { unit: 'ratio' },
    ),
    unknown_release_count: bigint.nullable(
      'Number of releases of the first rank of which it is not known whether they are overdue.',
      { unit: 'releases' },
    ),
    payrolls_change: double.nullable('Latest known monthly change of nonfarm payrolls.', { unit: 'thousand persons' }),
    payrolls_age_days: bigint.nullable('Days from the start of the reference month of that figure to the session.', {
      unit: 'days',
    }),
    ...warningColumns,
  },
  sql: sql`
    with peaks as (
      select
        session,
        case when ${unbroken('w', 252)} then ${full(raw('close / max(close)'), raw('close'), 'w', 252)} - 1 end as drawdown_252
      from ${dailyBarsAsKnown}
      where symbol = ${text(benchmark.index)}
      window w as (order by session rows between 251 preceding and current row)
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
    exposure as (
      select session, max_by(net_gamma, source) as net_gamma, max_by(flip_distance, source) as flip_distance
      from ${gammaExposure}
      where symbol = 'SPX'
      group by session
    ),
    shares as (${preferredShare('known_session')}
    ),
    depths as (
      select session, max_by(depth_usd, source) as depth_usd, max_by(depth_ratio, source) as depth_ratio, max_by(is_depth_vacuum, source) as is_depth_vacuum
      from ${marketDepthState}
      where instrument = 'ES'
      group by session
    ),
    tagged as (select min(session) as first_session from ${catalystsBySession} where ${isNews}),
    hits as (
      select session, count(*) as catalyst_count, count(distinct kind) as catalyst_kind_count, max(delay_days) as longest_delay_days
      from ${catalystsBySession}
      where ${isNews}
      group by session
    ),
    covered as (
      select
        session,
        sum(case when not is_covered and kind in (${literals(marketMovers)}) then 1 else 0 end) as uncovered_kind_count
      from ${catalystCoverage}
      where ${isNews}
      group by session
    )
    select
      days.session,
      spx.gap_return as index_gap_return,
      spx.close_return as index_close_return,
      spx.range_fraction as index_range_fraction,
      spx.close_location as index_close_location,
      spx.fade_from_high as index_fade_from_high,
      spx.gap_retrace as index_gap_retrace,
      spx.is_gap_and_reverse as index_is_gap_and_reverse,
      peaks.drawdown_252 as index_drawdown_252,
      rv.close_to_close_20 as index_realized_volatility_20,
      rv.parkinson_20 as index_parkinson_20,
      spy.gap_return as etf_gap_return,
      spy.close_return as etf_close_return,
      spy.range_fraction as etf_range_fraction,
      spy.fade_from_high as etf_fade_from_high,
      spy.gap_retrace as etf_gap_retrace,
      spy.is_gap_and_reverse as etf_is_gap_and_reverse,
      spreads.amihud_illiquidity_21 as etf_amihud_21,
      spreads.corwin_schultz_21 as etf_corwin_schultz_21,
      spreads.abdi_ranaldo_21 as etf_abdi_ranaldo_21,
      spreads.edge_21 as etf_edge_21,
      ${intradayOf('shape')},
      vix.vix_close,
      vix.vix_change,
      vix.vix_percentile_expanding,
      vix.vix_percentile_252,
      coalesce(vix.sessions_since_higher_close, case when vix.earlier_close_count > ${longSinceHigher} then vix.earlier_close_count end) as sessions_since_higher_vix,
      vix.vix_term_structure,
      vix.vix_short_term_structure,
      vix.vvix_close,
      vix.skew_close,
      premium.variance_risk_premium,
      proxy.is_negative_gamma_proxy,
      exposure.net_gamma as chain_net_gamma,
      exposure.flip_distance as gamma_flip_distance,
      gamma.net_gamma as net_gamma_known,
      shares.etf_share as etf_share_known,
      shares.etf_share_z as etf_share_z_known,
      shares.definition as etf_share_definition,
      flows.net_flow_5 as etf_net_flow_5_known,
      flows.net_flow_fraction_5 as etf_flow_fraction_known,
      pressure.share_pressure as share_pressure_known,
      pressure.redemption_pressure as redemption_pressure_known,
      crowd.put_call_total_known,
      crowd.mega_cap_spread_20,
      depths.depth_usd,
      depths.depth_ratio,
      depths.is_depth_vacuum,
      moves.average_correlation_20,
      moves.average_correlation_60,
      moves.beta_dominance_60,
      moves.dispersion,
      risk.absorption_ratio,
      shift.absorption_shift,
      risk.turbulence,
      case when days.session >= tagged.first_session then coalesce(hits.catalyst_count, case when covered.uncovered_kind_count = 0 then 0 end) end as catalyst_count,
      case when days.session >= tagged.first_session then case when covered.uncovered_kind_count = 0 then coalesce(hits.catalyst_kind_count, 0) end end as catalyst_kind_count,
      covered.uncovered_kind_count,
      hits.longest_delay_days,
      case when echo.unknown_kind_count = 0 or echo.kind_count > ${manyKinds} then echo.kind_count end as impactful_kind_count,
      echo.unknown_kind_count,
      echo.is_resonance,
      case when vacuum.unknown_release_count = 0 or vacuum.weighted_overdue > ${heavyVacuum} then vacuum.weighted_overdue end as weighted_overdue,
      vacuum.unknown_release_count,
      jobs.figure as payrolls_change,
      date_diff('day', jobs.reference_period, days.session) as payrolls_age_days,
      ${warningValues}
    from days
    left join (select * from ${intradayReversal} where symbol = ${text(benchmark.index)}) spx on spx.session = days.session
    left join (select * from ${intradayReversal} where symbol = ${text(benchmark.etf)}) spy on spy.session = days.session
    left join (${intradayOfSession}) shape on shape.session = days.session
    left join peaks on peaks.session = days.session
    left join (select * from ${spreadEstimates} where symbol = ${text(benchmark.etf)}) spreads on spreads.session = days.session
    left join (select * from ${realizedVolatility} where symbol = ${text(benchmark.index)}) rv on rv.session = days.session
    left join ${volatilityRegime} vix on vix.session = days.session
    left join ${varianceRiskPremium} premium on premium.session = days.session
    left join ${negativeGammaProxy} proxy on proxy.session = days.session
    left join exposure on exposure.session = days.session
    left join gamma on gamma.known_number = days.session_number
    left join shares on shares.known_session = days.session
    left join (select * from ${fundFlows} where symbol = ${text(benchmark.etf)}) flows on flows.known_session = days.session
    left join ${basketPressure} pressure on pressure.known_session = days.session
    left join ${crowding} crowd on crowd.session = days.session
    left join depths on depths.session = days.session
    left join (select * from ${systemicRisk} where basket = ${text(sectors.name)}) risk on risk.session = days.session
    left join (select * from ${basketComovement} where basket = ${text(sectors.name)}) moves on moves.session = days.session
    left join (select * from ${absorptionShift} where basket = ${text(sectors.name)}) shift on shift.session = days.session
    left join hits on hits.session = days.session
    cross join tagged
    left join covered on covered.session = days.session
    left join ${resonance} echo on echo.session = days.session
    left join ${dataVacuum} vacuum on vacuum.session = days.session
    left join (select * from ${macroAsOf} where series = 'PAYEMS') jobs on jobs.session = days.session
    left join ${earlyWarning} warning on warning.session = days.session
    left join ${earlyWarningBreadth} with_breadth on with_breadth.session = days.session
  `,
})
