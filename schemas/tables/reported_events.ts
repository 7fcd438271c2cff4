import { string, timestamp } from '../column.ts'
import { defineTable, knowledge } from '../table.ts'

export const reportedEvents = defineTable({
  name: 'reported_events',
  doc: 'One row per event and change of it, for events that no source of the lake reports and an analyst records: war, tariffs, outages.',
  grain: ['event_id', 'source', 'known_at'],
  yearOf: 'occurred_at',
  lag: { kind: 'column', column: 'occurred_at' },
  columns: {
    event_id: string('Identifier that stays the same.'),
    category: string('Category, such as `geopolitical`, `trade_policy` or `outage`.'),
    entity: string('The subject of the event.'),
    title: string('One line that says what happened.'),
    occurred_at: timestamp('Instant at which it happened.'),
    reference: string('Where the event is reported.'),
    ...knowledge,
  },
})
