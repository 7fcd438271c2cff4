import { date, double, string } from '../column.ts'
import { defineTable, knowledge } from '../table.ts'

export const fundHoldings = defineTable({
  name: 'fund_holdings',
  doc: 'One row per fund, session, holding, source and vintage: the holdings of a fund with their weights.',
  grain: ['fund', 'session', 'identifier', 'source', 'known_at'],
  yearOf: 'session',
  lag: { kind: 'next_morning' },
  aliases: { date: 'session' },
  columns: {
    fund: string('Ticker of the fund.'),
    session: date('Session to which the holdings belong.'),
    identifier: string('Identifier of the security, as given by the fund.'),
    symbol: string.nullable('Ticker of the holding. NULL for cash.'),
    name: string('Name of the holding.'),
    weight: double('Weight in the fund.', { unit: 'fraction' }),
    sector: string.nullable('Sector of the holding. NULL if the fund gives none.'),
    ...knowledge,
  },
  invariants: [{ name: 'weight must be within -1 and 1', sql: 'weight between -1 and 1' }],
})
