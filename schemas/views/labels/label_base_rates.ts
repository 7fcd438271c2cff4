import { benchmark } from '../../baskets.ts'
import { bigint, date, double, string } from '../../column.ts'
import { sessions } from '../../tables/sessions.ts'
import { drawdownDepths, drawdownHorizons } from '../../thresholds.ts'
import { defineView, join, literals, raw, sql } from '../../view.ts'
import { labelForwardDrawdown } from './label_forward_drawdown.ts'

const cases = drawdownHorizons.flatMap((horizon) =>
  drawdownDepths.map((depth) => raw(`(${horizon}, ${depth.toExponential()})`)),
)

export const labelBaseRates = defineView({
  name: 'label_base_rates',
  doc: 'One row per benchmark, horizon and depth: how often a drawdown of that depth follows an arbitrary session. A precursor must beat this base rate.',
  grain: ['symbol', 'horizon', 'depth'],
  columns: {
    symbol: string('The S&P 500 as an index or as a fund.'),
    horizon: bigint('Horizon: number of sessions after this one.', { unit: 'sessions' }),
    depth: double('Depth of the drawdown from the close.', { unit: 'fraction' }),
    first_session: date('First session counted.'),
    last_session: date('Last session whose horizon has passed.'),
    session_count: bigint('Sessions counted.', { unit: 'sessions' }),
    drawdown_count: bigint('Number of sessions followed by such a drawdown.', { unit: 'sessions' }),
    base_rate: double('drawdown_count / session_count.', { unit: 'fraction' }),
    run_count: bigint(
      'Number of runs of such sessions. A run ends at a session that is not counted. There are far fewer runs, since the horizons of neighbouring sessions overlap.',
      { unit: 'runs' },
    ),
  },
  sql: sql`
    with futures as (
      select
        symbol, session, horizon, depth,
        case horizon
          ${join(
            drawdownHorizons.map((horizon) => raw(`when ${horizon} then forward_minimum_return_${horizon}`)),
            '\n',
          )}
        end as forward_minimum_return
      from ${labelForwardDrawdown}
      cross join (values ${join(cases, ', ')}) as cases(horizon, depth)
      where symbol in (${literals(Object.values(benchmark))})
    ),
    cases as (
      select f.symbol, f.session, s.session_number, horizon, depth, forward_minimum_return <= -depth + 1e-12 as is_drawdown
      from futures f
      join ${sessions} s on s.session = f.session
      where forward_minimum_return is not null
    ),
    flagged as (
      select
        cases.*,
        case when lag(session_number) over w = session_number - 1 then lag(is_drawdown) over w end as was_drawdown
      from cases
      window w as (partition by symbol, horizon, depth order by session)
    )
    select
      symbol, horizon, depth, min(session) as first_session, max(session) as last_session,
      count(*) as session_count,
      sum(case when is_drawdown then 1 else 0 end) as drawdown_count,
      cast(sum(case when is_drawdown then 1 else 0 end) as double) / count(*) as base_rate,
      sum(case when is_drawdown and not coalesce(was_drawdown, false) then 1 else 0 end) as run_count
    from flagged
    group by symbol, horizon, depth
  `,
})
