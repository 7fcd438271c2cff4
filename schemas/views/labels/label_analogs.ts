import { benchmark } from '../../baskets.ts'
import { bigint, date, double, string } from '../../column.ts'
import { analogStatistics } from '../../tables/analog_statistics.ts'
import { forwardHorizons } from '../../thresholds.ts'
import { defineView, join, literals, raw, sql } from '../../view.ts'
import { labelForwardDrawdown } from './label_forward_drawdown.ts'

const { mean_return, median_return, hit_rate, mean_low_95, mean_high_95, unconditional_mean } = analogStatistics.columns

export const labelAnalogs = defineView({
  name: 'label_analogs',
  doc: 'One row per benchmark, threshold, gap-and-reverse session and horizon: the returns that followed the earlier cases, and the return that followed this one.',
  grain: ['symbol', 'threshold', 'session', 'horizon'],
  columns: {
    symbol: string('The S&P 500 as an index or as a fund, which give different cases.'),
    threshold: double('Smallest opening gap that counts as a case.', { unit: 'fraction' }),
    session: date('XNYS session of the case.'),
    horizon: bigint('Horizon: number of sessions after this one.', { unit: 'sessions' }),
    case_count: bigint('Number of earlier cases whose horizon had passed.', { unit: 'cases' }),
    mean_return,
    median_return,
    hit_rate,
    mean_low_95,
    mean_high_95,
    unconditional_mean,
    forward_return: double.nullable('Return over the horizon after this case. NULL until the horizon has passed.', {
      unit: 'fraction',
    }),
  },
  sql: sql`
    with forward as (
      select * from ${labelForwardDrawdown} where symbol in (${literals(Object.values(benchmark))})
    ),
    followed as (
      ${join(
        forwardHorizons.map((n) =>
          raw(`select symbol, session, ${n} as horizon, forward_return_${n} as forward_return from forward`),
        ),
        '\nunion all\n',
      )}
    )
    select
      a.symbol, a.threshold, a.session, a.horizon, case_count, mean_return, median_return, hit_rate, mean_low_95, mean_high_95,
      unconditional_mean, forward_return
    from ${analogStatistics} a
    left join followed on followed.symbol = a.symbol and followed.session = a.session and followed.horizon = a.horizon
  `,
})
