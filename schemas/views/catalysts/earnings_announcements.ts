import { bigint, boolean, date, string, timestamp } from '../../column.ts'
import { filings } from '../../tables/filings.ts'
import { sessions } from '../../tables/sessions.ts'
import { defineView, sql } from '../../view.ts'

/** A quarter of a year in days: 13 weeks. */
const quarter = 91
/** Quarters of retailers with a year of 12, 12, 12 and 16 weeks, in whatever order; a year of 53 weeks makes one of them longer by one. */
const [shortQuarter, longQuarter] = [12 * 7, 16 * 7] as const
/** Days from the end of a quarter to its results where the filer has reported none yet. */
const commonLag = 30
/** Counts of deliveries and sales come within a week of the quarter's end, results later. */
const earliestResults = 8
/** Days: a filing that is this much earlier than any results of the filer in two years is preliminary. */
const soonerThanUsual = 5
/** Minutes from midnight to the opening bell, which is at 09:30 since 1985. */
const sinceMidnight = 570

export const earningsAnnouncements = defineView({
  name: 'earnings_announcements',
  doc: 'One row per 8-K with item 2.02: whether it reports the results of a quarter, which quarter that is, and which session the filing hits. All of it follows from what was known when the SEC accepted the filing.',
  grain: ['symbol', 'accession'],
  isHeld: true,
  columns: {
    symbol: string('Ticker.'),
    accession: string('Accession number.'),
    accepted_at: timestamp('Instant at which the SEC accepted the filing, from which on it is public.'),
    form: string('8-K, or 8-K/A for an amendment.'),
    items: string('Items of the filing.'),
    verdict: string('`results`, `preliminary`, `not_results` (a count of deliveries or sales) or `amendment`.'),
    reason: string('Reason for the verdict, in words.'),
    period_end: date.nullable(
      'Last day of the quarter: three months or 13 weeks after the last reported quarter, or 12 or 16 weeks if the filer has such quarters, give or take a week. NULL if no periodic report was known.',
    ),
    days_after_period: bigint.nullable('Days from the end of the quarter to the filing.', { unit: 'days' }),
    amends: string.nullable('Accession number of the results that the filing amends.'),
    timing: string(
      '`before_open`, `during_session` or `after_close`. A filing at or after the closing bell, or on a day without a session, hits the next session.',
    ),
    session: date('Session that the filing hits.'),
    is_results: boolean('True if the filing is the first to report the results of a quarter.'),
    known_at: timestamp('When the filing became known.'),
    known_session: date('First session on whose evening the row is known.'),
    known_basis: string('How we know `known_at`: `observed`, `published` or `assumed`.'),
    source: string('Source of the filing.'),
    bronze_key: string.nullable('Bronze object.'),
  },
  // The verdict uses only periodic reports that were accepted before the filing, so that it never looks ahead.
  sql: sql`
    -- A filer is its CIK: after a change of its ticker, its filings are in the table under both, and the one fetched last counts.
    with latest as (
      select * from (
        select f.*, row_number() over (partition by cik, accession order by known_at, source, fetched_at desc, symbol) as vintage from ${filings} f
      ) as vintages
      where vintage = 1
    ),
    -- A report of a transition period, 10-QT or 10-KT, moves the end of the fiscal year.
    periodic as (
      select symbol, accession, accepted_at, report_on
      from latest
      where form in ('10-Q', '10-K', '10-QT', '10-KT') and report_on is not null
    ),
    reports as (
      select
        periodic.*,
        date_diff('day', lag(report_on) over (partition by symbol order by report_on, accepted_at), report_on) as days_before
      from periodic
    ),
    announcements as (
      select * from latest where form in ('8-K', '8-K/A') and regexp_like(items, '(^|,) *2[.]02 *(,|$)')
    ),
    -- The announcement that belongs to each periodic report: the last original announcement before it.
    usual as (
      select
        r.symbol, r.accession, r.accepted_at as report_accepted_at,
        date_diff('day', r.report_on, max(cast(a.accepted_at as date))) as lag_days
      from reports r
      join announcements a
        on a.symbol = r.symbol and a.form = '8-K' and a.accepted_at <= r.accepted_at
        and cast(a.accepted_at as date) > r.report_on
      group by r.symbol, r.accession, r.accepted_at, r.report_on
    ),
    placed as (
      select
        a.symbol, a.accession, a.accepted_at, a.form, a.items, a.known_at, a.known_session, a.known_basis, a.source, a.bronze_key,
        max(r.report_on) as last_report_on,
        max(case when r.days_before between ${shortQuarter - 4} and ${shortQuarter + 3} then 1 else 0 end) as has_short_quarters
      from announcements a
      left join reports r on r.symbol = a.symbol and r.accepted_at < a.accepted_at
      group by a.symbol, a.accession, a.accepted_at, a.form, a.items, a.known_at, a.known_session, a.known_basis, a.source, a.bronze_key
    ),
    lagged as (
      select p.symbol, p.accession, coalesce(avg(cast(u.lag_days as double)), ${commonLag}e0) as usual_lag
      from placed p
      left join usual u on u.symbol = p.symbol and u.report_accepted_at < p.accepted_at
      group by p.symbol, p.accession
    ),
    -- The first of the possible ends of the quarter after the last one reported, and the second where quarters differ in length.
    possible as (
      select
        placed.*,
        case
          when has_short_quarters = 1 then cast(last_report_on + interval '${shortQuarter}' day as date)
          when day(cast(last_report_on + interval '1' day as date)) = 1
            then cast(cast(cast(last_report_on + interval '1' day as date) + interval '3' month as date) - interval '1' day as date)
          else cast(last_report_on + interval '${quarter}' day as date)
        end as next_end,
        case when has_short_quarters = 1 then cast(last_report_on + interval '${longQuarter}' day as date) end as later_end
      from placed
    ),
    -- A report filed just before the announcement already covers its quarter. Else the end nearest to the usual lag is taken.
    dated as (
      select
        possible.*,
        case
          when date_diff('day', last_report_on, cast(possible.accepted_at as date)) < ${quarter - 15} then last_report_on
          when later_end <= cast(possible.accepted_at as date)
            and abs(date_diff('day', later_end, cast(possible.accepted_at as date)) - usual_lag)
              < abs(date_diff('day', next_end, cast(possible.accepted_at as date)) - usual_lag)
            then later_end
          else next_end
        end as period_end
      from possible
      join lagged on lagged.symbol = possible.symbol and lagged.accession = possible.accession
    ),
    timed as (
      select
        d.symbol, d.accession, d.accepted_at, d.form, d.items, d.known_at, d.known_session, d.known_basis, d.source, d.bronze_key, d.period_end,
        date_diff('day', d.period_end, cast(d.accepted_at as date)) as days_after_period,
        min(u.lag_days) as shortest_lag, count(u.lag_days) as lag_count
      from dated d
      left join usual u
        on u.symbol = d.symbol and u.report_accepted_at < d.accepted_at
        and u.report_accepted_at >= cast(d.accepted_at - interval '${8 * quarter}' day as timestamp)
      group by d.symbol, d.accession, d.accepted_at, d.form, d.items, d.known_at, d.known_session, d.known_basis, d.source, d.bronze_key, d.period_end
    ),
    judged as (
      select
        timed.*,
        case
          when form = '8-K/A' then 'amendment'
          when days_after_period < ${earliestResults} then 'not_results'
          when lag_count >= 3 and days_after_period < shortest_lag - ${soonerThanUsual} then 'preliminary'
          else 'results'
        end as first_verdict
      from timed
    ),
    -- Only the first announcement of a quarter counts as its results.
    counted as (
      select
        judged.*,
        row_number() over (partition by symbol, period_end, first_verdict order by accepted_at, accession) as nth,
        max_by(accession, case when first_verdict = 'results' then accepted_at end) over (partition by symbol order by accepted_at, accession rows between unbounded preceding and 1 preceding) as last_results
      from judged
    ),
    hits as (
      select session, opens_at, closes_at, lag(closes_at) over (order by session) as last_close from ${sessions}
    )
    select
      symbol, accession, accepted_at, form, items,
      case when first_verdict = 'results' and period_end is not null and nth > 1 then 'not_results' else first_verdict end as verdict,
      case
        when first_verdict = 'amendment' then 'form 8-K/A'
        when period_end is null then 'no periodic report known before it'
        when first_verdict = 'not_results' then 'within a week of the end of the quarter: a count of deliveries or sales'
        when first_verdict = 'preliminary' then 'sooner than the filer ever reported in two years'
        when nth > 1 then 'the quarter had its results already'
        else 'first of its quarter, at a usual distance from its end'
      end as reason,
      period_end, days_after_period,
      case when first_verdict = 'amendment' then last_results end as amends,
      case
        when accepted_at >= opens_at then 'during_session'
        when accepted_at >= opens_at - interval '${sinceMidnight}' minute then 'before_open'
        else 'after_close'
      end as timing,
      session,
      first_verdict = 'results' and (period_end is null or nth = 1) as is_results,
      counted.known_at, counted.known_session, counted.known_basis, counted.source, counted.bronze_key
    from counted
    join hits on hits.closes_at > accepted_at and hits.last_close <= accepted_at
  `,
})
