/** Flow and correlation; volatility and gamma; liquidity, and what an order would have cost. */
import { sectors } from '../../../schemas/baskets.ts'
import { dealerGamma } from '../../../schemas/tables/dealer_gamma.ts'
import { join, literals, raw, sql } from '../../../schemas/view.ts'
import { basketComovement } from '../../../schemas/views/basket_comovement.ts'
import { comovementPercentiles } from '../../../schemas/views/comovement_percentiles.ts'
import { crashPrecursors } from '../../../schemas/views/crash_precursors.ts'
import { dailyBarsAsKnown } from '../../../schemas/views/daily_bars_as_known.ts'
import { etfShareOfVolume } from '../../../schemas/views/etf_share_of_volume.ts'
import { gammaExposure } from '../../../schemas/views/gamma_exposure.ts'
import { intradayReversal } from '../../../schemas/views/intraday_reversal.ts'
import { marketDepthState } from '../../../schemas/views/market_depth_state.ts'
import { priceImpact } from '../../../schemas/views/price_impact.ts'
import { spreadEstimates } from '../../../schemas/views/spread_estimates.ts'
import { varianceRiskPremium } from '../../../schemas/views/variance_risk_premium.ts'
import { volatilityRegime } from '../../../schemas/views/volatility_regime.ts'
import { dollars, percent, signedPercent } from '../../language/numbers.ts'
import { bars, lines } from '../charts.ts'
import type { Column, Exhibit, Row, Section } from '../exhibit.ts'
import { date, last } from '../fragments.ts'

const year = 252
const session: Column = { label: 'column_session', format: 'date' }

/** A line over the year up to the session, with the sentence that says where it began and stands. */
const yearOf = (
  exhibit: Pick<Exhibit, 'id' | 'title' | 'note' | 'sql' | 'columns'>,
  unit: NonNullable<Exhibit['chart']>['unit'],
  options: Parameters<typeof lines>[2],
  written: (value: number) => string,
): Exhibit => {
  const { column } = options.series[0]!
  return {
    ...exhibit,
    chart: {
      unit,
      draw: (rows, context) => lines(rows, context, options),
      alternative: (rows, { say }) => {
        const present = rows.filter((row) => row[column] !== null)
        const value = (row: Row | undefined) => (row ? written(Number(row[column])) : '–')
        return say('alternative_line', {
          what: say(exhibit.title),
          from: String(present[0]?.session ?? '–'),
          first: value(present[0]),
          last: value(present.at(-1)),
        })
      },
    },
  }
}

const plain = (value: number) => value.toFixed(2)

