import { bigint, date, double, string, timestamp } from '../../column.ts'
import { earnings } from '../../tables/earnings.ts'
import { earningsEstimates } from '../../tables/earnings_estimates.ts'
import { defineView, raw, type Sql, sql } from '../../view.ts'
import { quarterDays } from '../shared/periods.ts'
import { realSpread } from '../shared/spread.ts'
import { earningsAnnouncements } from './earnings_announcements.ts'
import { quarterlyResults } from './quarterly_results.ts'
import { product, splitFactor, splitsBetween } from './reported_splits.ts'

const { shortest, longest } = quarterDays
/** The factor of a split since the estimate. */
const sinceEstimate = `case
  when s.effective_at > x.expected_at and (
    s.evidence = 'corporate_action' or abs(x.expected / s.split_factor - x.actual) < abs(x.expected - x.actual)
  ) then s.split_factor end`
const value = { unit: 'USD or USD per share' }

const earlierOnes = Array.from({ length: 8 }, (_, i) => `earlier_${i + 1}`)
const lagged: Sql = raw(earlierOnes.map((name, i) => `lag(comparable, ${i + 1}) over w as ${name}`).join(', '))
/** Sum of an expression over the earlier surprises that are known. */
const sumOf = (of: (each: string) => string): Sql =>
  raw(`(${earlierOnes.map((each) => `coalesce(${of(each)}, 0e0)`).join(' + ')})`)

