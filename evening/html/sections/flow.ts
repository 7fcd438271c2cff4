/** Flow and correlation: the market bought and sold as a basket. */
import { sectors } from '../../../schemas/baskets.ts'
import { levelsOf, type SignalLevels } from '../../../schemas/signal-levels.ts'
import { signalNamed } from '../../../schemas/signals.ts'
import { literals, sql } from '../../../schemas/view.ts'
import { intradayReversal } from '../../../schemas/views/bars/intraday_reversal.ts'
import { basketComovement } from '../../../schemas/views/baskets/basket_comovement.ts'
import { comovementPercentiles } from '../../../schemas/views/baskets/comovement_percentiles.ts'
import { crashPrecursors } from '../../../schemas/views/composite/crash_precursors.ts'
import { etfShareOfVolume } from '../../../schemas/views/flow/etf_share_of_volume.ts'
import { date, last } from '../../fragments.ts'
import type { Row } from '../../gather/subject.ts'
import { plainNames } from '../../language/names.ts'
import { signedPercent } from '../../language/numbers.ts'
import { bars } from '../charts/bars.ts'
import type { Section } from '../exhibit.ts'
import { lineExhibit } from '../line-exhibit.ts'

const year = 252

export const flowSection = (own: string, levels: SignalLevels): Section => ({
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
        etf_share_definition: { label: 'column_definition', format: 'name' },
        share_pressure_known: { label: 'column_basket_selling', format: 'number' },
        etf_net_flow_5_known: { label: 'column_flow_5', format: 'dollars' },
        redemption_pressure_known: { label: 'column_redemptions', format: 'number' },
        put_call_total_known: { label: 'column_put_call', format: 'number' },
        mega_cap_spread_20: { label: 'column_mega_caps', format: 'change' },
      },
    },
    lineExhibit(
      {
        id: 'etf_share',
        title: 'exhibit_etf_share',
        note: 'note_etf_share',
        sql: sql`
          select session, source, definition, etf_share, etf_share_mean_60, flag_coverage
          from ${etfShareOfVolume}
          where ${last(own, year)} and known_session <= ${date(own)} and (etf_share is not null or etf_share_mean_60 is not null)
          order by definition, source, session`,
        columns: {
          source: { label: 'column_source', format: 'text' },
          definition: { label: 'column_definition', format: 'name' },
          etf_share: { label: 'column_etf_share', format: 'share' },
          etf_share_mean_60: { label: 'column_mean_60', format: 'share' },
          flag_coverage: { label: 'column_flag_coverage', format: 'share' },
        },
      },
      'unit_share_of_volume',
      {
        series: [
          { column: 'etf_share', label: 'column_etf_share' },
          { column: 'etf_share_mean_60', label: 'column_mean_60' },
        ],
        figure: 'share',
        by: ({ definition, source }, { say }) => `${plainNames(String(definition), say)}, ${source}`,
      },
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
        basket: { label: 'column_basket', format: 'name' },
        average_correlation_20: { label: 'column_correlation_20', format: 'number' },
        average_correlation_20_percentile: { label: 'column_not_above', format: 'share' },
        average_correlation_60: { label: 'column_correlation_60', format: 'number' },
        beta_dominance_60: { label: 'column_beta_dominance', format: 'share' },
        dispersion: { label: 'column_dispersion', format: 'share' },
        turbulence: { label: 'column_turbulence', format: 'number' },
        turbulence_percentile: { label: 'column_not_above', format: 'share' },
        symbol_count_20: { label: 'column_members', format: 'count' },
      },
    },
    lineExhibit(
      {
        id: 'correlation',
        title: 'exhibit_correlation',
        sql: sql`
          select session, average_correlation_20
          from ${basketComovement}
          where basket = ${literals([sectors.name])} and ${last(own, year)} and average_correlation_20 is not null
          order by session`,
        columns: { average_correlation_20: { label: 'column_correlation_20', format: 'number' } },
      },
      'unit_correlation',
      {
        series: [{ column: 'average_correlation_20', label: 'column_correlation_20' }],
        figure: 'number',
        threshold: levelsOf(signalNamed('average_correlation_20'), levels).on,
      },
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
            figure: 'change',
            isLit: ({ close_return }) => Number(close_return) < 0,
          }),
        alternative: (rows, { say }) => {
          const known = rows.filter(({ close_return }) => close_return !== null)
          const named = (row: Row | undefined) =>
            row ? `${row.symbol} ${signedPercent(Number(row.close_return))}` : say('unknown')
          return say('alternative_sectors', { best: named(known[0]), worst: named(known.at(-1)) })
        },
      },
    },
  ],
})
