import { date, double } from '../../column.ts'
import { breadthWindow, earlyWarningBreadthDefinition as frozen } from '../../scores/early-warning.ts'
import { marketBreadth } from '../../tables/market_breadth.ts'
import { defineView, join, raw, sql } from '../../view.ts'
import { firstKnown } from '../shared/as-known.ts'
import { type Block, lags, total, valuesOf } from '../shared/lag-blocks.ts'
import { midRanks, ofPart } from '../shared/mid-ranks.ts'
import { earlyWarning } from './early_warning.ts'

const fraction = { unit: 'fraction' }
const seven: Block = { count: 7, size: 1 }
const nine: Block = { count: 9, size: 7 }
const others = frozen.components.map(({ column }) => column).filter((column) => column !== 'breadth_63')

export const earlyWarningBreadth = defineView({
  name: 'early_warning_breadth',
  doc: `One row per session with imported NYSE breadth: early warning with breadth as its fourth part. Frozen on ${frozen.frozenOn}. No free feed has breadth, so the view is empty without an import.`,
  grain: ['session'],
  materialized: { yearOf: 'session', daysBack: Number.POSITIVE_INFINITY },
  columns: {
    session: date('XNYS session.'),
    breadth_63: double.nullable(
      'Minus the mean over 63 reported sessions of (advancing - declining) / (advancing + declining) issues of the NYSE.',
      fraction,
    ),
    breadth_63_percentile: double.nullable(
      `Mid-rank percentile of breadth_63 in its history up to this session. NULL for fewer than ${frozen.fewestValues} values.`,
      fraction,
    ),
    early_warning_breadth: double.nullable(
      'Mean of the percentiles of VIX, its term structure, credit stress and breadth. NULL if one of them is unknown.',
      fraction,
    ),
  },
  sql: sql`
    with first_known as (${firstKnown(marketBreadth, 0)}),
    balances as (
      select session, max_by((advancing_count - declining_count) / nullif(advancing_count + declining_count, 0), source) as balance
      from first_known
      where exchange = 'NYSE' and advancing_count is not null and declining_count is not null
      group by session
    ),
    lagged as (
      select session, balance, ${lags(['balance'], seven)}
      from balances
      window w as (order by session)
    ),
    weeks as (select session, ${raw(total(valuesOf('balance', seven)))} as week from lagged),
    weeks_lagged as (
      select session, week, ${lags(['week'], nine)}
      from weeks
      window w as (order by session)
    ),
    parts as (
      select * from (
        select 'breadth_63' as part, session, -${raw(total(valuesOf('week', nine)))} / ${raw(breadthWindow.toExponential())} as value
        from weeks_lagged
      ) as all_parts
      where value is not null
    ),
    placed as (${midRanks('parts', frozen.fewestValues)}
    ),
    sessions_placed as (
      select session, ${ofPart('breadth_63')}
      from placed
      group by session
    )
    select
      b.session,
      b.breadth_63,
      b.breadth_63_percentile,
      (${join(
        others.map((part) => raw(`e.${part}_percentile`)),
        ' + ',
      )} + b.breadth_63_percentile) / ${raw(frozen.components.length.toExponential())} as early_warning_breadth
    from sessions_placed b
    left join ${earlyWarning} e on e.session = b.session
  `,
})