export const earningsSurprises = defineView({
  name: 'earnings_surprises',
  doc: 'One row per symbol, concept, period, source of the actual, and kind and source of the estimate: the actual figure against the latest estimate before the results.',
  grain: ['symbol', 'concept', 'period_end', 'source', 'estimate', 'estimate_source'],
  isHeld: true,
  columns: {
    symbol: string('Ticker.'),
    concept: string(
      '`revenue`, `eps_diluted`, `eps_nongaap`, `revenue_guidance` … Actual and estimate have the same concept.',
    ),
    period_end: date('Last day of the period. For guidance, the last day of the coming quarter.'),
    source: string('Source of the actual.'),
    estimate: string('`consensus` or `whisper`.'),
    estimate_source: string('Who expected.'),
    actual: double('Value as first known.', value),
    expected: double('Latest estimate known before the results.', value),
    surprise: double('actual - expected. For a whisper this is the whisper gap.', value),
    surprise_fraction: double.nullable(
      'actual / expected - 1. NULL if the estimate is near zero or the signs differ.',
      {
        unit: 'fraction',
      },
    ),
    standardized_surprise: double.nullable(
      'Surprise divided by the standard deviation of up to eight earlier surprises. NULL for fewer than four.',
      { unit: 'standard deviations' },
    ),
    prior_surprise_count: bigint('Number of earlier surprises in that standard deviation.', { unit: 'surprises' }),
    announced_at: timestamp(
      'Instant from which an estimate is too late: the filing of the results or, without a filing, the instant at which the actual became known.',
    ),
    known_at: timestamp('When the actual became known.'),
    known_session: date('First session on whose evening the row is known.'),
  },
  sql: sql`
    with actuals as (
      select symbol, concept, source, period_end, value, known_at, known_session, concept not like '%guidance%' as is_of_quarter from ${quarterlyResults}
      union all
      -- Guidance and figures without a span of a quarter, as imported.
      select symbol, concept, source, period_end, value, known_at, known_session, false as is_of_quarter
      from (
        select e.*, row_number() over (partition by symbol, concept, source, period_end order by known_at, period_start) as vintage
        from ${earnings} e
        where concept not in ('revenue', 'net_income', 'eps_diluted')
          and date_diff('day', period_start, period_end) not between ${shortest} and ${longest}
      ) as vintages
      where vintage = 1
    ),
    -- The figures of a quarter are out with the announcement of that quarter, before the report that carries them in XBRL, however
    -- late that comes. Guidance, and figures of a filer whose quarters are unknown, are out with an announcement of the month before.
    announced as (
      select
        a.symbol, a.concept, a.source, a.period_end, a.value, a.known_at, a.known_session,
        coalesce(
          min(case when a.is_of_quarter and abs(date_diff('day', n.period_end, a.period_end)) <= 7 then n.accepted_at end),
          max(
            case
              when (n.period_end is null or not a.is_of_quarter) and n.accepted_at > cast(a.known_at - interval '30' day as timestamp)
              then n.accepted_at
            end
          ),
          a.known_at
        ) as announced_at
      from actuals a
      left join ${earningsAnnouncements} n
        on n.symbol = a.symbol and n.is_results and n.accepted_at <= a.known_at
      group by a.symbol, a.concept, a.source, a.period_end, a.value, a.known_at, a.known_session
    ),
    expectations as (
      select
        a.symbol, a.concept, a.source, a.period_end, a.value as actual, a.announced_at, a.known_at, a.known_session,
        e.estimate, e.source as estimate_source, max_by(e.value, e.known_at) as expected, max(e.known_at) as expected_at
      from announced a
      join ${earningsEstimates} e
        on e.symbol = a.symbol and e.concept = a.concept and e.known_at < a.announced_at
        and abs(date_diff('day', e.period_end, a.period_end)) <= 7
      group by a.symbol, a.concept, a.source, a.period_end, a.value, a.announced_at, a.known_at, a.known_session, e.estimate, e.source
    ),
    -- All splits that were known with the actual figure, and those since the estimate. Estimates change their basis on the ex-session,
    -- figures with a filing. Where figures alone show the split, its day is unknown: the nearer estimate counts.
    based as (
      select
        x.symbol, x.concept, x.source, x.period_end, x.estimate, x.estimate_source,
        max(x.actual) as actual, max(x.expected) as expected, max(x.announced_at) as announced_at, max(x.known_at) as known_at, max(x.known_session) as known_session,
        ${splitFactor} as split_factor,
        ${product(sinceEstimate)} as factor_since_estimate
      from expectations x
      ${splitsBetween('x', "timestamp '1900-01-01 00:00:00'", 'x.known_at')}
      group by x.symbol, x.concept, x.source, x.period_end, x.estimate, x.estimate_source
    ),
    compared as (
      select
        symbol, concept, source, period_end, estimate, estimate_source, actual, announced_at, known_at, known_session, split_factor,
        expected / factor_since_estimate as expected
      from based
    ),
    -- Earlier surprises are compared on the share basis of the first of them. The sums add them in one order.
    earlier as (
      select
        compared.*,
        count(actual - expected) over (partition by symbol, concept, source, estimate, estimate_source order by announced_at, period_end rows between 8 preceding and 1 preceding) as prior_surprise_count,
        ${lagged}
      from (select compared.*, (actual - expected) * split_factor as comparable from compared) as compared
      window w as (partition by symbol, concept, source, estimate, estimate_source order by announced_at, period_end)
    ),
    averaged as (
      select earlier.*, ${sumOf((each) => each)} / nullif(prior_surprise_count, 0) as prior_mean from earlier
    ),
    spread as (
      select averaged.*, sqrt(${sumOf((each) => `(${each} - prior_mean) * (${each} - prior_mean)`)} / nullif(prior_surprise_count - 1, 0)) as prior_spread
      from averaged
    )
    select
      symbol, concept, period_end, source, estimate, estimate_source, actual, expected,
      actual - expected as surprise,
      case when abs(expected) > 1e-9 and actual * expected > 0 then actual / expected - 1 end as surprise_fraction,
      case when prior_surprise_count >= 4 then (actual - expected) / ${realSpread('prior_spread / split_factor', 'prior_mean / split_factor')} end as standardized_surprise,
      prior_surprise_count, announced_at, known_at, known_session
    from spread
  `,
})
