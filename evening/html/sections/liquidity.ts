/** Liquidity, and what an order would have cost. */
import { join, raw, sql } from '../../../schemas/view.ts'
import { dailyBarsAsKnown } from '../../../schemas/views/bars/daily_bars_as_known.ts'
import { marketDepthState } from '../../../schemas/views/liquidity/market_depth_state.ts'
import { priceImpact } from '../../../schemas/views/liquidity/price_impact.ts'
import { spreadEstimates } from '../../../schemas/views/liquidity/spread_estimates.ts'
import { date, last } from '../../fragments.ts'
import type { Section } from '../exhibit.ts'
import { lineExhibit } from '../line-exhibit.ts'

const year = 252

export const liquiditySection = (own: string): Section => ({
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
    lineExhibit(
      {
        id: 'depth',
        title: 'exhibit_depth',
        sql: sql`
          select session, source, depth_usd, depth_mean_20
          from ${marketDepthState}
          where ${last(own, year)} and instrument = 'ES' and (depth_usd is not null or depth_mean_20 is not null)
          order by source, session`,
        columns: {
          source: { label: 'column_source', format: 'text' },
          depth_usd: { label: 'column_depth', format: 'dollars' },
          depth_mean_20: { label: 'column_mean_20', format: 'dollars' },
        },
      },
      'unit_dollars',
      {
        series: [
          { column: 'depth_usd', label: 'column_depth' },
          { column: 'depth_mean_20', label: 'column_mean_20' },
        ],
        figure: 'dollars',
        zero: true,
        by: ({ source }) => String(source),
      },
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
        form: { label: 'column_form', format: 'name' },
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
        volume: { label: 'column_volume', format: 'amount' },
        amihud_illiquidity_21: { label: 'column_amihud', format: 'share' },
        corwin_schultz_21: { label: 'column_corwin_schultz', format: 'share' },
        abdi_ranaldo_21: { label: 'column_abdi_ranaldo', format: 'share' },
        roll_21: { label: 'column_roll', format: 'share' },
        edge_21: { label: 'column_edge', format: 'share' },
      },
    },
  ],
})
