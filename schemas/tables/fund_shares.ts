import { date, double, string } from '../column.ts'
import { defineTable, knowledge } from '../table.ts'

export const fundShares = defineTable({
  name: 'fund_shares',
  doc: 'One row per fund, session, source and vintage: net asset value and shares outstanding.',
  grain: ['symbol', 'session', 'source', 'known_at'],
  yearOf: 'session',
  isAnsweredWhole: true,
  lag: { kind: 'next_morning' },
  aliases: { date: 'session', fund: 'symbol' },
  columns: {
    symbol: string('Ticker of the fund.'),
    session: date('XNYS session of the figures, as given by the fund.'),
    nav: double('Net asset value of one share.', { unit: 'USD' }),
    shares_outstanding: double('Shares outstanding.', { unit: 'shares' }),
    total_net_assets: double.nullable('Net assets of the fund.', { unit: 'USD' }),
    ...knowledge,
  },
  invariants: [
    { name: 'nav must be above zero', sql: 'nav > 0' },
    { name: 'shares_outstanding must be above zero', sql: 'shares_outstanding > 0' },
    // A split changes NAV and shares by inverse factors, so their product stays near net assets.
    {
      name: 'nav times shares_outstanding must be within 2 % of total_net_assets',
      sql: 'total_net_assets = 0 or abs(nav * shares_outstanding / total_net_assets - 1) < 0.02',
    },
  ],
})
