/** Volatility, and the gamma of dealers. */

import { sessionOffset } from '../../../calendar/sessions.ts'
import { levelsOf, type SignalLevels } from '../../../schemas/signal-levels.ts'
import { signalNamed } from '../../../schemas/signals.ts'
import { dealerGamma } from '../../../schemas/tables/dealer_gamma.ts'
import { sql } from '../../../schemas/view.ts'
import { crashPrecursors } from '../../../schemas/views/composite/crash_precursors.ts'
import { gammaExposure } from '../../../schemas/views/volatility/gamma_exposure.ts'
import { volatilityIndicesAsKnown } from '../../../schemas/views/volatility/volatility_indices_as_known.ts'
import { volatilityRegime } from '../../../schemas/views/volatility/volatility_regime.ts'
import { date, last } from '../../fragments.ts'
import { volatility } from '../../gather/market.ts'
import { curve } from '../charts/curve.ts'
import type { Section } from '../exhibit.ts'
import { lineExhibit } from '../line-exhibit.ts'

const year = 252

const monthBefore = (session: string) => date(sessionOffset(session, -21)?.session ?? session)

/** Days that each index looks ahead, by its publisher. */
const termStructure = (session: string) => sql`
  select t.symbol, t.days_ahead,
    max(case when v.session = ${date(session)} then v.close end) as close,
    max(case when v.session = ${monthBefore(session)} then v.close end) as close_before
  from ${volatilityIndicesAsKnown} v
  join (values ('VIX9D', 9), ('VIX', 30), ('VIX3M', 93)) as t(symbol, days_ahead) on t.symbol = v.symbol
  where v.session in (${date(session)}, ${monthBefore(session)})
  group by t.symbol, t.days_ahead
  order by t.days_ahead`

export const volatilitySection = (own: string, levels: SignalLevels): Section => ({
  id: 'volatility',
  title: 'section_volatility',
  exhibits: [
    {
      id: 'regime',
      title: 'exhibit_regime',
      sql: volatility.sql([own]),
      columns: {
        vix_close: { label: 'column_vix', format: 'number' },
        vix_change_fraction: { label: 'column_change', format: 'change' },
        vix_percentile_expanding: { label: 'column_closes_not_above', format: 'share' },
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
    {
      id: 'term_structure',
      title: 'exhibit_term_structure',
      note: 'note_term_structure',
      sql: termStructure(own),
      columns: {
        symbol: { label: 'column_symbol', format: 'text' },
        days_ahead: { label: 'column_days_ahead', format: 'count' },
        close: { label: 'column_close', format: 'number' },
        close_before: { label: 'column_month_before', format: 'number' },
      },
      chart: {
        unit: 'unit_points',
        value: 'close',
        fewest: 2,
        draw: curve,
        alternative: (rows, { say }) => {
          const at = (symbol: string) => rows.find((row) => row.symbol === symbol)?.close ?? null
          const [short, long] = [at('VIX'), at('VIX3M')]
          if (short === null || long === null) return say('alternative_curve_unknown')
          const blanks = { short: Number(short).toFixed(2), long: Number(long).toFixed(2) }
          return say(Number(short) > Number(long) ? 'alternative_curve_inverted' : 'alternative_curve', blanks)
        },
      },
    },
    lineExhibit(
      {
        id: 'vix',
        title: 'exhibit_vix',
        sql: sql`
          select session, vix_close, vix3m_close
          from ${volatilityRegime}
          where ${last(own, year)} and (vix_close is not null or vix3m_close is not null)
          order by session`,
        columns: {
          vix_close: { label: 'column_vix', format: 'number' },
          vix3m_close: { label: 'column_vix3m', format: 'number' },
        },
      },
      'unit_points',
      {
        series: [
          { column: 'vix_close', label: 'series_vix' },
          { column: 'vix3m_close', label: 'series_vix3m' },
        ],
        figure: 'number',
      },
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
    lineExhibit(
      {
        id: 'gamma',
        title: 'exhibit_gamma_year',
        note: 'note_gamma_year',
        sql: sql`
          select session, source, net_gamma
          from (
            select session, source, net_gamma, row_number() over (partition by session, source order by known_at) as vintage
            from ${dealerGamma}
            where ${last(own, year)} and known_session <= ${date(own)}
          ) as first_known
          where vintage = 1 and net_gamma is not null
          order by source, session`,
        columns: {
          source: { label: 'column_source', format: 'text' },
          net_gamma: { label: 'column_gamma', format: 'dollars' },
        },
      },
      'unit_dollars_per_percent',
      {
        series: [{ column: 'net_gamma', label: 'column_gamma' }],
        figure: 'dollars',
        threshold: levelsOf(signalNamed('net_gamma_known'), levels).on,
        zero: true,
        by: ({ source }) => String(source),
      },
    ),
  ],
})
