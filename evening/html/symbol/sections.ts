/** What the lake knows of one symbol up to a session: its day, reversals, volatility, spreads, results, and its catalysts. */
import { literals, sql } from '../../../schemas/view.ts'
import { dailyBarsAsKnown } from '../../../schemas/views/bars/daily_bars_as_known.ts'
import { gapAndReverse } from '../../../schemas/views/bars/gap_and_reverse.ts'
import { intradayReversal } from '../../../schemas/views/bars/intraday_reversal.ts'
import { catalystWindows } from '../../../schemas/views/catalysts/catalyst_windows.ts'
import { earningsReactions } from '../../../schemas/views/catalysts/earnings_reactions.ts'
import { spreadEstimates } from '../../../schemas/views/liquidity/spread_estimates.ts'
import { realizedVolatility } from '../../../schemas/views/volatility/realized_volatility.ts'
import { date, last } from '../../fragments.ts'
import { gapsAndCloses } from '../charts/days.ts'
import type { Column, Section } from '../exhibit.ts'
import { lineExhibit } from '../line-exhibit.ts'
import { alternativeGaps, fewestGaps } from '../sections/rare.ts'

const year = 252
const latestWindows = 12

export const dayOf = (symbol: string, session: string) => sql`
  select r.symbol, r.session, b.close, r.gap_return, r.open_to_close_return, r.close_return, r.range_fraction, r.close_location, b.volume
  from ${intradayReversal} r
  join ${dailyBarsAsKnown} b on b.symbol = r.symbol and b.session = r.session
  where r.symbol = ${literals([symbol])} and r.session = ${date(session)}`

const change = (label: Column['label']): Column => ({ label, format: 'change' })
const share = (label: Column['label']): Column => ({ label, format: 'share' })

const priceSection = (symbol: string, session: string): Section => ({
  id: 'price',
  title: 'section_symbol_price',
  exhibits: [
    {
      id: 'day',
      title: 'exhibit_symbol_day',
      note: 'note_symbol_prices',
      sql: dayOf(symbol, session),
      columns: {
        close: { label: 'column_close', format: 'number' },
        gap_return: change('column_gap'),
        open_to_close_return: change('column_open_to_close'),
        close_return: change('column_close_return'),
        range_fraction: share('column_range'),
        close_location: { label: 'column_close_location', format: 'hundredths' },
        volume: { label: 'column_volume', format: 'amount' },
      },
    },
    lineExhibit(
      {
        id: 'closes',
        title: 'exhibit_symbol_closes',
        sql: sql`
          select session, close
          from ${dailyBarsAsKnown}
          where symbol = ${literals([symbol])} and ${last(session, year)}
          order by session`,
        columns: { close: { label: 'column_close', format: 'number' } },
      },
      'unit_dollars',
      { series: [{ column: 'close', label: 'column_close' }], figure: 'number' },
    ),
    {
      id: 'symbol_gaps',
      title: 'exhibit_symbol_gaps',
      sql: sql`
        select session, gap_return, close_return, is_gap_and_reverse
        from ${intradayReversal}
        where symbol = ${literals([symbol])} and session <= ${date(session)}
          and gap_return > 2e-2 + 1e-12
        order by session`,
      columns: {
        session: { label: 'column_session', format: 'date' },
        gap_return: change('column_gap'),
        close_return: change('column_close_return'),
        is_gap_and_reverse: { label: 'column_reversed', format: 'yes' },
      },
      chart: {
        unit: 'unit_gap_and_close',
        fewestRows: fewestGaps,
        draw: gapsAndCloses,
        alternative: alternativeGaps,
      },
    },
    {
      id: 'symbol_reversals',
      title: 'exhibit_symbol_reversals',
      sql: sql`
        select session, gap_return, close_return, ordinal, rate_per_year
        from ${gapAndReverse}
        where symbol = ${literals([symbol])} and threshold = 1e-2 and session <= ${date(session)}
        order by session desc
        limit 10`,
      columns: {
        session: { label: 'column_session', format: 'date' },
        gap_return: change('column_gap'),
        close_return: change('column_close_return'),
        ordinal: { label: 'column_so_far', format: 'count' },
        rate_per_year: { label: 'column_per_year', format: 'number' },
      },
    },
  ],
})

