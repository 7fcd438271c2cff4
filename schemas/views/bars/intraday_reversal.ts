import { bigint, boolean, date, double, string } from '../../column.ts'
import { defineView, raw, sql } from '../../view.ts'
import { type Block, lags, oneSeries, total, valuesOf } from '../shared/lag-blocks.ts'
import { preferredShape } from '../shared/preferred-feed.ts'
import { dailyBarsAsKnown } from './daily_bars_as_known.ts'

const fraction = { unit: 'fraction' }
const minutes = { unit: 'minutes' }
const fourteen: Block = { count: 14, size: 1 }

export const intradayReversal = defineView({
  name: 'intraday_reversal',
  doc: 'One row per symbol and session: the gap at the open, and the moves of the session up to the close.',
  grain: ['symbol', 'session'],
  // 14 sessions are at most 30 days.
  materialized: { yearOf: 'session', daysBack: 40, yearsAtOnce: 5, rowGroup: 16_384, rowsBack: 13 },
  columns: {
    symbol: string('Ticker.'),
    session: date('XNYS session.'),
    gap_return: double.nullable('open / previous close - 1. NULL on stale opens.', fraction),
    close_return: double.nullable('close / previous close - 1.', fraction),
    open_to_close_return: double.nullable('close / open - 1. NULL on stale opens.', fraction),
    range_fraction: double.nullable('(high - low) / previous close. NULL on flat bars.', fraction),
    true_range: double.nullable('max(high - low, |high - previous close|, |low - previous close|).', { unit: 'USD' }),
    true_range_fraction: double.nullable('true_range / previous close.', fraction),
    average_true_range_14: double.nullable('Mean true range of 14 sessions. NULL if one is missing.', {
      unit: 'USD',
    }),
    close_location: double.nullable(
      'Close location value: ((close - low) - (high - close)) / (high - low), in [-1, 1]. At or below -0.9, the session closed near its low. Chaikin.',
      {
        unit: 'ratio',
      },
    ),
    fade_from_high: double.nullable('close / high - 1. NULL on flat bars.', fraction),
    gap_retrace: double.nullable(
      '(open - close) / (open - previous close) for a gap up. Above 1, the whole gap was lost. NULL on stale opens.',
      {
        unit: 'ratio',
      },
    ),
    is_gap_and_reverse: boolean.nullable(
      'True if the gap is above 1 % (strictly) and the close is below the previous close. NULL on stale opens.',
    ),
    is_bearish_engulfing: boolean.nullable(
      'Bearish engulfing pattern: the body of a falling bar covers that of the rising bar before it (TA-Lib CDLENGULFING). NULL on stale opens.',
    ),
    is_stale_open: boolean('True if the open equals the previous close.'),
    minutes_to_high: bigint.nullable(
      'Minutes from the open to the bar with the high. NULL without bars inside the session, as the columns below.',
      minutes,
    ),
    minutes_to_turn: bigint.nullable(
      'Minutes from the open after which the price stayed below the open, if the session closed below it.',
      minutes,
    ),
    minutes_to_gap_lost: bigint.nullable(
      'Minutes from the open to the first bar that closed below the previous close, after a gap up. NULL if the gap was kept.',
      minutes,
    ),
    minutes_to_low: bigint.nullable('Minutes from the open to the bar with the low.', minutes),
  },
  // A window sorts all columns that it returns. So there is one window, over the columns that are needed after it: 13 lags in one window take
  // two thirds of the time of 6 lags and 1 lag in two.
  sql: sql`
    with opened as (
      select
        symbol, session, low, close, previous_open, previous_close, is_stale_open,
        case when has_open then open end as real_open,
        case when has_range then high end as real_high,
        case
          when previous_close is not null and has_range
          then greatest(high - low, abs(high - previous_close), abs(low - previous_close))
        end as true_range
      from ${dailyBarsAsKnown}
    ),
    ranged as (
      select opened.*, ${lags(['true_range'], fourteen)}
      from opened
      ${oneSeries}
    ),
    shapes as (
      select
        symbol as shape_symbol, session as shape_session,
        minutes_to_high, minutes_to_turn, minutes_to_gap_lost, minutes_to_low
      from (${preferredShape}
      ) as preferred
    )
    select
      symbol,
      session,
      real_open / previous_close - 1 as gap_return,
      close / previous_close - 1 as close_return,
      close / real_open - 1 as open_to_close_return,
      (real_high - low) / previous_close as range_fraction,
      true_range,
      true_range / previous_close as true_range_fraction,
      -- 14 true ranges are those of 14 consecutive sessions, since each needs the previous session.
      ${raw(total(valuesOf('true_range', fourteen)))} / 14e0 as average_true_range_14,
      ((close - low) - (real_high - close)) / nullif(real_high - low, 0) as close_location,
      close / real_high - 1 as fade_from_high,
      case when real_open > previous_close then (real_open - close) / (real_open - previous_close) end as gap_retrace,
      case
        when real_open is not null and previous_close is not null
        then real_open / previous_close - 1 > 1e-2 + 1e-12 and close < previous_close
      end as is_gap_and_reverse,
      case
        when real_open is not null and previous_close is not null
        then
          previous_close > previous_open
          and close < real_open
          and real_open >= previous_close
          and close <= previous_open
          and (real_open > previous_close or close < previous_open)
      end as is_bearish_engulfing,
      is_stale_open,
      minutes_to_high,
      minutes_to_turn,
      minutes_to_gap_lost,
      minutes_to_low
    from ranged
    left join shapes on shape_symbol = symbol and shape_session = session
  `,
})
