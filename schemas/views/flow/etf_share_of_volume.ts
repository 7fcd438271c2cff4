import { bigint, boolean, date, double, string } from '../../column.ts'
import { marketVolume } from '../../tables/market_volume.ts'
import { sessions } from '../../tables/sessions.ts'
import { defineView, raw, type Sql, sql } from '../../view.ts'
import { firstKnown } from '../shared/as-known.ts'
import { type Block, deviations, lags, total, valuesOf } from '../shared/lag-blocks.ts'
import { realSpread } from '../shared/spread.ts'
import { steadySum } from '../shared/steady-sum.ts'
import { flaggedVolume } from './flagged_volume.ts'

const fraction = { unit: 'fraction' }

/** Notional of a segment: the figure for all venues, or else the sum over them. NULL if the segment is missing. */
const figure = (segment: string): Sql =>
  sql`coalesce(
          ${steadySum(`case when segment = '${segment}' and venue = 'all' then notional end`, 2)},
          ${steadySum(`case when segment = '${segment}' and venue <> 'all' then notional end`, 2)}
        )`

/** The definitions of the share. Those in dollars are alternatives, and the first one is preferred; the last one is in shares. */
const definitions = ['reported', 'measured', 'tape_b_proxy', 'off_exchange'] as const
const rank: Sql = raw(`case definition ${definitions.map((name, i) => `when '${name}' then ${i + 1}`).join(' ')} end`)

/** A measured share is NULL if the ETF flag is known for less than this part of the volume. */
const leastFlagged = raw('95e-2')

const six: Block = { count: 6, size: 1 }
const sixty: Block = { count: 10, size: 6 }
const sixShares = valuesOf('earlier', six)
const sums = valuesOf('sum_6', sixty)

