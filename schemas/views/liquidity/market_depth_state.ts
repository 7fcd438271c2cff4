import { bigint, boolean, date, double, string } from '../../column.ts'
import { marketDepth } from '../../tables/market_depth.ts'
import { defineView, raw, sql } from '../../view.ts'
import { firstKnown } from '../shared/as-known.ts'
import { type Block, lags, total, valuesOf } from '../shared/lag-blocks.ts'
import { fineSum } from '../shared/steady-sum.ts'

const usd = { unit: 'USD' }
const ratio = { unit: 'ratio' }
const six: Block = { count: 6, size: 1 }
const five: Block = { count: 5, size: 1 }
const twenty: Block = { count: 4, size: 5 }
const thirtySix: Block = { count: 6, size: 6 }
const yearOfRows: Block = { count: 7, size: 36 }

export const marketDepthState = defineView({
  name: 'market_depth_state',
  doc: 'One row per instrument, session and source: top-of-book depth against its history, and whether it is a depth vacuum.',
  grain: ['instrument', 'session', 'source'],
  columns: {
    instrument: string('Sampled instrument, such as ES.'),
    session: date('XNYS session.'),
    source: string('Who measured.'),
    depth_usd: double.nullable('Top-of-book depth. NULL for fewer than 60 samples.', usd),
    sample_count: bigint.nullable('Number of samples behind it. NULL if the source does not give it.', {
      unit: 'samples',
    }),
    depth_mean_20: double.nullable('Mean depth of the previous 20 sessions. NULL if one is missing.', usd),
    depth_mean_252: double.nullable('Mean depth of the previous 252 sessions. NULL if one is missing.', usd),
    depth_mean_ytd: double.nullable('Mean depth of the earlier sessions of the same calendar year.', usd),
    depth_ratio: double.nullable('depth_usd / depth_mean_20.', ratio),
    depth_ratio_252: double.nullable('depth_usd / depth_mean_252.', ratio),
    depth_ratio_ytd: double.nullable('depth_usd / depth_mean_ytd.', ratio),
    vacuum_severity: double.nullable('1 - depth_ratio: the share of the mean depth that is missing.', ratio),
    depth_percentile_252: double.nullable(
      'Share of the depths of the last 252 sessions that are not above this one. NULL if one is missing.',
      {
        unit: 'fraction',
      },
    ),
    is_depth_vacuum: boolean.nullable('True if depth_ratio is strictly below one half.'),
    spread_bps: double.nullable('Quoted spread.', { unit: 'basis points' }),
  },
  sql: sql`
    with first_known as (${firstKnown(marketDepth, 0)}),
    daily as (
      select
        instrument,
        session,
        session_number,
        source,
        max(case when metric = 'top_of_book_usd' and coalesce(sample_count, 60) >= 60 then value end) as depth_usd,
        max(case when metric = 'top_of_book_usd' then sample_count end) as sample_count,
        max(case when metric = 'spread_bps' then value end) as spread_bps
      from first_known
      group by instrument, session, session_number, source
    ),
    -- Sums of the sessions before this one.
    before as (
      select
        daily.*,
        lag(depth_usd) over w as earlier,
        session_number - lag(session_number, 20) over w = 20 as is_unbroken_20,
        session_number - lag(session_number, 252) over w = 252 as is_unbroken_252,
        array_agg(depth_before) over (partition by instrument, source, year(session) order by session rows between unbounded preceding and current row) as depths_ytd
      from (
        select daily.*, lag(depth_usd) over (partition by instrument, source, year(session) order by session) as depth_before from daily
      ) as daily
      window w as (partition by instrument, source order by session)
    ),
    rows_of_six as (
      select before.*, ${lags(['earlier'], six)}
      from before
      window w as (partition by instrument, source order by session)
    ),
    sixes as (
      select
        rows_of_six.*, ${raw(total(valuesOf('earlier', five)))} as sum_5, ${raw(total(valuesOf('earlier', six)))} as sum_6
      from rows_of_six
    ),
    rows_of_36 as (
      select sixes.*, ${lags(['sum_5'], twenty)}, ${lags(['sum_6'], thirtySix)}
      from sixes
      window w as (partition by instrument, source order by session)
    ),
    thirty_sixes as (
      select rows_of_36.*, ${raw(total(valuesOf('sum_5', twenty)))} as sum_20, ${raw(total(valuesOf('sum_6', thirtySix)))} as sum_36
      from rows_of_36
    ),
    rows_of_252 as (
      select thirty_sixes.*, ${lags(['sum_36'], yearOfRows)}
      from thirty_sixes
      window w as (partition by instrument, source order by session)
    ),
    averaged as (
      select
        instrument, session, session_number, source, depth_usd, sample_count, spread_bps,
        case when is_unbroken_20 then sum_20 / 20e0 end as depth_mean_20,
        case when is_unbroken_252 then ${raw(total(valuesOf('sum_36', yearOfRows)))} / 252e0 end as depth_mean_252,
        ${fineSum('ytd.depth', 9)} / nullif(cast(count(ytd.depth) as double), 0) as depth_mean_ytd
      from rows_of_252
      cross join unnest(depths_ytd) as ytd (depth)
      group by 1, 2, 3, 4, 5, 6, 7, 8, 9
    ),
    placed as (
      select t.instrument, t.session, t.source, cast(sum(case when p.depth_usd <= t.depth_usd then 1 else 0 end) as double) / 252e0 as depth_percentile_252
      from averaged t
      join averaged p on p.instrument = t.instrument and p.source = t.source and p.session_number between t.session_number - 251 and t.session_number
      where t.depth_usd is not null
      group by t.instrument, t.session, t.source
      having count(p.depth_usd) = 252
    )
    select
      averaged.instrument, averaged.session, averaged.source, depth_usd, sample_count, spread_bps, depth_mean_20, depth_mean_252, depth_mean_ytd,
      depth_usd / nullif(depth_mean_20, 0) as depth_ratio,
      depth_usd / nullif(depth_mean_252, 0) as depth_ratio_252,
      depth_usd / nullif(depth_mean_ytd, 0) as depth_ratio_ytd,
      1 - depth_usd / nullif(depth_mean_20, 0) as vacuum_severity,
      depth_percentile_252,
      depth_usd / nullif(depth_mean_20, 0) < 5e-1 - 1e-12 as is_depth_vacuum
    from averaged
    left join placed on placed.instrument = averaged.instrument and placed.session = averaged.session and placed.source = averaged.source
  `,
})