const costSection = (symbol: string, session: string): Section => ({
  id: 'cost',
  title: 'section_symbol_cost',
  exhibits: [
    lineExhibit(
      {
        id: 'symbol_volatility',
        title: 'exhibit_symbol_volatility',
        sql: sql`
          select session, close_to_close_20, parkinson_20
          from ${realizedVolatility}
          where symbol = ${literals([symbol])} and ${last(session, year)}
            and (close_to_close_20 is not null or parkinson_20 is not null)
          order by session`,
        columns: {
          close_to_close_20: share('column_from_closes'),
          parkinson_20: share('column_from_ranges'),
        },
      },
      'unit_per_year',
      {
        series: [
          { column: 'close_to_close_20', label: 'column_from_closes' },
          { column: 'parkinson_20', label: 'column_from_ranges' },
        ],
        figure: 'share',
        zero: true,
      },
    ),
    lineExhibit(
      {
        id: 'symbol_spreads',
        title: 'exhibit_spreads',
        note: 'note_spreads',
        sql: sql`
          select session, corwin_schultz_21, edge_21
          from ${spreadEstimates}
          where symbol = ${literals([symbol])} and ${last(session, year)}
            and (corwin_schultz_21 is not null or edge_21 is not null)
          order by session`,
        columns: { corwin_schultz_21: share('column_corwin_schultz'), edge_21: share('column_edge') },
      },
      'unit_of_price',
      {
        series: [
          { column: 'corwin_schultz_21', label: 'column_corwin_schultz' },
          { column: 'edge_21', label: 'column_edge' },
        ],
        figure: 'share',
        zero: true,
      },
    ),
  ],
})

const eventSection = (symbol: string, session: string): Section => ({
  id: 'events',
  title: 'section_symbol_events',
  exhibits: [
    {
      id: 'symbol_results',
      title: 'exhibit_reactions',
      note: 'note_reactions',
      sql: sql`
        select session, timing, revenue_growth, revenue_acceleration, revenue_surprise, gap_return, close_return, is_sell_the_news
        from ${earningsReactions}
        where symbol = ${literals([symbol])} and session <= ${date(session)}
        order by session desc, accession
        limit ${latestWindows}`,
      columns: {
        session: { label: 'column_session', format: 'date' },
        timing: { label: 'column_timing', format: 'name' },
        revenue_growth: change('column_revenue_growth'),
        revenue_acceleration: { label: 'column_acceleration', format: 'percentage_points' },
        revenue_surprise: change('column_revenue_surprise'),
        gap_return: change('column_gap'),
        close_return: change('column_close_return'),
        is_sell_the_news: { label: 'column_sold', format: 'yes' },
      },
    },
    {
      id: 'symbol_windows',
      title: 'exhibit_symbol_windows',
      note: 'note_abnormal',
      sql: sql`
        select event_session, kind,
          max(case when event_time = -1 then cumulative_abnormal_return end) as before,
          max(case when event_time = 0 then abnormal_return end) as on_day,
          max(case when event_time = 0 then t_statistic end) as t_statistic,
          max(case when event_time = 5 then cumulative_abnormal_return_since end) as after_5
        from ${catalystWindows}
        where symbol = ${literals([symbol])} and session <= ${date(session)}
        group by event_session, kind, catalyst_id
        having max(case when event_time = 0 then abnormal_return end) is not null
        order by event_session desc, kind
        limit ${latestWindows}`,
      columns: {
        event_session: { label: 'column_session', format: 'date' },
        kind: { label: 'column_kind', format: 'name' },
        before: change('column_before'),
        on_day: change('column_abnormal'),
        t_statistic: { label: 'column_t', format: 'number' },
        after_5: change('column_five_later'),
      },
    },
  ],
})

export const symbolSections = (symbol: string, session: string): Section[] =>
  [priceSection, costSection, eventSection].map((section) => section(symbol, session))
