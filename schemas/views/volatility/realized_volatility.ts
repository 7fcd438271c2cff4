import { type Column, date, double, string } from '../../column.ts'
import { defineView, join, raw, type Sql, sql } from '../../view.ts'
import { dailyBarsAsKnown } from '../bars/daily_bars_as_known.ts'

const windows = [20, 60] as const
const annual = { unit: 'fraction per year' }

const estimators = {
  close_to_close: 'Sample standard deviation of log returns.',
  zero_mean: 'Square root of the mean squared log return.',
  parkinson: 'Volatility from high and low. Parkinson 1980. NULL while bars are flat.',
  garman_klass: 'Volatility from open, high, low and close. Garman and Klass 1980. NULL on stale opens.',
  rogers_satchell: 'Like Garman-Klass, but unbiased under drift. Rogers and Satchell 1991. NULL on stale opens.',
  yang_zhang:
    'Volatility from overnight, open-to-close and Rogers-Satchell variance. Yang and Zhang 2000. NULL on stale opens.',
} as const

type Name = `${keyof typeof estimators}_${(typeof windows)[number]}`

const columns = Object.fromEntries(
  windows.flatMap((n) =>
    Object.entries(estimators).map(([name, doc]) => [
      `${name}_${n}`,
      double.nullable(`${doc} Over ${n} sessions, annualised. NULL if a session is missing.`, annual),
    ]),
  ),
) as Record<Name, Column<number | null>>

/** Moments, and which windows are complete: n rows over n sessions, each with the inputs of the estimator. */
const moments = (n: number): Sql =>
  raw(`count(log_return) over w${n} = ${n} as has_returns_${n},
    session_number - lag(session_number, ${n - 1}) over (partition by symbol order by session) = ${n - 1} and count(high_low) over w${n} = ${n} as has_ranges_${n},
    session_number - lag(session_number, ${n - 1}) over (partition by symbol order by session) = ${n - 1} and count(open_close) over w${n} = ${n} as has_opens_${n},
    stddev_samp(log_return) over w${n} as deviation_${n},
    avg(log_return * log_return) over w${n} as squared_return_${n},
    avg(high_low * high_low) over w${n} as squared_range_${n},
    avg(garman_klass) over w${n} as garman_klass_${n},
    avg(rogers_satchell) over w${n} as rogers_satchell_${n},
    var_samp(overnight) over w${n} as overnight_${n},
    var_samp(open_close) over w${n} as open_close_${n}`)

/** `k` is the weight of the open-to-close variance (Yang and Zhang 2000). */
const annualised = (n: number): Sql => {
  const k = 0.34 / (1.34 + (n + 1) / (n - 1))
  // An engine that adds and subtracts along a window leaves rounding below zero.
  const variance = (has: string, text: string) =>
    raw(`case when has_${has}_${n} then sqrt(252e0 * greatest(${text}, 0e0)) end`)
  return sql`
    case when has_returns_${n} then deviation_${n} * sqrt(252e0) end as close_to_close_${n},
    ${variance('returns', `squared_return_${n}`)} as zero_mean_${n},
    ${variance('ranges', `squared_range_${n} / (4e0 * ln(2e0))`)} as parkinson_${n},
    ${variance('opens', `garman_klass_${n}`)} as garman_klass_${n},
    ${variance('opens', `rogers_satchell_${n}`)} as rogers_satchell_${n},
    case
      when has_returns_${n} and has_opens_${n}
      then sqrt(252e0 * greatest(overnight_${n} + ${raw(k.toExponential())} * open_close_${n} + ${raw((1 - k).toExponential())} * rogers_satchell_${n}, 0e0))
    end as yang_zhang_${n}`
}

export const realizedVolatility = defineView({
  name: 'realized_volatility',
  doc: 'One row per symbol and session: estimators of realized volatility over 20 and 60 sessions, annualised by the square root of 252.',
  grain: ['symbol', 'session'],
  columns: { symbol: string('Ticker.'), session: date('XNYS session.'), ...columns },
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
        5e-1 * high_low * high_low - (2e0 * ln(2e0) - 1) * open_close * open_close as garman_klass
      from logs
    ),
    moments as (
      select symbol, session, ${join(windows.map(moments), ',\n')}
      from terms
      window ${join(
        windows.map((n) =>
          raw(`w${n} as (partition by symbol order by session rows between ${n - 1} preceding and current row)`),
        ),
        ',\n',
      )}
    )
    select symbol, session, ${join(windows.map(annualised), ',\n')}
    from moments
  `,
})
