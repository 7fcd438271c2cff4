import { bigint, date, double, string } from '../../column.ts'
import { defineView, sql } from '../../view.ts'
import { besides, inHalves } from '../shared/expanding-ranks.ts'
import { volatilityIndicesAsKnown } from './volatility_indices_as_known.ts'

const points = { unit: 'points' }
const fraction = { unit: 'fraction' }
const sessionCount = { unit: 'sessions' }

export const volatilityIndexLevels = defineView({
  name: 'volatility_index_levels',
  doc: 'One row per volatility index and session: its close as known on that evening, with its percentiles in its history.',
  grain: ['symbol', 'session'],
  // The expanding percentile of a row depends on all earlier rows.
  materialized: { yearOf: 'session', daysBack: Number.POSITIVE_INFINITY },
  columns: {
    symbol: string('VIX, VIX9D, VIX3M, VVIX or SKEW.'),
    session: date('XNYS session.'),
    close: double('Close.', points),
    high: double.nullable('High. NULL if only closes are published.', points),
    change: double.nullable('Close minus the previous close.', points),
    change_fraction: double.nullable('close / previous close - 1.', fraction),
    percentile_expanding: double.nullable(
      'Share of all closes so far that are not above this one. NULL for fewer than 252 closes.',
      fraction,
    ),
    percentile_252: double.nullable('Share of the last 252 closes that are not above this one.', fraction),
    higher_close_on: date.nullable('Last earlier session with a close at or above this close. NULL if there is none.'),
    sessions_since_higher_close: bigint.nullable('Sessions since higher_close_on.', sessionCount),
    earlier_close_count: bigint('Number of earlier closes in the lake.', sessionCount),
    higher_high_on: date.nullable('Last earlier session with a high at or above this high.'),
    sessions_since_higher_high: bigint.nullable('Sessions since higher_high_on.', sessionCount),
  },
  sql: sql`
    with observations as (
      select
        symbol, session, session_number, close, high,
        case
          when lag(session_number) over w = session_number - 1 then lag(close) over w
        end as previous_close
      from ${volatilityIndicesAsKnown}
      window w as (partition by symbol order by session)
    ),
    series as (
      select observations.*, measure, case measure when 'close' then close else high end as value
      from observations
      cross join (values ('close'), ('high')) as measures (measure)
    ),
    -- In each pair of halves: the earlier rows of the lower half, and the last earlier row that is not lower.
    compared as (
      select
        halves.*,
        case when is_upper or is_equal then count(case when not is_upper then 1 end) over so_far else 0 end as not_above,
        case when is_upper or is_equal then count(case when not is_upper then 1 end) over last_252 else 0 end as not_above_252,
        case when not is_upper then max(case when is_upper or is_equal then session_number end) over before end as not_below,
        case when not is_upper then max(case when is_upper or is_equal then session end) over before end as not_below_on
      from (${inHalves('series', 'symbol, measure')}
      ) as halves
      window
        so_far as (${besides('symbol, measure')} rows between unbounded preceding and current row),
        last_252 as (${besides('symbol, measure')} range between 251 preceding and current row),
        before as (${besides('symbol, measure')} rows between unbounded preceding and 1 preceding)
    ),
    placed as (
      select
        symbol,
        session,
        max(session_number) as session_number,
        max(close) as close,
        max(high) as high,
        max(previous_close) as previous_close,
        max(case when measure = 'close' then value_count end) as observation_count,
        sum(case when measure = 'close' then not_above end) as not_above,
        sum(case when measure = 'close' then not_above_252 end) as not_above_252,
        max(case when measure = 'close' then not_below end) as higher_close,
        max(case when measure = 'close' then not_below_on end) as higher_close_on,
        max(case when measure = 'high' then not_below end) as higher_high,
        max(case when measure = 'high' then not_below_on end) as higher_high_on
      from compared
      group by symbol, session
    )
    select
      symbol,
      session,
      close,
      high,
      close - previous_close as change,
      close / previous_close - 1 as change_fraction,
      case when observation_count >= 252 then cast(not_above as double) / observation_count end as percentile_expanding,
      case when observation_count >= 252 then cast(not_above_252 as double) / 252 end as percentile_252,
      higher_close_on,
      session_number - higher_close as sessions_since_higher_close,
      observation_count - 1 as earlier_close_count,
      higher_high_on,
      session_number - higher_high as sessions_since_higher_high
    from placed
  `,
})
