import { date, double, string } from '../column.ts'
import { defineTable, knowledge, oneOf } from '../table.ts'

export const symbolVolume = defineTable({
  name: 'symbol_volume',
  doc: 'One row per session, venue, symbol, source and vintage: shares and dollars traded in every US equity.',
  grain: ['session', 'venue', 'symbol', 'source', 'known_at'],
  yearOf: 'session',
  lag: { kind: 'next_morning' },
  aliases: { date: 'session' },
  columns: {
    session: date('XNYS session.'),
    venue: string(
      '`consolidated`: all venues. `off_exchange`: all trade reporting facilities of FINRA. A single facility has the name of its file, such as `fnsq`.',
    ),
    symbol: string('Ticker, as the consolidated tape writes it: BRK.B, BACpE.'),
    shares: double('Shares traded. They can be fractions.', { unit: 'shares' }),
    notional: double.nullable('Value traded. NULL if the source gives no prices.', { unit: 'USD' }),
    ...knowledge,
  },
  invariants: [
    oneOf('venue', ['consolidated', 'off_exchange', 'fnsq', 'fnqc', 'fnyx', 'fnra', 'forf']),
    { name: 'shares must not be negative', sql: 'shares >= 0' },
    { name: 'notional must not be negative', sql: 'notional >= 0' },
  ],
})
