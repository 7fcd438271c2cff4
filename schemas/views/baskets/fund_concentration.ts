import { bigint, date, double, string } from '../../column.ts'
import { fundHoldings } from '../../tables/fund_holdings.ts'
import { sessions } from '../../tables/sessions.ts'
import { defineView, sql } from '../../view.ts'
import { firstKnown } from '../shared/as-known.ts'
import { steadySum } from '../shared/steady-sum.ts'

const fraction = { unit: 'fraction' }

export const fundConcentration = defineView({
  name: 'fund_concentration',
  doc: 'One row per fund, session and source: how much of it sits in how few holdings. Known the next morning.',
  grain: ['fund', 'session', 'source'],
  columns: {
    fund: string('Ticker of the fund.'),
    session: date('Session of which the holdings are.'),
    source: string('Who published them.'),
    known_session: date('First session whose evening can use it.'),
    holding_count: bigint('Holdings with a ticker.', { unit: 'holdings' }),
    top_10_weight: double('Weight of the ten largest.', fraction),
    herfindahl_index: double('Sum of squared weights.', { unit: 'ratio' }),
    effective_holding_count: double('1 / herfindahl_index: as concentrated as so many equal holdings.', {
      unit: 'holdings',
    }),
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
