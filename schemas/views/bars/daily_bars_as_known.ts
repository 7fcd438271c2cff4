import { bigint, boolean, date, double, string, timestamp } from '../../column.ts'
import { dailyBars } from '../../tables/daily_bars.ts'
import { sessions } from '../../tables/sessions.ts'
import { defineView, sql } from '../../view.ts'
import { isRawSource, sourceRank } from '../shared/as-known.ts'
import { isContradicted, isMoveBy, knownSplits } from '../shared/share-basis.ts'

const usd = { unit: 'USD' }

export const dailyBarsAsKnown = defineView({
  name: 'daily_bars_as_known',
  doc: 'One row per symbol and session: the bar as first known by that evening, with the prices of the previous session on the same price basis.',
  grain: ['symbol', 'session'],
  materialized: { yearOf: 'session', daysBack: 400, yearsAtOnce: 5, rowGroup: 16_384 },
  columns: {
    symbol: string('Ticker.'),
    session: date('XNYS session.'),
    session_number: bigint('Position of the session in the exchange calendar.', { unit: 'sessions' }),
    source: string('Source that is used for the symbol on this session.'),
    open: double('First price.', usd),
    high: double('Highest price.', usd),
    low: double('Lowest price.', usd),
    close: double('Closing price.', usd),
    volume: bigint.nullable('Shares traded.', { unit: 'shares' }),
    previous_open: double.nullable(
      'Open of the previous session, on the price basis of this one. NULL if that bar is missing.',
      usd,
    ),
    previous_high: double.nullable('High of the previous session, on the price basis of this one.', usd),
    previous_low: double.nullable('Low of the previous session, on the price basis of this one.', usd),
    previous_close: double.nullable('Close of the previous session, on the price basis of this one.', usd),
    price_basis: double.nullable(
      'Factor that brings prices of the previous session to the basis of this one, and divides volumes. It is 1 except after a split, and NULL if that bar is missing.',
      { unit: 'ratio' },
    ),
    is_stale_open: boolean('True if the open equals the previous close, as when an index vendor has no opening price.'),
    has_open: boolean(
      'True if opens are usable: at most 5 % of the bars of the last 252 sessions have a stale open or are flat.',
    ),
    has_range: boolean('True if high and low are usable: at most 5 % of the bars of the last 252 sessions are flat.'),
    known_at: timestamp('When the bar became known.'),
  },
  sql: sql`
    -- Nearly every session of a symbol has one bar. Only where there are several are they compared, because a window over
    -- all bars is slow.
    with several as (
      select symbol, session from ${dailyBars} where known_session <= session group by symbol, session having count(*) > 1
    ),
    compared as (
      select
        t.symbol, t.session, t.source, t.known_at,
        row_number() over (partition by t.symbol, t.session, t.source order by t.known_at) as vintage,
        dense_rank() over (partition by t.symbol, t.session order by ${sourceRank}, t.source) as preference
      from ${dailyBars} t
      join several on several.symbol = t.symbol and several.session = t.session
      where t.known_session <= t.session
    ),
    first_known as (
      select
        t.symbol, t.session, n.session_number, t.source, t.open, t.high, t.low, t.close, t.volume, t.known_at, t.fetched_at,
        coalesce(c.preference, 1) as preference
      from ${dailyBars} t
      join ${sessions} n on n.session = t.session
      left join compared c on c.symbol = t.symbol and c.session = t.session and c.source = t.source and c.known_at = t.known_at
      where t.known_session <= t.session and coalesce(c.vintage, 1) = 1
    ),
    paired as (
      select
        symbol, session, session_number, source, open, high, low, close, volume, known_at, preference,
        lag(open) over w as lag_open,
        lag(high) over w as lag_high,
        lag(low) over w as lag_low,
        lag(close) over w as lag_close,
        case when lag(session_number, 2) over w = session_number - 2 then lag(close, 2) over w end as close_before_last,
        lag(session_number) over w as lag_number,
        lag(fetched_at) over w as lag_fetched_at
      from first_known
      window w as (partition by symbol, source order by session)
    ),
    splits as (${knownSplits}),
    told as (
      select
        chosen.*, split_factor, earlier_factor, later_factor,
        ln(lag_close / chosen.close) as move,
        ln(close_before_last / lag_close) as move_before,
        -- A bar that was downloaded before the split, or is reported as traded, is on the old price basis.
        ${isRawSource} or lag_fetched_at < splits.opens_at as is_on_old_basis
      from paired as chosen
      left join splits on splits.symbol = chosen.symbol and splits.session = chosen.session
      where preference = 1
    ),
    -- Prices decide where they contradict what was told: a source may have the ex-session wrong by one. Without the bar of
    -- two sessions before, no price shows that the split was already in the bar of the previous session.
    based as (
      select
        told.*,
        case
          when lag_number <> session_number - 1 or lag_number is null then null
          when is_on_old_basis and not ${isContradicted('move', 'split_factor')} then 1e0 / split_factor
          when ${isMoveBy('move', 'split_factor')} then 1e0 / split_factor
          when ${isMoveBy('move', 'earlier_factor')} and coalesce(${isContradicted('move_before', 'earlier_factor')}, true) then 1e0 / earlier_factor
          when ${isMoveBy('move', 'later_factor')} then 1e0 / later_factor
          else 1e0
        end as basis
      from told
    ),
    repriced as (
      select
        symbol, session, session_number, source, open, high, low, close, volume,
        lag_open * basis as previous_open,
        lag_high * basis as previous_high,
        lag_low * basis as previous_low,
        lag_close * basis as previous_close,
        basis as price_basis,
        known_at
      from based
    ),
    -- One sum holds three counts: the bars, 1,024 times the stale or flat ones, and 1,048,576 times the flat ones. Three
    -- sums over the same frame take 1.6 times as long.
    summed as (
      select
        repriced.*,
        sum(
          case when high = low then 1049601e0 when open = previous_close then 1025e0 else 1e0 end
        ) over (partition by symbol order by session_number range between 251 preceding and current row) as counts
      from repriced
    ),
    counted as (
      select
        summed.*,
        high = low as is_flat,
        floor(counts / 1048576e0) as flat_count,
        floor(counts / 1024e0) - 1024e0 * floor(counts / 1048576e0) as stale_count,
        counts - 1024e0 * floor(counts / 1024e0) as bar_count
      from summed
    )
    select
      symbol, session, session_number, source, open, high, low, close, volume,
      previous_open, previous_high, previous_low, previous_close, price_basis,
      coalesce(open = previous_close, false) as is_stale_open,
      not (stale_count > 5e-2 * bar_count and (stale_count >= 2 or is_flat)) as has_open,
      not (flat_count > 5e-2 * bar_count and (flat_count >= 2 or is_flat)) as has_range,
      known_at
    from counted
  `,
})
