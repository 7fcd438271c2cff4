import { bigint, date, double, string } from '../column.ts'
import { defineTable, knowledge } from '../table.ts'

export const impliedVolatilities = defineTable({
  name: 'implied_volatilities',
  doc: 'One row per symbol, session, tenor, source and vintage: at-the-money implied volatility. No free source has it for stocks, so it is imported.',
  grain: ['symbol', 'session', 'tenor_days', 'source', 'known_at'],
  yearOf: 'session',
  lag: { kind: 'after_close', minutes: 60 },
  aliases: { date: 'session' },
  columns: {
    symbol: string('Underlying.'),
    session: date('XNYS session.'),
    tenor_days: bigint('Days to expiry.', { unit: 'days', default: 30 }),
    implied_volatility: double('Annualised implied volatility, as a fraction.', { unit: 'fraction per year' }),
    ...knowledge,
  },
  invariants: [{ name: 'implied_volatility must be above zero', sql: 'implied_volatility > 0' }],
})
