import { bigint, date, double, string } from '../../column.ts'
import { defineView, join, raw, type Sql, sql } from '../../view.ts'
import { full, unbroken } from '../shared/as-known.ts'
import { moves } from '../shared/spread.ts'
import { steadySum } from '../shared/steady-sum.ts'
import { basketReturns } from './basket_returns.ts'

const fraction = { unit: 'fraction' }
const windows = [20, 60] as const

/** Moments of each member over a window without a missing bar. */
const moments = (n: number): Sql => sql`
  case when ${unbroken(`w${n}`, n)} then ${full(raw('avg(log_return)'), raw('log_return'), `w${n}`, n)} end as mean_${n},
  case when ${unbroken(`w${n}`, n)} then ${full(raw('stddev_samp(log_return)'), raw('log_return'), `w${n}`, n)} end as deviation_${n}`

/**
 * Mean of all pairwise correlations, computed exactly without forming the pairs: (N Var(s) - 1) / (N - 1).
 * s is the mean over the N members of their returns, each standardized inside the window.
 * The mean of s over the window is 0, so its variance is a sum of squares.
 */
const correlation = (n: number): Sql => sql`
  spread_${n} as (
    -- Each return once per window that contains it.
    select p.basket, p.symbol, p.session_number, p.log_return, window_end
    from measured p
    cross join unnest(sequence(p.session_number, p.session_number + ${n - 1})) as windows (window_end)
  ),
  standardized_${n} as (
    select t.basket, t.session, p.session_number, count(*) as symbol_count,
           ${steadySum(`(p.log_return - t.mean_${n}) / t.deviation_${n}`, 12)} / count(*) as s
    from measured t
    join spread_${n} p on p.basket = t.basket and p.symbol = t.symbol and p.window_end = t.session_number
    where ${moves(`t.deviation_${n}`)}
    group by t.basket, t.session, p.session_number
  ),
  correlated_${n} as (
    select basket, session, max(symbol_count) as symbol_count_${n},
           (max(symbol_count) * ${steadySum('s * s', 15)} / ${n - 1} - 1) / nullif(max(symbol_count) - 1, 0) as average_correlation_${n}
    from standardized_${n}
    group by basket, session
  )`

export const basketComovement = defineView({
  name: 'basket_comovement',
  doc: 'One row per basket and session: the comovement of its members, over the members with every bar in the window.',
  grain: ['basket', 'session'],
  materialized: { yearOf: 'session', daysBack: 120 },
  columns: {
    basket: string('Name of the group.'),
    session: date('XNYS session.'),
    symbol_count: bigint('Number of members with a return on the session.', { unit: 'symbols' }),
    dispersion: double.nullable('Population standard deviation (ddof 0) of the log returns across members.', fraction),
    symbol_count_20: bigint.nullable('Number of members with 20 consecutive returns.', { unit: 'symbols' }),
    average_correlation_20: double.nullable('Mean pairwise correlation of returns over 20 sessions.', {
      unit: 'ratio',
    }),
    symbol_count_60: bigint.nullable('Number of members with 60 consecutive returns.', { unit: 'symbols' }),
    average_correlation_60: double.nullable('Mean pairwise correlation of returns over 60 sessions.', {
      unit: 'ratio',
    }),
    beta_dominance_60: double.nullable(
      'Mean squared correlation of members with the market over 60 sessions: the share of variance that one factor explains. It is biased upwards if the market is the mean of the group.',
      fraction,
    ),
  },
  sql: sql`
    with measured as (
      select
        returns.*,
        ${join(windows.map(moments), ',\n')},
        ${full(raw('corr(log_return, market_return)'), raw('case when log_return is not null then market_return end'), 'w60', 60)} as market_correlation,
        ${full(raw('stddev_samp(market_return)'), raw('market_return'), 'w60', 60)} as market_deviation
      from ${basketReturns} returns
      window
        w20 as (partition by basket, symbol order by session rows between 19 preceding and current row),
        w60 as (partition by basket, symbol order by session rows between 59 preceding and current row)
    ),
    ${join(windows.map(correlation), ',\n')},
    across as (
      select
        basket,
        session,
        log_return,
        stddev_pop(log_return) over members as dispersion,
        avg(case when ${moves('deviation_60')} and ${moves('market_deviation')} then market_correlation * market_correlation end) over members as beta_dominance_60
      from measured
      window members as (partition by basket, session order by symbol rows between unbounded preceding and unbounded following)
    ),
    crossed as (
      select
        basket,
        session,
        count(log_return) as symbol_count,
        case when count(log_return) >= 2 then max(dispersion) end as dispersion,
        max(beta_dominance_60) as beta_dominance_60
      from across
      group by basket, session
    )
    select
      crossed.basket, crossed.session, symbol_count, dispersion,
      symbol_count_20, average_correlation_20, symbol_count_60, average_correlation_60, beta_dominance_60
    from crossed
    left join correlated_20 on correlated_20.basket = crossed.basket and correlated_20.session = crossed.session
    left join correlated_60 on correlated_60.basket = crossed.basket and correlated_60.session = crossed.session
  `,
})