/** One row of crash_precursors as the rows of a table: what, value. */
export const marketSections = (own: string): Section[] => [
  {
    id: 'flow',
    title: 'section_flow',
    exhibits: [
      {
        id: 'flow_known',
        title: 'exhibit_flow',
        note: 'note_flow',
        sql: sql`
          select etf_share_known, etf_share_z_known, etf_share_definition, share_pressure_known, etf_net_flow_5_known,
            redemption_pressure_known, put_call_total_known, mega_cap_spread_20
          from ${crashPrecursors}
          where session = ${date(own)}`,
        columns: {
          etf_share_known: { label: 'column_etf_share', format: 'share' },
          etf_share_z_known: { label: 'column_deviations', format: 'number' },
          etf_share_definition: { label: 'column_definition', format: 'text' },
          share_pressure_known: { label: 'column_basket_selling', format: 'number' },
          etf_net_flow_5_known: { label: 'column_flow_5', format: 'dollars' },
          redemption_pressure_known: { label: 'column_redemptions', format: 'number' },
          put_call_total_known: { label: 'column_put_call', format: 'number' },
          mega_cap_spread_20: { label: 'column_mega_caps', format: 'change' },
        },
      },
      yearOf(
        {
          id: 'etf_share',
          title: 'exhibit_etf_share',
          note: 'note_etf_share',
          sql: sql`
            select session, source, definition, etf_share, etf_share_mean_60
            from ${etfShareOfVolume}
            where ${last(own, year)} and known_session <= ${date(own)}
            order by source, session`,
          columns: {
            session,
            source: { label: 'column_source', format: 'text' },
            definition: { label: 'column_definition', format: 'text' },
            etf_share: { label: 'column_etf_share', format: 'share' },
            etf_share_mean_60: { label: 'column_mean_60', format: 'share' },
          },
        },
        'unit_share_of_dollars',
        { series: [{ column: 'etf_share' }, { column: 'etf_share_mean_60' }], tick: '.0%' },
        percent,
      ),
      {
        id: 'comovement',
        title: 'exhibit_comovement',
        note: 'note_comovement',
        sql: sql`
          select b.basket, b.average_correlation_20, p.average_correlation_20_percentile, b.average_correlation_60,
            b.beta_dominance_60, b.dispersion, p.turbulence, p.turbulence_percentile, b.symbol_count_20
          from ${basketComovement} b
          left join ${comovementPercentiles} p on p.basket = b.basket and p.session = b.session
          where b.session = ${date(own)}
          order by b.basket`,
        columns: {
          basket: { label: 'column_basket', format: 'text' },
          average_correlation_20: { label: 'column_correlation_20', format: 'number' },
          average_correlation_20_percentile: { label: 'column_percentile', format: 'share' },
          average_correlation_60: { label: 'column_correlation_60', format: 'number' },
          beta_dominance_60: { label: 'column_beta_dominance', format: 'share' },
          dispersion: { label: 'column_dispersion', format: 'share' },
          turbulence: { label: 'column_turbulence', format: 'number' },
          turbulence_percentile: { label: 'column_percentile', format: 'share' },
          symbol_count_20: { label: 'column_members', format: 'count' },
        },
      },
      yearOf(
        {
          id: 'correlation',
          title: 'exhibit_correlation',
          sql: sql`
            select session, average_correlation_20
            from ${crashPrecursors}
            where ${last(own, year)}
            order by session`,
          columns: { session, average_correlation_20: { label: 'column_correlation_20', format: 'number' } },
        },
        'unit_correlation',
        { series: [{ column: 'average_correlation_20' }], threshold: 0.7, tick: '.1f' },
        plain,
      ),
      {
        id: 'sectors',
        title: 'exhibit_sectors',
        sql: sql`
          select symbol, close_return
          from ${intradayReversal}
          where session = ${date(own)} and symbol in (${literals(sectors.symbols)})
          order by close_return desc, symbol`,
        columns: {
          symbol: { label: 'column_symbol', format: 'text' },
          close_return: { label: 'column_close_return', format: 'change' },
        },
        chart: {
          unit: 'unit_of_previous_close',
          draw: (rows, context) =>
            bars(rows, context, {
              value: 'close_return',
              name: ({ symbol }) => String(symbol),
              tick: '+.1%',
              isLit: ({ close_return }) => Number(close_return) < 0,
            }),
          alternative: (rows, { say }) =>
            say('alternative_sectors', {
              best: rows[0] ? `${rows[0].symbol} ${signedPercent(Number(rows[0].close_return))}` : '–',
              worst: rows[0] ? `${rows.at(-1)!.symbol} ${signedPercent(Number(rows.at(-1)!.close_return))}` : '–',
            }),
        },
      },
    ],
  },
  {
    id: 'volatility',
    title: 'section_volatility',
    exhibits: [
      {
        id: 'regime',
        title: 'exhibit_regime',
        sql: sql`
          select r.vix_close, r.vix_change_fraction, r.vix_percentile_expanding, r.sessions_since_higher_close,
            r.higher_close_on, r.sessions_since_higher_high, r.higher_high_on, r.vix_term_structure, r.vvix_close,
            r.skew_close, p.variance_risk_premium
          from ${volatilityRegime} r
          left join ${varianceRiskPremium} p on p.session = r.session
          where r.session = ${date(own)}`,
        columns: {
          vix_close: { label: 'column_vix', format: 'number' },
          vix_change_fraction: { label: 'column_change', format: 'change' },
          vix_percentile_expanding: { label: 'column_percentile', format: 'share' },
          sessions_since_higher_close: { label: 'column_since_higher_close', format: 'count' },
          higher_close_on: { label: 'column_higher_close_on', format: 'date' },
          sessions_since_higher_high: { label: 'column_since_higher_high', format: 'count' },
          higher_high_on: { label: 'column_higher_high_on', format: 'date' },
          vix_term_structure: { label: 'column_vix_curve', format: 'number' },
          vvix_close: { label: 'column_vvix', format: 'number' },
          skew_close: { label: 'column_skew', format: 'number' },
          variance_risk_premium: { label: 'column_variance_premium', format: 'number' },
        },
      },
      yearOf(
        {
          id: 'vix',
          title: 'exhibit_vix',
          sql: sql`
            select session, vix_close, vix3m_close
            from ${volatilityRegime}
            where ${last(own, year)}
            order by session`,
          columns: {
            session,
            vix_close: { label: 'column_vix', format: 'number' },
            vix3m_close: { label: 'column_vix3m', format: 'number' },
          },
        },
        'unit_points',
        {
          series: [
            { column: 'vix_close', label: 'VIX' },
            { column: 'vix3m_close', label: 'VIX3M' },
          ],
        },
        plain,
      ),
      {
        id: 'gamma_known',
        title: 'exhibit_gamma',
        note: 'note_gamma',
        sql: sql`
          select p.net_gamma_known, g.net_gamma as chain_net_gamma, g.gamma_flip, g.flip_distance, g.option_count,
            p.is_negative_gamma_proxy
          from ${crashPrecursors} p
          left join ${gammaExposure} g on g.session = p.session and g.symbol = 'SPX'
          where p.session = ${date(own)}`,
        columns: {
          net_gamma_known: { label: 'column_gamma_before', format: 'dollars' },
          chain_net_gamma: { label: 'column_gamma_chain', format: 'dollars' },
          gamma_flip: { label: 'column_flip', format: 'number' },
          flip_distance: { label: 'column_flip_distance', format: 'change' },
          option_count: { label: 'column_options', format: 'count' },
          is_negative_gamma_proxy: { label: 'column_gamma_proxy', format: 'yes' },
        },
      },
      yearOf(
        {
          id: 'gamma',
          title: 'exhibit_gamma_year',
          note: 'note_gamma_year',
          sql: sql`
            select session, net_gamma
            from (
              select session, source, net_gamma, row_number() over (partition by session, source order by known_at) as vintage
              from ${dealerGamma}
              where ${last(own, year)} and known_session <= ${date(own)}
            ) as first_known
            where vintage = 1
            order by session, source`,
          columns: { session, net_gamma: { label: 'column_gamma', format: 'dollars' } },
        },
        'unit_dollars_per_percent',
        { series: [{ column: 'net_gamma' }], threshold: 0, tick: dollars, zero: true },
        dollars,
      ),
    ],
  },
  {
    id: 'liquidity',
    title: 'section_liquidity',
    exhibits: [
      {
        id: 'depth_state',
        title: 'exhibit_depth_state',
        note: 'note_depth',
        sql: sql`
          select instrument, source, depth_usd, depth_mean_20, depth_ratio, depth_ratio_252, depth_percentile_252,
            is_depth_vacuum, spread_bps, sample_count
          from ${marketDepthState}
          where session = ${date(own)}
          order by instrument, source`,
        columns: {
          instrument: { label: 'column_instrument', format: 'text' },
          source: { label: 'column_source', format: 'text' },
          depth_usd: { label: 'column_depth', format: 'dollars' },
          depth_mean_20: { label: 'column_mean_20', format: 'dollars' },
          depth_ratio: { label: 'column_depth_ratio', format: 'number' },
          depth_ratio_252: { label: 'column_depth_ratio_252', format: 'number' },
          depth_percentile_252: { label: 'column_percentile', format: 'share' },
          is_depth_vacuum: { label: 'column_vacuum', format: 'yes' },
          spread_bps: { label: 'column_spread_bps', format: 'number' },
          sample_count: { label: 'column_samples', format: 'count' },
        },
      },
      yearOf(
        {
          id: 'depth',
          title: 'exhibit_depth',
          sql: sql`
            select session, depth_usd, depth_mean_20
            from ${marketDepthState}
            where ${last(own, year)} and instrument = 'ES'
            order by source, session`,
          columns: {
            session,
            depth_usd: { label: 'column_depth', format: 'dollars' },
            depth_mean_20: { label: 'column_mean_20', format: 'dollars' },
          },
        },
        'unit_dollars',
        { series: [{ column: 'depth_usd' }, { column: 'depth_mean_20' }], tick: dollars, zero: true },
        dollars,
      ),
      {
        id: 'impact',
        title: 'exhibit_impact',
        note: 'note_impact',
        sql: sql`
          select instrument, calibration, form, normal_depth_usd, impact_bps, is_default
          from ${priceImpact}
          where session = ${date(own)}
          order by instrument, normal_depth_usd desc, form`,
        columns: {
          instrument: { label: 'column_instrument', format: 'text' },
          form: { label: 'column_form', format: 'text' },
          normal_depth_usd: { label: 'column_normal_depth', format: 'dollars' },
          impact_bps: { label: 'column_impact_bps', format: 'number' },
          is_default: { label: 'column_quoted', format: 'yes' },
        },
      },
      {
        id: 'spreads',
        title: 'exhibit_spreads',
        note: 'note_spreads',
        sql: sql`
          select s.symbol, b.volume, ${join(
            ['amihud_illiquidity_21', 'corwin_schultz_21', 'abdi_ranaldo_21', 'roll_21', 'edge_21'].map((name) =>
              raw(`s.${name}`),
            ),
            ', ',
          )}
          from ${spreadEstimates} s
          join ${dailyBarsAsKnown} b on b.symbol = s.symbol and b.session = s.session
          where s.session = ${date(own)} and s.symbol in ('SPY', 'QQQ', 'NVDA', 'HYG', 'TLT')
          order by s.symbol`,
        columns: {
          symbol: { label: 'column_symbol', format: 'text' },
          volume: { label: 'column_volume', format: 'count' },
          amihud_illiquidity_21: { label: 'column_amihud', format: 'number' },
          corwin_schultz_21: { label: 'column_corwin_schultz', format: 'share' },
          abdi_ranaldo_21: { label: 'column_abdi_ranaldo', format: 'share' },
          roll_21: { label: 'column_roll', format: 'share' },
          edge_21: { label: 'column_edge', format: 'share' },
        },
      },
    ],
  },
]