export const etfShareOfVolume = defineView({
  name: 'etf_share_of_volume',
  doc: 'One row per session, source and definition: ETF share of volume. It is comparable only within one source and one definition.',
  grain: ['session', 'source', 'definition'],
  columns: {
    session: date('XNYS session of the volume.'),
    source: string('Who measured.'),
    definition: string(
      '`reported`: ETF dollar volume as reported by the source. `measured`: dollars of the symbols with the ETF flag of the symbol directory, on all venues. `tape_b_proxy`: tape B / all tapes, which omits Nasdaq-listed ETFs. `off_exchange`: shares of the flagged symbols, not dollars, in off-exchange volume.',
    ),
    known_session: date(
      'First session on whose evening the row is known. Off-exchange volume comes the same evening, the other figures on the next morning.',
    ),
    etf_notional: double.nullable('Dollars traded in ETFs. NULL for `off_exchange`.', { unit: 'USD' }),
    total_notional: double.nullable(
      'Dollars traded in all US equities. NULL if one of the three tapes is missing, and for `off_exchange`.',
      { unit: 'USD' },
    ),
    etf_shares: double.nullable('Shares traded in ETFs. NULL unless the definition goes by symbol.', {
      unit: 'shares',
    }),
    total_shares: double.nullable('Shares traded in all symbols. NULL unless the definition goes by symbol.', {
      unit: 'shares',
    }),
    flag_coverage: double.nullable(
      'Part of the volume whose symbols had an ETF flag in the directory that evening. NULL unless the definition goes by symbol.',
      fraction,
    ),
    etf_share: double.nullable(
      'ETF volume / volume. By symbol, volume without a flag is left out, and the share is NULL if flag_coverage is below 0.95. NULL if a part is missing.',
      fraction,
    ),
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
      'True if etf_share_z is above 3, or a share of dollars is at least 0.40. NULL if etf_share_z is unknown and the other condition is not met.',
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
    -- Volume by symbol, in dollars for all venues and in shares for what was traded off exchange.
    flagged as (
      select
        v.session, s.session_number, v.source, v.known_session, v.etf_notional, v.total_notional, v.etf_shares, v.total_shares,
        case when venue = 'consolidated' then 'measured' else 'off_exchange' end as definition,
        case when venue = 'consolidated' then etf_notional else etf_shares end as etf,
        case when venue = 'consolidated' then flagged_notional else flagged_shares end as flagged,
        case when venue = 'consolidated' then total_notional else total_shares end as total
      from ${flaggedVolume} v
      join ${sessions} s on s.session = v.session
      where venue in ('consolidated', 'off_exchange')
    ),
    ratios as (
      select
        totals.session, totals.session_number, totals.source,
        case when reported_etf is not null then 'reported' else 'tape_b_proxy' end as definition,
        next.session as known_session,
        coalesce(reported_etf, tape_b) as etf_notional,
        case when reported_etf is not null then reported_total else tape_a + tape_b + tape_c end as total_notional,
        cast(null as double) as etf_shares,
        cast(null as double) as total_shares,
        cast(null as double) as flag_coverage,
        coalesce(reported_etf, tape_b) / nullif(case when reported_etf is not null then reported_total else tape_a + tape_b + tape_c end, 0) as etf_share
      from totals
      join ${sessions} next on next.session_number = totals.session_number + 1
      union all
      select
        session, session_number, source, definition, known_session,
        case when definition = 'measured' then etf_notional end,
        case when definition = 'measured' then total_notional end,
        etf_shares, total_shares,
        flagged / nullif(total, 0),
        case when flagged >= ${leastFlagged} * total then etf / nullif(flagged, 0) end
      from flagged
    ),
    -- Mean and deviation of the 60 sessions before this one.
    before as (
      select
        ratios.*,
        count(etf_share) over (partition by source, definition order by session rows between 60 preceding and 1 preceding) as prior_count,
        lag(etf_share) over w as earlier,
        session_number - lag(session_number, 60) over w = 60 as is_unbroken
      from ratios
      window w as (partition by source, definition order by session)
    ),
    rows_of_six as (
      select before.*, ${lags(['earlier'], six)}
      from before
      window w as (partition by source, definition order by session)
    ),
    sixes as (
      select rows_of_six.*, ${raw(total(sixShares))} as sum_6, ${raw(deviations(six, sixShares))} as deviations_6
      from rows_of_six
    ),
    rows_of_sixty as (
      select sixes.*, ${lags(['sum_6', 'deviations_6'], sixty)}
      from sixes
      window w as (partition by source, definition order by session)
    ),
    windowed as (
      select
        rows_of_sixty.*,
        case when is_unbroken then ${raw(total(sums))} / 60e0 end as prior_mean,
        case when is_unbroken then sqrt((${raw(deviations(sixty, sums, sums, valuesOf('deviations_6', sixty)))}) / 59e0) end as prior_deviation
      from rows_of_sixty
    ),
    placed as (
      select t.session, t.source, t.definition, cast(sum(case when p.etf_share <= t.etf_share then 1 else 0 end) as double) / 252e0 as percentile
      from ratios t
      join ratios p on p.source = t.source and p.definition = t.definition and p.session_number between t.session_number - 251 and t.session_number
      where t.etf_share is not null
      group by t.session, t.source, t.definition
      having count(p.etf_share) = 252
    )
    select
      windowed.session,
      windowed.source,
      windowed.definition,
      known_session,
      etf_notional,
      total_notional,
      etf_shares,
      total_shares,
      flag_coverage,
      etf_share,
      prior_mean as etf_share_mean_60,
      (etf_share - prior_mean) / ${realSpread('prior_deviation', 'prior_mean')} as etf_share_z,
      percentile as etf_share_percentile_252,
      (windowed.definition <> 'off_exchange' and etf_share >= 4e-1 - 1e-12)
        or (etf_share - prior_mean) / ${realSpread('prior_deviation', 'prior_mean')} > 3 as is_etf_share_high,
      prior_count
    from windowed
    left join placed on placed.session = windowed.session and placed.source = windowed.source and placed.definition = windowed.definition
  `,
})

/** Order of preference among rows of one session: a share of dollars with a deviation from its own history, by definition. */
export const shareOrder: Sql = sql`case when etf_share_z is null then 1 else 0 end, ${rank}, source`

/**
 * One row per value of a session column: the share of dollars, of one source and definition. A share without a history is not put
 * into the series of another one, unless there is nothing else.
 */
export const preferredShare = (by: 'session' | 'known_session'): Sql => sql`
  select * from (
    select e.*, row_number() over (partition by ${raw(by)} order by ${shareOrder}) as preference
    from ${etfShareOfVolume} e
    where etf_share is not null and definition <> 'off_exchange'
  ) as ranked
  where preference = 1`
