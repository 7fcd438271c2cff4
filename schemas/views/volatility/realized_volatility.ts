import { type Column, date, double, string } from '../../column.ts'
import { defineView, join, raw, type Sql, sql } from '../../view.ts'
import { dailyBarsAsKnown } from '../bars/daily_bars_as_known.ts'
import { type Block, deviations, lags, oneSeries, total, valuesOf } from '../shared/lag-blocks.ts'

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

const five: Block = { count: 5, size: 1 }
const twenty: Block = { count: 4, size: 5 }
const sixty: Block = { count: 3, size: 20 }

/** Columns whose sum is needed, and columns whose variance is needed, too. */
const summed = ['squared_range', 'rogers_satchell'] as const
const measured = ['log_return', 'overnight', 'open_close'] as const
const within = (name: string) => `${name}_deviation`
const all = [...summed, ...measured, ...measured.map(within)]

/** Sums of the values of a block, under the same names or with a suffix. */
const sums = (block: Block, suffix = ''): Sql =>
  join(
    [
      ...[...summed, ...measured].map((name) => raw(`${total(valuesOf(name, block))} as ${name}${suffix}`)),
      ...measured.map((name) => {
        const x = valuesOf(name, block)
        return raw(
          `${deviations(block, x, x, block.size > 1 ? valuesOf(within(name), block) : [])} as ${within(name)}${suffix}`,
        )
      }),
    ],
    ',\n',
  )

/** `k` is the weight of the open-to-close variance (Yang and Zhang 2000). */
const annualised = (n: number): Sql => {
  const k = 0.34 / (1.34 + (n + 1) / (n - 1))
  const squares = (name: string) => `(${within(name)}_${n} + ${name}_${n} * ${name}_${n} / ${n}e0)`
  // A window of returns has no gap, since a return needs the previous session. Garman-Klass and Rogers-Satchell may round below zero.
  const whole = (input: string, variance: string) =>
    raw(`case when is_whole_${n} and ${input}_${n} is not null then sqrt(252e0 * greatest(${variance}, 0e0)) end`)
  return sql`
    sqrt(252e0 * ${raw(within('log_return'))}_${n} / ${n - 1}) as close_to_close_${n},
    sqrt(252e0 * ${raw(squares('log_return'))} / ${n}) as zero_mean_${n},
    ${whole('squared_range', `squared_range_${n} / ${n} / (4e0 * ln(2e0))`)} as parkinson_${n},
    ${whole('open_close', `(5e-1 * squared_range_${n} - (2e0 * ln(2e0) - 1) * ${squares('open_close')}) / ${n}`)} as garman_klass_${n},
    ${whole('rogers_satchell', `rogers_satchell_${n} / ${n}`)} as rogers_satchell_${n},
    ${whole('overnight', `(${within('overnight')}_${n} + ${k.toExponential()} * ${within('open_close')}_${n}) / ${n - 1} + ${(1 - k).toExponential()} * rogers_satchell_${n} / ${n}`)} as yang_zhang_${n}`
}

export const realizedVolatility = defineView({
  name: 'realized_volatility',
  doc: 'One row per symbol and session: estimators of realized volatility over 20 and 60 sessions, annualised by the square root of 252.',
  grain: ['symbol', 'session'],
  // 60 sessions are at most 100 days.
  materialized: { yearOf: 'session', daysBack: 120, yearsAtOnce: 5, rowGroup: 16_384, rowsBack: 59 },
  columns: { symbol: string('Ticker.'), session: date('XNYS session.'), ...columns },
  // Measured for 3.1 million rows on DuckDB: 6.5 s of processor time. Aggregates over frames of 20 and 60 rows need 10.8 s, and two
  // computations of one year that start on different days then differ in their last digits.
  sql: sql`
    with logs as (
      select
        symbol,
        session,
        session_number,
        ln(close / previous_close) as log_return,
        case when has_range then ln(high / low) * ln(high / low) end as squared_range,
        case when has_open then ln(open / previous_close) end as overnight,
        case when has_open then ln(close / open) end as open_close,
        case when has_open then ln(high / close) * ln(high / open) + ln(low / close) * ln(low / open) end as rogers_satchell
      from ${dailyBarsAsKnown}
    ),
    rows_of_five as (
      select
        logs.*,
        session_number - lag(session_number, 19) over w = 19 as is_whole_20,
        session_number - lag(session_number, 59) over w = 59 as is_whole_60,
        ${lags([...summed, ...measured], five)}
      from logs
      ${oneSeries}
    ),
    fives as (
      select symbol, session, is_whole_20, is_whole_60, ${sums(five)}
      from rows_of_five
    ),
    rows_of_twenty as (
      select fives.*, ${lags(all, twenty)}
      from fives
      ${oneSeries}
    ),
    twenties as (
      select symbol, session, is_whole_20, is_whole_60, ${sums(twenty)}
      from rows_of_twenty
    ),
    rows_of_sixty as (
      select twenties.*, ${lags(all, sixty)}
      from twenties
      ${oneSeries}
    ),
    sixties as (
      select symbol, session, is_whole_20, is_whole_60, ${raw(all.map((name) => `${name} as ${name}_20`).join(', '))}, ${sums(sixty, '_60')}
      from rows_of_sixty
    )
    select symbol, session, ${join(windows.map(annualised), ',\n')}
    from sixties
  `,
})
