import { date, double, string } from '../column.ts'
import { defineTable, knowledge } from '../table.ts'

export const gammaFlips = defineTable({
  name: 'gamma_flips',
  doc: 'One row per underlying, session and chain: the price of the underlying at which net dealer gamma changes sign.',
  grain: ['symbol', 'session', 'chain'],
  yearOf: 'session',
  origin: 'compute',
  columns: {
    symbol: string('Underlying.'),
    session: date('XNYS session.'),
    chain: string('Source of the option chain.'),
    gamma_flip: double.nullable(
      'Root of net gamma within 10 % of the price, the one nearest to it, implied volatility fixed by strike; NULL if there is none.',
      { unit: 'USD' },
    ),
    ...knowledge,
  },
})
