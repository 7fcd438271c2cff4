import { bigint, string } from '../column.ts'
import { defineTable, knowledge } from '../table.ts'

export const rejectedRows = defineTable({
  name: 'rejected_rows',
  doc: 'One row per row that broke an invariant, with its reason. The bytes stay in bronze; rebuild tries them again.',
  grain: ['source', 'fetched_at', 'bronze_key', 'table_name', 'row_number'],
  yearOf: 'fetched_at',
  origin: 'pipeline',
  columns: {
    table_name: string('Table that the row was meant for.'),
    row_number: bigint('Row of the payload, counted from 1 without the header.'),
    reason: string('Which rule it broke, with the value.'),
    content: string('The row as JSON.'),
    ...knowledge,
  },
})
