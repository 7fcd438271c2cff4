import { bigint, date, double, string } from '../../column.ts'
import { fundHoldings } from '../../tables/fund_holdings.ts'
import { sessions } from '../../tables/sessions.ts'
import { defineView, sql } from '../../view.ts'
import { firstKnown } from '../shared/as-known.ts'
import { steadySum } from '../shared/steady-sum.ts'

const fraction = { unit: 'fraction' }

export const fundConcentration = defineView({
  name: 'fund_concentration',
  doc: 'One row per fund, session and source: how concentrated the fund is in its largest holdings. The figures become known on the next morning.',
  grain: ['fund', 'session', 'source'],
  columns: {
    fund: string('Ticker of the fund.'),
    session: date('Session to which the holdings belong.'),
    source: string('Source of the holdings.'),
    known_session: date('First session on whose evening the row is known.'),
    holding_count: bigint('Number of holdings with a ticker.', { unit: 'holdings' }),
    top_10_weight: double('Sum of the weights of the ten largest holdings.', fraction),
    herfindahl_index: double('Sum of squared weights.', { unit: 'ratio' }),
    effective_holding_count: double.nullable(
      '1 / herfindahl_index: number of equal holdings with the same concentration. NULL if all weights are zero.',
      {
        unit: 'holdings',
      },
    ),
  },
  sql: sql`
    with first_known as (${firstKnown(fundHoldings, 1)}),
    ranked as (
      select h.*, row_number() over (partition by fund, session, source order by weight desc, identifier) as place
      from first_known h
      where symbol is not null
    ),
    summed as (
      select
        fund, session, source, max(session_number) as session_number, count(*) as holding_count,
        ${steadySum('case when place <= 10 then weight else 0e0 end', 15)} as top_10_weight,
        ${steadySum('weight * weight', 15)} as herfindahl_index
      from ranked
      group by fund, session, source
    )
    select
      fund, summed.session, summed.source, next.session as known_session, holding_count, top_10_weight, herfindahl_index,
      1e0 / nullif(herfindahl_index, 0) as effective_holding_count
    from summed
    join ${sessions} next on next.session_number = summed.session_number + 1
  `,
})
