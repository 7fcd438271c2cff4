import { date, double, string } from '../column.ts'
import { defineTable, knowledge } from '../table.ts'

export const marketVolume = defineTable({
  name: 'market_volume',
  doc: 'One row per session, venue, segment, source and vintage: shares and dollars traded in US equities.',
  grain: ['session', 'venue', 'segment', 'source', 'known_at'],
  yearOf: 'session',
  isAnsweredWhole: true,
  lag: { kind: 'next_morning' },
  aliases: { date: 'session' },
  columns: {
    session: date('XNYS session.'),
    venue: string('Exchange or trade reporting facility. `all` is the consolidated figure.', { default: 'all' }),
    segment: string('`tape_a`, `tape_b` or `tape_c`. A vendor may report `etf` and `total` instead.'),
    shares: double.nullable('Shares traded.', { unit: 'shares' }),
    notional: double('Value traded.', { unit: 'USD' }),
    trade_count: double.nullable('Trades.', { unit: 'trades' }),
    ...knowledge,
  },
  invariants: [
    { name: 'segment must be known', sql: "segment in ('tape_a', 'tape_b', 'tape_c', 'etf', 'total')" },
    { name: 'notional must not be negative', sql: 'notional >= 0' },
    { name: 'shares must not be negative', sql: 'shares >= 0' },
  ],
})
