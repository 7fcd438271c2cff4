import { bigint, boolean, date, timestamp } from '../column.ts'
import { defineTable, knowledge } from '../table.ts'

export const sessions = defineTable({
  name: 'sessions',
  doc: 'One row per XNYS session, 1957 to 2027: its number in the exchange calendar, its hours and its evening cut.',
  grain: ['session'],
  yearOf: 'session',
  origin: 'calendar',
  isReference: true,
  firstYear: 1957,
  columns: {
    session: date('XNYS trading date in New York.'),
    session_number: bigint('Position in the exchange calendar; 1 is 1957-01-02. Windows count sessions by it.', {
      unit: 'sessions',
    }),
    opens_at: timestamp('Opening bell.'),
    closes_at: timestamp('Closing bell; earlier on a half day.'),
    as_of: timestamp('Evening cut, 20:00 New York: what is known by then counts as known for the session.'),
    is_early_close: boolean('Whether the session closed early (recorded from 1990).'),
    ...knowledge,
  },
})
