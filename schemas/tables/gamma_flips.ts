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
      'Price at which net gamma is zero: the root nearest to the current price, within 10 % of it. The implied volatility of each strike is held fixed. NULL if there is no root.',
      { unit: 'USD' },
    ),
    ...knowledge,
  },
})
