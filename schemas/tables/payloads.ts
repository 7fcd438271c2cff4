import { bigint, date, string, timestamp } from '../column.ts'
import { defineTable, knowledge } from '../table.ts'

export const payloads = defineTable({
  name: 'payloads',
  doc: 'One row per bronze payload: what became of it. What is listed here has landed.',
  grain: ['source', 'fetched_at', 'bronze_key', 'request_key'],
  yearOf: 'fetched_at',
  origin: 'pipeline',
  columns: {
    request_key: string('What was asked for: a symbol, an index, a series, a filer.'),
    status: string('`landed`, `landed_with_rejections` or `refused`.'),
    row_count: bigint('Rows decoded.', { unit: 'rows' }),
    rejected_count: bigint('Rows rejected.', { unit: 'rows' }),
    first_session: date.nullable('Earliest session in it.'),
    last_session: date.nullable('Latest session in it.'),
    asked_to: date.nullable('Last session that was asked for; NULL for a file handed in.'),
    last_order_at: timestamp.nullable('Latest instant by which its vintages are ordered.'),
    error: string.nullable('Why it was refused.'),
    ...knowledge,
  },
})
