import { date, double, string } from '../column.ts'
import { defineTable, knowledge } from '../table.ts'

export const marketBreadth = defineTable({
  name: 'market_breadth',
  doc: 'One row per exchange, session, source and vintage: advancing and declining issues and their volume. No free source has them, so they are imported.',
  grain: ['exchange', 'session', 'source', 'known_at'],
  yearOf: 'session',
  lag: { kind: 'after_close', minutes: 60 },
  aliases: { date: 'session', advancing: 'advancing_count', declining: 'declining_count' },
  columns: {
    exchange: string('Exchange: NYSE, Nasdaq or another.', { default: 'NYSE' }),
    session: date('XNYS session.'),
    up_volume: double.nullable('Shares traded in issues that rose. NULL if only issues were counted.', {
      unit: 'shares',
    }),
    down_volume: double.nullable('Shares traded in issues that fell. NULL if only issues were counted.', {
      unit: 'shares',
    }),
    advancing_count: double.nullable('Issues that rose.', { unit: 'issues' }),
    declining_count: double.nullable('Issues that fell.', { unit: 'issues' }),
    ...knowledge,
  },
  invariants: [
    { name: 'up_volume must not be negative', sql: 'up_volume >= 0' },
    { name: 'down_volume must not be negative', sql: 'down_volume >= 0' },
    { name: 'advancing_count must not be negative', sql: 'advancing_count >= 0' },
    { name: 'declining_count must not be negative', sql: 'declining_count >= 0' },
    {
      name: 'volumes or counts must be given',
      sql: '(up_volume is not null and down_volume is not null) or (advancing_count is not null and declining_count is not null)',
    },
  ],
})
