import { date, double, string, timestamp } from '../column.ts'
import { defineTable, knowledge, oneOf } from '../table.ts'

export const policyStatements = defineTable({
  name: 'policy_statements',
  doc: 'One row per FOMC statement and vintage: its text and the target range that it sets.',
  grain: ['meeting_on', 'source', 'known_at'],
  yearOf: 'meeting_on',
  lag: { kind: 'column', column: 'released_at' },
  columns: {
    meeting_on: date('Last day of the meeting.'),
    released_at: timestamp('Release instant: 14:00 New York on that day.'),
    action: string('Decision on the target range: `lower`, `raise` or `maintain`.'),
    target_lower: double('Lower end of the target range of the federal funds rate.', { unit: '%' }),
    target_upper: double('Upper end.', { unit: '%' }),
    decision: string('The sentence of the statement with the decision.'),
    url: string('Page.'),
    body: string('Plain text.'),
    ...knowledge,
  },
  invariants: [oneOf('action', ['lower', 'raise', 'maintain'])],
})
