import { date, double, string, timestamp } from '../column.ts'
import { defineTable, knowledge } from '../table.ts'

export const policyStatements = defineTable({
  name: 'policy_statements',
  doc: 'One row per FOMC statement and vintage: the text and the target range that it sets.',
  grain: ['meeting_on', 'source', 'known_at'],
  yearOf: 'meeting_on',
  lag: { kind: 'column', column: 'released_at' },
  columns: {
    meeting_on: date('Last day of the meeting.'),
    released_at: timestamp('When it was released: 14:00 New York of that day.'),
    action: string('`lower`, `raise` or `maintain`, as the statement decides on the target range.'),
    target_lower: double('Lower end of the target range of the federal funds rate.', { unit: '%' }),
    target_upper: double('Upper end.', { unit: '%' }),
    decision: string('The sentence that says so.'),
    url: string('Page.'),
    body: string('Plain text.'),
    ...knowledge,
  },
})
