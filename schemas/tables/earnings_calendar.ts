import { bigint, date, string } from '../column.ts'
import { defineTable, knowledge, oneOf } from '../table.ts'

export const earningsCalendar = defineTable({
  name: 'earnings_calendar',
  doc: 'One row per symbol, fiscal quarter, source and change: the day on which results are expected. It is a projection until the results are filed.',
  grain: ['symbol', 'fiscal_quarter', 'source', 'known_at'],
  yearOf: 'expected_on',
  columns: {
    symbol: string('Ticker.'),
    fiscal_quarter: string('Fiscal quarter as the source writes it, such as Oct/2025.'),
    expected_on: date('Day in New York on which results are expected.'),
    time_of_day: string('`before_open`, `after_close` or `unknown`.'),
    estimate_count: bigint.nullable('Number of estimates behind the forecast of the source.', { unit: 'estimates' }),
    ...knowledge,
  },
  invariants: [oneOf('time_of_day', ['before_open', 'after_close', 'unknown'])],
})
