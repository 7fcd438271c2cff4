import { date, double, string } from '../column.ts'
import { defineTable, knowledge } from '../table.ts'

export const fundHoldings = defineTable({
  name: 'fund_holdings',
  doc: 'One row per fund, session, holding, source and vintage: what a fund holds, by weight.',
  grain: ['fund', 'session', 'identifier', 'source', 'known_at'],
  yearOf: 'session',
  lag: { kind: 'next_morning' },
  aliases: { date: 'session' },
  columns: {
    fund: string('Ticker of the fund.'),
    session: date('Session of which the holdings are.'),
    identifier: string('Identifier of the security, as the fund prints it.'),
    symbol: string.nullable('Ticker of the holding; NULL for cash.'),
    name: string('Name of the holding.'),
    weight: double('Weight in the fund.', { unit: 'fraction' }),
    sector: string.nullable('Sector, where the fund names one.'),
    ...knowledge,
  },
  invariants: [{ name: 'weight must be within -1 and 1', sql: 'weight between -1 and 1' }],
})
