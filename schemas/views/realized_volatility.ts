import { date, double, string } from '../column.ts'
import { defineView, raw, sql } from '../view.ts'
import { full } from './as_known.ts'
import { dailyBarsAsKnown } from './daily_bars_as_known.ts'

const n = 20
/** Weight of the open-to-close variance (Yang, Zhang 2000). */
const k = 0.34 / (1.34 + (n + 1) / (n - 1))
const window = 'w'
const annual = { unit: 'fraction per year' }

export const realizedVolatility = defineView({
  name: 'realized_volatility',
  doc: 'One row per symbol and session: five estimators of volatility over 20 sessions, annualised by the root of 252.',
  grain: ['symbol', 'session'],
  columns: {
    symbol: string('Ticker.'),
    session: date('XNYS session.'),
    close_to_close_20: double.nullable('Sample standard deviation of log returns. NULL until 20 are there.', annual),
    parkinson_20: double.nullable('From high and low. Parkinson 1980. NULL while bars are flat.', annual),
    garman_klass_20: double.nullable(
      'From open, high, low and close. Garman, Klass 1980. NULL on stale opens.',
      annual,
    ),
    rogers_satchell_20: double.nullable(
      'As Garman-Klass, unbiased under drift. Rogers, Satchell 1991. NULL on stale opens.',
      annual,
    ),
    yang_zhang_20: double.nullable(
      'Overnight, open-to-close and Rogers-Satchell variance. Yang, Zhang 2000. NULL on stale opens.',
      annual,
    ),
  },
  sql: sql`
    with logs as (
      select
        symbol,
        session,
        session_number,
        ln(close / previous_close) as log_return,
        case when has_range then ln(high / low) end as high_low,
        case when has_open then ln(open / previous_close) end as overnight,
        case when has_open then ln(close / open) end as open_close,
        case when has_open then ln(high / close) * ln(high / open) + ln(low / close) * ln(low / open) end as rogers_satchell
      from ${dailyBarsAsKnown}
    ),
    terms as (
      select
        logs.*,
        high_low * high_low as high_low_squared,
        5e-1 * high_low * high_low - (2e0 * ln(2e0) - 1) * open_close * open_close as garman_klass
      from logs
    ),
    moments as (
      select
        symbol,
        session,
        -- Twenty rows that span twenty sessions: a missing bar leaves the window incomplete.
        session_number - min(session_number) over w = ${n - 1} as is_unbroken,
        ${full(raw('stddev_samp(log_return)'), raw('log_return'), window, n)} as deviation,
        ${full(raw('avg(high_low_squared)'), raw('high_low_squared'), window, n)} as parkinson,
        ${full(raw('avg(garman_klass)'), raw('garman_klass'), window, n)} as garman_klass,
        ${full(raw('avg(rogers_satchell)'), raw('rogers_satchell'), window, n)} as rogers_satchell,
        ${full(raw('var_samp(overnight)'), raw('overnight'), window, n)} as overnight,
        ${full(raw('var_samp(open_close)'), raw('open_close'), window, n)} as open_close
      from terms
      window w as (partition by symbol order by session rows between ${n - 1} preceding and current row)
    )
    select
      symbol,
      session,
      case when is_unbroken then deviation * sqrt(252e0) end as close_to_close_20,
      case when is_unbroken then sqrt(252e0 * parkinson / (4e0 * ln(2e0))) end as parkinson_20,
      case when is_unbroken then sqrt(252e0 * greatest(garman_klass, 0e0)) end as garman_klass_20,
      case when is_unbroken then sqrt(252e0 * greatest(rogers_satchell, 0e0)) end as rogers_satchell_20,
      case
        when is_unbroken
        then sqrt(252e0 * (overnight + ${raw(k.toExponential())} * open_close + ${raw((1 - k).toExponential())} * rogers_satchell))
      end as yang_zhang_20
    from moments
  `,
})
