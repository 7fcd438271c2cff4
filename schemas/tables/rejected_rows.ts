import { bigint, string } from '../column.ts'
import { defineTable, knowledge } from '../table.ts'

export const rejectedRows = defineTable({
  name: 'rejected_rows',
  doc: 'One row per rejected row of a payload, with the reason. The payload stays in bronze, and rebuild reads it again.',
  grain: ['source', 'fetched_at', 'bronze_key', 'table_name', 'row_number'],
  yearOf: 'fetched_at',
  origin: 'pipeline',
  columns: {
    table_name: string('Table for which the row was decoded.'),
    row_number: bigint('Number of the row in the payload, counted from 1 without the header.'),
    reason: string('The rule that the row broke, with the value.'),
    content: string('The row as JSON.'),
    ...knowledge,
  },
})
