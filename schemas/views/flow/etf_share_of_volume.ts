import { bigint, boolean, date, double, string } from '../../column.ts'
import { marketVolume } from '../../tables/market_volume.ts'
import { sessions } from '../../tables/sessions.ts'
import { defineView, raw, type Sql, sql } from '../../view.ts'
import { firstKnown, full, unbrokenBefore } from '../shared/as-known.ts'
import { realSpread } from '../shared/spread.ts'
import { steadySum } from '../shared/steady-sum.ts'

const fraction = { unit: 'fraction' }

/** Notional of a segment: the figure for all venues, or else the sum over them. NULL if the segment is missing. */
const figure = (segment: string): Sql =>
  sql`coalesce(
          ${steadySum(`case when segment = '${segment}' and venue = 'all' then notional end`, 2)},
          ${steadySum(`case when segment = '${segment}' and venue <> 'all' then notional end`, 2)}
        )`

export const etfShareOfVolume = defineView({
  name: 'etf_share_of_volume',
  doc: 'One row per session and source: ETF share of dollar volume. It is comparable only within one source.',
  grain: ['session', 'source'],
  columns: {
    session: date('XNYS session of the volume.'),
    source: string('Who measured.'),
    definition: string(
      '`reported`: ETF dollar volume as reported by the source. `tape_b_proxy`: tape B / all tapes, which omits Nasdaq-listed ETFs.',
    ),
    known_session: date('First session on whose evening the row is known. The figures come on the next morning.'),
    etf_notional: double.nullable('Dollars traded in ETFs.', { unit: 'USD' }),
    total_notional: double.nullable('Dollars traded in all US equities. NULL if one of the three tapes is missing.', {
      unit: 'USD',
    }),
    etf_share: double.nullable('etf_notional / total_notional. NULL if either is missing.', fraction),
    etf_share_mean_60: double.nullable(
      'Mean of the previous 60 sessions, by the same definition. NULL if one is missing.',
      fraction,
    ),
    etf_share_z: double.nullable(
      '(etf_share - etf_share_mean_60) / standard deviation of the same 60 sessions. Above 3, the signal is lit.',
      { unit: 'standard deviations' },
    ),
    etf_share_percentile_252: double.nullable(
      'Share of the last 252 sessions, by the same definition, whose etf_share is not above this one. NULL if one is missing.',
      fraction,
    ),
    is_etf_share_high: boolean.nullable(
      'True if etf_share_z is above 3 or etf_share is at least 0.40. NULL if etf_share_z is unknown and the share is below 0.40.',
    ),
    prior_count: bigint('Number of previous rows with a share of the same definition, at most 60.', {
      unit: 'sessions',
    }),
  },
  sql: sql`
    with first_known as (${firstKnown(marketVolume, 1)}),
    -- Venues are the parts of a figure for all of them: where that is reported, they are not added to it.
    totals as (
      select
        session,
        session_number,
        source,
        ${figure('etf')} as reported_etf,
        ${figure('total')} as reported_total,
        ${figure('tape_a')} as tape_a,
        ${figure('tape_b')} as tape_b,
        ${figure('tape_c')} as tape_c
      from first_known
      group by session, session_number, source
    ),
    shares as (
      select
        session,
        session_number,
        source,
        case when reported_etf is not null then 'reported' else 'tape_b_proxy' end as definition,
        coalesce(reported_etf, tape_b) as etf_notional,
        case when reported_etf is not null then reported_total else tape_a + tape_b + tape_c end as total_notional
      from totals
    ),
    ratios as (
      select shares.*, etf_notional / nullif(total_notional, 0) as etf_share
      from shares
    ),
    windowed as (
      select
        ratios.*,
        count(etf_share) over w as prior_count,
        case when ${unbrokenBefore('w', 60)} then ${full(raw('avg(etf_share)'), raw('etf_share'), 'w', 60)} end as prior_mean,
        case when ${unbrokenBefore('w', 60)} then ${full(raw('stddev_samp(etf_share)'), raw('etf_share'), 'w', 60)} end as prior_deviation
      from ratios
      window w as (partition by source, definition order by session rows between 60 preceding and 1 preceding)
    ),
    placed as (
      select t.session, t.source, cast(sum(case when p.etf_share <= t.etf_share then 1 else 0 end) as double) / 252e0 as percentile
      from windowed t
      join windowed p on p.source = t.source and p.definition = t.definition and p.session_number between t.session_number - 251 and t.session_number
      where t.etf_share is not null
      group by t.session, t.source
      having count(p.etf_share) = 252
    )
    select
      windowed.session,
      windowed.source,
      definition,
      next.session as known_session,
      etf_notional,
      total_notional,
      etf_share,
      prior_mean as etf_share_mean_60,
      (etf_share - prior_mean) / ${realSpread('prior_deviation', 'prior_mean')} as etf_share_z,
      percentile as etf_share_percentile_252,
      etf_share >= 4e-1 - 1e-12 or (etf_share - prior_mean) / ${realSpread('prior_deviation', 'prior_mean')} > 3 as is_etf_share_high,
      prior_count
    from windowed
    join ${sessions} next on next.session_number = windowed.session_number + 1
    left join placed on placed.session = windowed.session and placed.source = windowed.source
  `,
})

/** One row per value of a session column. A reported share is preferred to a proxy. */
export const preferredShare = (by: 'session' | 'known_session'): Sql => sql`
  select * from (
    select e.*, row_number() over (partition by ${raw(by)} order by definition, source) as preference
    from ${etfShareOfVolume} e
    where etf_share is not null
  ) as ranked
  where preference = 1`
