import { boolean, date, double, string, timestamp } from '../../column.ts'
import { defineView, sql } from '../../view.ts'
import { intradayReversal } from '../bars/intraday_reversal.ts'
import { earningsAnnouncements } from './earnings_announcements.ts'
import { earningsGrowth } from './earnings_growth.ts'
import { earningsSurprises } from './earnings_surprises.ts'

const fraction = { unit: 'fraction' }

export const earningsReactions = defineView({
  name: 'earnings_reactions',
  doc: 'One row per announcement of results: the surprises, the growth of revenue, and the move of the stock in the session that the announcement hit. All columns are as known by that evening.',
  grain: ['symbol', 'accession'],
  columns: {
    symbol: string('Ticker.'),
    accession: string('Accession number of the announcement.'),
    accepted_at: timestamp('Instant of acceptance.'),
    timing: string('`before_open`, `during_session` or `after_close`.'),
    session: date('Session that the announcement hit.'),
    period_end: date.nullable('Last day of the quarter, as filed. NULL if no figure was known by that evening.'),
    revenue_surprise: double.nullable('Revenue / consensus - 1.', fraction),
    eps_surprise: double.nullable(
      'Earnings per share / consensus - 1. Non-GAAP if given, else diluted GAAP.',
      fraction,
    ),
    guidance_surprise: double.nullable('Revenue guidance / consensus - 1.', fraction),
    whisper_gap: double.nullable('Earnings per share minus the whisper estimate. NULL unless one was known before.', {
      unit: 'USD per share',
    }),
    revenue_growth: double.nullable('Growth of revenue over one year.', fraction),
    revenue_acceleration: double.nullable('Change of revenue_growth since the previous quarter.', {
      unit: 'percentage points',
    }),
    gap_return: double.nullable('Open / previous close - 1.', fraction),
    close_return: double.nullable('Close / previous close - 1.', fraction),
    open_to_close_return: double.nullable('Close / open - 1.', fraction),
    range_fraction: double.nullable('(High - low) / previous close.', fraction),
    is_sell_the_news: boolean.nullable(
      'True if the surprise (of revenue, else of earnings per share) is above zero, guidance is not below consensus or unknown, the stock opens above the previous close and closes below it. NULL if the surprise or the prices are unknown.',
    ),
  },
  sql: sql`
    with surprised as (
      select
        r.symbol, r.accession, r.accepted_at, r.timing, r.session,
        max_by(case when s.concept = 'revenue' then s.surprise_fraction end, case when s.concept = 'revenue' and s.estimate = 'consensus' then s.estimate_source || ' ' || s.source end) as revenue_surprise,
        max_by(case when s.concept = 'eps_nongaap' then s.surprise_fraction end, case when s.concept = 'eps_nongaap' and s.estimate = 'consensus' then s.estimate_source || ' ' || s.source end) as nongaap_surprise,
        max_by(case when s.concept = 'eps_diluted' then s.surprise_fraction end, case when s.concept = 'eps_diluted' and s.estimate = 'consensus' then s.estimate_source || ' ' || s.source end) as gaap_surprise,
        max_by(case when s.concept = 'revenue_guidance' then s.surprise_fraction end, case when s.concept = 'revenue_guidance' and s.estimate = 'consensus' then s.estimate_source || ' ' || s.source end) as guidance_surprise,
        max_by(s.surprise, case when s.estimate = 'whisper' and s.concept in ('eps_nongaap', 'eps_diluted') then s.estimate_source || ' ' || s.source end) as whisper_gap
      from ${earningsAnnouncements} r
      left join ${earningsSurprises} s
        on s.symbol = r.symbol and s.announced_at = r.accepted_at and s.known_session <= r.session
      where r.is_results and r.known_session <= r.session
      group by r.symbol, r.accession, r.accepted_at, r.timing, r.session
    ),
    grown as (
      select * from (
        select
          r.*, g.period_end, g.year_on_year as revenue_growth, g.year_on_year_acceleration as revenue_acceleration,
          row_number() over (
            partition by r.symbol, r.accession
            order by
              g.period_end desc,
              case when g.year_on_year_acceleration is null then 1 else 0 end,
              case when g.year_on_year is null then 1 else 0 end,
              g.source
          ) as place
        from surprised r
        left join ${earningsGrowth} g
          on g.symbol = r.symbol and g.concept = 'revenue' and g.known_session <= r.session
          and g.known_at >= r.accepted_at
      ) as growths
      where place = 1
    ),
    reactions as (
      select
        r.symbol, r.accession, r.accepted_at, r.timing, r.session,
        r.period_end, r.revenue_growth, r.revenue_acceleration,
        r.revenue_surprise, coalesce(r.nongaap_surprise, r.gaap_surprise) as eps_surprise, r.guidance_surprise, r.whisper_gap,
        i.gap_return, i.close_return, i.open_to_close_return, i.range_fraction
      from grown r
      left join ${intradayReversal} i on i.symbol = r.symbol and i.session = r.session
    )
    select
      symbol, accession, accepted_at, timing, session, period_end,
      revenue_surprise, eps_surprise, guidance_surprise, whisper_gap, revenue_growth, revenue_acceleration,
      gap_return, close_return, open_to_close_return, range_fraction,
      coalesce(revenue_surprise, eps_surprise) > 0
        and coalesce(guidance_surprise, 0) >= 0
        and gap_return > 0
        and close_return < 0 as is_sell_the_news
    from reactions
  `,
})
