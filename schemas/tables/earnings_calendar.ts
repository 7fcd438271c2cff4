import { bigint, date, string } from '../column.ts'
import { defineTable, knowledge } from '../table.ts'

export const earningsCalendar = defineTable({
  name: 'earnings_calendar',
  doc: 'One row per symbol, fiscal quarter, source and change: the day on which results were expected. A projection until the filing is there.',
  grain: ['symbol', 'fiscal_quarter', 'source', 'known_at'],
  yearOf: 'expected_on',
  columns: {
    symbol: string('Ticker.'),
    fiscal_quarter: string('Fiscal quarter as the source writes it, such as Oct/2025.'),
    expected_on: date('Day on which results were expected, New York.'),
    time_of_day: string('`before_open`, `after_close` or `unknown`.'),
    estimate_count: bigint.nullable('Estimates behind the forecast that the source shows.', { unit: 'estimates' }),
    ...knowledge,
  },
})
