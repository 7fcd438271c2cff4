import { benchmark } from '../../baskets.ts'
import { boolean, date } from '../../column.ts'
import { defineView, literals, raw, sql } from '../../view.ts'
import { dailyBarsAsKnown } from '../bars/daily_bars_as_known.ts'
import { full, unbroken } from '../shared/as-known.ts'
import { isAbove } from '../shared/spread.ts'
import { volatilityIndicesAsKnown } from './volatility_indices_as_known.ts'

export const negativeGammaProxy = defineView({
  name: 'negative_gamma_proxy',
  doc: 'One row per session: a proxy from prices alone for dealers being short gamma. It uses no option data, and it adds almost nothing to the level of VIX.',
  grain: ['session'],
  columns: {
    session: date('XNYS session.'),
    is_below_mean_50: boolean.nullable('True if the S&P 500 closed below the mean of its last 50 closes.'),
    is_volatility_rising: boolean.nullable('True if volatility over five sessions is above that over twenty.'),
    is_vix_up: boolean.nullable('True if VIX closed above its previous close.'),
    is_negative_gamma_proxy: boolean.nullable(
      'All three. NULL unless all three are known: where one of them is never known, only "no" could be decided, and a base rate would count sessions on which the proxy cannot be true.',
    ),
  },
  sql: sql`
    with returns as (
      select session, session_number, close, ln(close / previous_close) as log_return
      from ${dailyBarsAsKnown}
      where symbol = ${literals([benchmark.index])}
    ),
    windowed as (
      select
        session,
        case when ${unbroken('w50', 50)} then close < (1e0 - 1e-12) * ${full(raw('avg(close)'), raw('close'), 'w50', 50)} end as is_below_mean_50,
        case
          when ${unbroken('w20', 20)}
          then ${isAbove(full(raw('stddev_samp(log_return)'), raw('log_return'), 'w5', 5), full(raw('stddev_samp(log_return)'), raw('log_return'), 'w20', 20))}
        end as is_volatility_rising
      from returns
      window
        w5 as (order by session rows between 4 preceding and current row),
        w20 as (order by session rows between 19 preceding and current row),
        w50 as (order by session rows between 49 preceding and current row)
    ),
    vix as (
      select session, case when lag(session_number) over w = session_number - 1 then close - lag(close) over w end as change
      from ${volatilityIndicesAsKnown}
      where symbol = 'VIX'
      window w as (order by session)
    )
    select
      windowed.session,
      is_below_mean_50,
      is_volatility_rising,
      vix.change > 0 as is_vix_up,
      case
        when is_below_mean_50 is not null and is_volatility_rising is not null and vix.change is not null
        then is_below_mean_50 and is_volatility_rising and vix.change > 0
      end as is_negative_gamma_proxy
    from windowed
    left join vix on vix.session = windowed.session
  `,
})
