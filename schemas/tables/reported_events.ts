import { string, timestamp } from '../column.ts'
import { defineTable, knowledge } from '../table.ts'

export const reportedEvents = defineTable({
  name: 'reported_events',
  doc: 'One row per event that no source of the lake reports and change of it, as an analyst notes it: war, tariffs, outages.',
  grain: ['event_id', 'source', 'known_at'],
  yearOf: 'occurred_at',
  lag: { kind: 'column', column: 'occurred_at' },
  columns: {
    event_id: string('Identifier that stays the same.'),
    category: string('Such as `geopolitical`, `trade_policy`, `outage`.'),
    entity: string('Who or what.'),
    title: string('One line that says what happened.'),
    occurred_at: timestamp('Instant at which it happened.'),
    reference: string('Where it is reported.'),
    ...knowledge,
  },
})
