import { date, double, string } from '../column.ts'
import { defineTable, knowledge } from '../table.ts'

export const dealerGamma = defineTable({
  name: 'dealer_gamma',
  doc: 'One row per underlying, session, source and vintage: estimated dealer gamma.',
  grain: ['symbol', 'session', 'source', 'known_at'],
  yearOf: 'session',
  isAnsweredWhole: true,
  lag: { kind: 'next_morning' },
  aliases: { date: 'session' },
  columns: {
    symbol: string('Underlying: SPX.', { default: 'SPX' }),
    session: date('XNYS session.'),
    underlying_price: double.nullable('Price of the underlying at the estimate.', { unit: 'USD' }),
    net_gamma: double('Net dealer gamma for a 1 % move of the underlying.', { unit: 'USD per 1 %' }),
    dark_index: double.nullable('Short share of off-exchange volume (SqueezeMetrics DIX).', { unit: 'fraction' }),
    sign_convention: string(
      'Assumed positions of dealers. `calls_long_puts_short`: dealers are long calls and short puts.',
      {
        default: 'calls_long_puts_short',
      },
    ),
    ...knowledge,
  },
})
