import { date, double, string } from '../../column.ts'
import { effectiveSpreads } from '../../tables/effective_spreads.ts'
import { defineView, raw, sql } from '../../view.ts'
import { dailyBarsAsKnown } from '../bars/daily_bars_as_known.ts'
import { type Block, deviations, lags, oneSeries, total, valuesOf } from '../shared/lag-blocks.ts'

const n = 21
const seven: Block = { count: 7, size: 1 }
const twentyOne: Block = { count: 3, size: 7 }
const fraction = { unit: 'fraction' }
/** Columns whose mean over 21 sessions is needed. */
const summed = ['impact', 'midrange_product', 'positive_two_day', 'midrange_root'] as const
const returns = valuesOf('log_return', seven)
const previousReturns = [...returns.slice(1), 'log_return_7']
/** Corwin-Schultz two-day spread from the squared log ranges of each day (beta) and of both days together (gamma). */
const corwinSchultz = (beta: string, gamma: string) => {
  const alpha = `((sqrt(2e0 * ${beta}) - sqrt(${beta})) / (3e0 - 2e0 * sqrt(2e0)) - sqrt(${gamma} / (3e0 - 2e0 * sqrt(2e0))))`
  return raw(`2e0 * (exp(${alpha}) - 1) / (1 + exp(${alpha}))`)
}

export const spreadEstimates = defineView({
  name: 'spread_estimates',
  doc: 'One row per symbol and session: illiquidity and bid-ask spreads estimated from daily bars. For liquid symbols, the estimates follow volatility more than trading costs.',
  grain: ['symbol', 'session'],
  // 22 sessions are at most 45 days.
  materialized: { yearOf: 'session', daysBack: 60, yearsAtOnce: 5, rowGroup: 16_384, rowsBack: 21 },
  columns: {
    symbol: string('Ticker.'),
    session: date('XNYS session.'),
    amihud_illiquidity_21: double.nullable(
      'Mean over 21 sessions of |return| / dollar volume, times a million. NULL if a session has no volume. Amihud 2002. It is meaningless for an index, whose volume times level is not a dollar volume.',
      { unit: 'per million USD' },
    ),
    corwin_schultz_two_day: double.nullable(
      'Spread from the ranges of this session and the previous one, corrected for the overnight move. It can be negative. Corwin and Schultz 2012.',
      fraction,
    ),
    corwin_schultz_two_day_raw: double.nullable('The same spread without the overnight correction.', fraction),
    corwin_schultz_21: double.nullable('Mean of the two-day spreads over 21 sessions, negative ones as 0.', fraction),
    abdi_ranaldo_21: double.nullable(
      'Spread from close, high and low over 21 sessions. Abdi and Ranaldo 2017.',
      fraction,
    ),
    abdi_ranaldo_two_day_21: double.nullable(
      'Mean of the two-day spreads of the same estimator over 21 sessions.',
      fraction,
    ),
    roll_21: double.nullable(
      'Spread: twice the square root of minus the autocovariance of log returns, or 0 if that autocovariance is positive. Roll 1984.',
      fraction,
    ),
    edge_21: double.nullable(
      'Spread from open, high, low and close of 21 bars (EDGE). Ardia, Guidotti and Kroencke 2024. NULL on stale opens.',
      fraction,
    ),
  },
  sql: sql`
    with shifted as (
      select
        symbol, session, session_number, close, volume, previous_close,
        ln(close / previous_close) as log_return,
        abs(close / previous_close - 1) / nullif(close * cast(volume as double), 0) * 1e6 as impact,
        case when has_range then high end as day_high,
        case when has_range then low end as day_low,
        previous_high, previous_low,
        -- A day whose whole range is above or below the previous close is shifted back to it.
        greatest(low - previous_close, 0e0) - greatest(previous_close - high, 0e0) as overnight_move
      from ${dailyBarsAsKnown}
    ),
    paired as (
      select
        shifted.*,
        -- Rounding may leave nothing of a low that is shifted by a move many times its size.
        case
          when day_low - overnight_move > 0
          then power(ln(previous_high / previous_low), 2) + power(ln((day_high - overnight_move) / (day_low - overnight_move)), 2)
        end as beta,
        case
          when day_low - overnight_move > 0
          then power(ln(greatest(previous_high, day_high - overnight_move) / least(previous_low, day_low - overnight_move)), 2)
        end as gamma,
        power(ln(previous_high / previous_low), 2) + power(ln(day_high / day_low), 2) as raw_beta,
        power(ln(greatest(previous_high, day_high) / least(previous_low, day_low)), 2) as raw_gamma,
        4e0 * (ln(previous_close) - (ln(previous_high) + ln(previous_low)) / 2e0)
          * (ln(previous_close) - (ln(day_high) + ln(day_low)) / 2e0) as midrange_product
      from shifted
    ),
    spreads as (
      select
        paired.*,
        ${corwinSchultz('beta', 'gamma')} as two_day,
        ${corwinSchultz('raw_beta', 'raw_gamma')} as two_day_raw
      from paired
    ),
    terms as (
      select
        symbol, session, two_day, two_day_raw, log_return, impact, midrange_product,
        case when two_day > 0 then two_day when two_day <= 0 then 0e0 end as positive_two_day,
        case when midrange_product > 0 then sqrt(midrange_product) when midrange_product <= 0 then 0e0 end as midrange_root
      from spreads
    ),
    -- 21 rows with a return are 21 consecutive sessions, since a return needs the previous session.
    rows_of_seven as (
      select terms.*, lag(log_return, 7) over w as log_return_7, ${lags(['log_return', ...summed], seven)}
      from terms
      ${oneSeries}
    ),
    sevens as (
      select
        symbol, session, two_day, two_day_raw,
        ${raw([...summed].map((name) => `${total(valuesOf(name, seven))} as ${name}`).join(',\n'))},
        ${raw(total(returns))} as log_return,
        ${raw(total(previousReturns))} as previous_return,
        ${raw(deviations(seven, returns, previousReturns))} as codeviation
      from rows_of_seven
    ),
    rows_of_21 as (
      select sevens.*, ${lags(['log_return', 'previous_return', 'codeviation', ...summed], twentyOne)}
      from sevens
      ${oneSeries}
    ),
    averaged as (
      select
        symbol, session, two_day, two_day_raw,
        ${raw([...summed].map((name) => `${total(valuesOf(name, twentyOne))} / ${n}e0 as ${name}`).join(',\n'))},
        (${raw(deviations(twentyOne, valuesOf('log_return', twentyOne), valuesOf('previous_return', twentyOne), valuesOf('codeviation', twentyOne)))}) / ${n - 1}e0 as autocovariance
      from rows_of_21
    )
    select
      averaged.symbol,
      averaged.session,
      impact as amihud_illiquidity_21,
      two_day as corwin_schultz_two_day,
      two_day_raw as corwin_schultz_two_day_raw,
      positive_two_day as corwin_schultz_21,
      case when positive_two_day is not null then sqrt(greatest(midrange_product, 0e0)) end as abdi_ranaldo_21,
      case when positive_two_day is not null then midrange_root end as abdi_ranaldo_two_day_21,
      case when autocovariance is not null then 2e0 * sqrt(greatest(-autocovariance, 0e0)) end as roll_21,
      edge.edge_21
    from averaged
    left join ${effectiveSpreads} edge on edge.symbol = averaged.symbol and edge.session = averaged.session
  `,
})
