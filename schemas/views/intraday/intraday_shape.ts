import { bigint, date, double, string } from '../../column.ts'
import { defineView, sql } from '../../view.ts'
import { barsAsKnown, sameSeries, series } from '../shared/intraday-bars.ts'
import { isMoveBy, knownSplits } from '../shared/share-basis.ts'
import { fineSum } from '../shared/steady-sum.ts'

const usd = { unit: 'USD' }
const fraction = { unit: 'fraction' }
const minutes = { unit: 'minutes' }
/** Digits behind the point with which squares of returns, and shares and dollars, are added. */
const squares = 24
const amounts = 12

export const intradayShape = defineView({
  name: 'intraday_shape',
  doc: 'One row per symbol, session and feed: how the price moved inside the session. It uses the shortest bars that cover the session. Its features are NULL if fewer than 90 % of the bars are there, or if the first one is missing.',
  grain: ['symbol', 'session', 'feed'],
  // The previous session is at most a week before.
  materialized: { yearOf: 'session', daysBack: 10, yearsAtOnce: 1, rowGroup: 16_384, isByDay: true },
  columns: {
    symbol: string('Ticker.'),
    session: date('XNYS session.'),
    feed: string('Trades that the bars are made of: `consolidated`, or the name of a venue.'),
    source: string('Source of the bars.'),
    interval_minutes: bigint('Length of a bar.', minutes),
    session_minutes: bigint('Length of the session: 390, or 210 on most half days.', minutes),
    bar_count: bigint('Bars of the session.', { unit: 'bars' }),
    expected_bar_count: bigint('Bars that the regular hours of the session have room for.', { unit: 'bars' }),
    previous_close: double.nullable(
      'Last price of the previous session in the same feed, on the price basis of this one. NULL if that session has no bars.',
      usd,
    ),
    open: double.nullable('First price.', usd),
    high: double.nullable('Highest price.', usd),
    low: double.nullable('Lowest price.', usd),
    close: double.nullable('Last price.', usd),
    minutes_to_high: bigint.nullable('Start of the first bar with the high, in minutes from the open.', minutes),
    minutes_to_low: bigint.nullable('Start of the first bar with the low, in minutes from the open.', minutes),
    minutes_to_turn: bigint.nullable(
      'End of the last bar that closed at or above the open, if the session closed below its open. The price stayed below from then on. 0 if no bar did. NULL if the session did not close below.',
      minutes,
    ),
    minutes_to_gap_lost: bigint.nullable(
      'End of the first bar that closed below the previous close, after an open above it. NULL if the gap was kept, or if there was none.',
      minutes,
    ),
    opening_range_high: double.nullable('Highest price of the first 30 minutes.', usd),
    opening_range_low: double.nullable('Lowest price of the first 30 minutes.', usd),
    opening_range_break: string.nullable(
      '`up` or `down`: the side on which the first later bar closed outside the range of the first 30 minutes. NULL if none did.',
    ),
    minutes_to_opening_range_break: bigint.nullable('End of that bar.', minutes),
    first_30_return: double.nullable('Price at minute 30 / open - 1.', fraction),
    last_30_return: double.nullable('Close / price 30 minutes before the close - 1.', fraction),
    overnight_return: double.nullable('Open / previous close - 1.', fraction),
    session_return: double.nullable('Close / open - 1.', fraction),
    realized_variance: double.nullable(
      'Sum of the squared five-minute log returns from the open. NULL unless whole numbers of bars make five minutes.',
      { unit: 'variance per session' },
    ),
    realized_volatility: double.nullable('Square root of 252 times the realized variance.', {
      unit: 'fraction per year',
    }),
    bipower_variation: double.nullable(
      'Variance without jumps: pi / 2 * n / (n - 1) times the sum of the products of neighbouring absolute returns. Barndorff-Nielsen and Shephard 2004.',
      { unit: 'variance per session' },
    ),
    jump_share: double.nullable('1 - bipower variation / realized variance, or 0 if that is negative.', fraction),
    downside_share: double.nullable('Share of the realized variance that is from negative returns.', fraction),
    steepest_30_return: double.nullable('Lowest return over 30 minutes, from minute to minute.', fraction),
    minutes_to_steepest_30: bigint.nullable('End of the first such 30 minutes.', minutes),
    vwap: double.nullable(
      'Volume-weighted mean of the typical prices (high + low + close) / 3. NULL unless the feed is consolidated.',
      usd,
    ),
    close_against_vwap: double.nullable('Close / vwap - 1. NULL unless the feed is consolidated.', fraction),
    last_30_volume_share: double.nullable(
      'Share of the volume in the last 30 minutes. NULL unless the feed is consolidated.',
      fraction,
    ),
  },
  sql: sql`
    with bars as (${barsAsKnown}),
    counted as (
      select
        ${series()},
        max(session_number) as session_number,
        max(session_minutes) as session_minutes,
        count(*) as bar_count,
        floor(cast(max(session_minutes) as double) / interval_minutes) as bar_room,
        max(case when start_minute = 0 then open end) as open,
        max(high) as high,
        min(low) as low,
        max_by(close, start_minute) as close,
        max(case when end_minute <= 30 then high end) as opening_range_high,
        min(case when end_minute <= 30 then low end) as opening_range_low,
        max_by(close, case when end_minute <= 30 then start_minute end) as price_at_30,
        max_by(close, case when end_minute <= session_minutes - 30 then start_minute end) as price_before_last_30,
        case
          when feed = 'consolidated' and count(volume) = count(*)
          then ${fineSum('(high + low + close) / 3e0 * volume', amounts)}
        end as amount,
        case when feed = 'consolidated' and count(volume) = count(*) then ${fineSum('volume', amounts)} end as volume,
        ${fineSum('case when start_minute >= session_minutes - 30 then volume end', amounts)} as last_30_volume
      from bars
      group by ${series()}
    ),
    covered as (
      select
        counted.*,
        cast(bar_room as bigint) as expected_bar_count,
        bar_count >= 9e-1 * bar_room and open is not null as is_covered
      from counted
    ),
    chosen as (
      select
        best.*,
        case
          when lag(session_number) over (partition by symbol, feed order by session) = session_number - 1
          then lag(close) over (partition by symbol, feed order by session)
        end as last_close
      from (
        select
          covered.*,
          row_number() over (
            partition by symbol, session, feed order by case when is_covered then 1 else 2 end, interval_minutes, source
          ) as preference
        from covered
      ) as best
      where preference = 1
    ),
    splits as (${knownSplits}),
    days as (
      select
        chosen.*,
        last_close / case
          when ${isMoveBy('ln(last_close / coalesce(open, close))', 'split_factor')} then split_factor else 1e0
        end as previous_close
      from chosen
      left join splits on splits.symbol = chosen.symbol and splits.session = chosen.session
    ),
    placed as (
      select
        bars.*,
        d.open as session_open, d.high as session_high, d.low as session_low,
        d.previous_close, d.opening_range_high, d.opening_range_low,
        lead(end_minute) over (
          partition by bars.symbol, bars.session, bars.feed order by bars.start_minute
        ) as next_end_minute
      from bars
      join days d on ${sameSeries('d', 'bars')}
      where d.is_covered
    ),
    times as (
      select
        symbol, session, feed,
        min(case when high = session_high then start_minute end) as minutes_to_high,
        min(case when low = session_low then start_minute end) as minutes_to_low,
        max(case when close >= session_open then end_minute end) as last_above_open,
        min(case when close < previous_close then end_minute end) as first_below_previous_close,
        min(case when start_minute >= 30 and close > opening_range_high then end_minute end) as first_above_range,
        min(case when start_minute >= 30 and close < opening_range_low then end_minute end) as first_below_range
      from placed
      group by symbol, session, feed
    ),
    -- The last price at each minute on which a bar could end, and the open.
    prices as (
      select symbol, session, feed, at_minute, close as price
      from placed
      cross join unnest(
        sequence(end_minute, coalesce(next_end_minute - 1, session_minutes), interval_minutes)
      ) as minutes (at_minute)
      union all
      select symbol, session, feed, 0, session_open
      from placed
      where start_minute = 0
    ),
    paired as (
      select
        symbol, session, feed, at_minute,
        case
          when at_minute % 5 = 0
          then ln(price / max(price) over (
            partition by symbol, session, feed order by at_minute range between 5 preceding and 5 preceding
          ))
        end as return_5,
        price / max(price) over (
          partition by symbol, session, feed order by at_minute range between 30 preceding and 30 preceding
        ) - 1 as return_30
      from prices
    ),
    moves as (
      select
        symbol, session, feed, at_minute, return_5, return_30,
        max(return_5) over (
          partition by symbol, session, feed order by at_minute range between 5 preceding and 5 preceding
        ) as previous_return_5,
        min(return_30) over (partition by symbol, session, feed) as steepest_30_return
      from paired
    ),
    sums as (
      select
        symbol, session, feed,
        count(return_5) as return_count,
        ${fineSum('return_5 * return_5', squares)} as squared,
        ${fineSum('abs(return_5) * abs(previous_return_5)', squares)} as paired_absolute,
        ${fineSum('case when return_5 < 0 then return_5 * return_5 else 0e0 end', squares)} as squared_down,
        max(steepest_30_return) as steepest_30_return,
        min(case when return_30 = steepest_30_return then at_minute end) as minutes_to_steepest_30
      from moves
      group by symbol, session, feed
    ),
    variances as (
      select
        d.*,
        t.minutes_to_high, t.minutes_to_low, t.last_above_open, t.first_below_previous_close,
        t.first_above_range, t.first_below_range,
        s.steepest_30_return, s.minutes_to_steepest_30,
        case when return_count * 5 = session_minutes then squared end as realized_variance,
        case when return_count * 5 = session_minutes then squared_down end as downside_variance,
        case
          when return_count * 5 = session_minutes
          then pi() / 2e0 * return_count / (return_count - 1e0) * paired_absolute
        end as bipower_variation
      from days d
      left join times t on t.symbol = d.symbol and t.session = d.session and t.feed = d.feed
      left join sums s on s.symbol = d.symbol and s.session = d.session and s.feed = d.feed
    )
    select
      symbol, session, feed, source, interval_minutes, session_minutes, bar_count, expected_bar_count, previous_close,
      case when is_covered then open end as open,
      case when is_covered then high end as high,
      case when is_covered then low end as low,
      case when is_covered then close end as close,
      minutes_to_high,
      minutes_to_low,
      case when is_covered and close < open then coalesce(last_above_open, 0) end as minutes_to_turn,
      case when is_covered and open > previous_close then first_below_previous_close end as minutes_to_gap_lost,
      case when is_covered then opening_range_high end as opening_range_high,
      case when is_covered then opening_range_low end as opening_range_low,
      case
        when first_above_range is not null and (first_below_range is null or first_above_range < first_below_range) then 'up'
        when first_below_range is not null then 'down'
      end as opening_range_break,
      least(
        coalesce(first_above_range, first_below_range), coalesce(first_below_range, first_above_range)
      ) as minutes_to_opening_range_break,
      case when is_covered then price_at_30 / open - 1 end as first_30_return,
      case when is_covered then close / price_before_last_30 - 1 end as last_30_return,
      case when is_covered then open / previous_close - 1 end as overnight_return,
      case when is_covered then close / open - 1 end as session_return,
      realized_variance,
      sqrt(252e0 * realized_variance) as realized_volatility,
      bipower_variation,
      greatest(1 - bipower_variation / nullif(realized_variance, 0), 0e0) as jump_share,
      downside_variance / nullif(realized_variance, 0) as downside_share,
      steepest_30_return,
      minutes_to_steepest_30,
      case when is_covered then amount / nullif(volume, 0) end as vwap,
      case when is_covered then close / nullif(amount / nullif(volume, 0), 0) - 1 end as close_against_vwap,
      case when is_covered and volume is not null then last_30_volume / nullif(volume, 0) end as last_30_volume_share
    from variances
  `,
})
