import { date, string } from '../column.ts'
import { defineTable, knowledge } from '../table.ts'

export const closures = defineTable({
  name: 'closures',
  doc: 'One row per weekday on which XNYS did not open, 1957 to 2027, with the reason and when it became known.',
  grain: ['closed_on'],
  yearOf: 'closed_on',
  origin: 'calendar',
  isReference: true,
  firstYear: 1957,
  columns: {
    closed_on: date('Weekday without a session.'),
    reason: string('Holiday or event.'),
    reference: string('Where the fact is recorded.'),
    ...knowledge,
  },
})
