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
    session_number: bigint('Position in the exchange calendar, by which windows count sessions. 1957-01-02 is 1.', {
      unit: 'sessions',
    }),
    opens_at: timestamp('Opening bell.'),
    closes_at: timestamp('Closing bell, which is earlier on a half day.'),
    as_of: timestamp('Evening cut, 20:00 New York. Rows known by then count as known for the session.'),
    is_early_close: boolean('True if the session closes early. Early closes are recorded since 1990.'),
    ...knowledge,
  },
})
