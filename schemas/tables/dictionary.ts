import { bigint, boolean, string } from '../column.ts'
import { defineTable, knowledge } from '../table.ts'

export const dictionary = defineTable({
  name: 'dictionary',
  doc: 'One row per table or view and column: its declaration in the software version that published last.',
  grain: ['relation', 'position'],
  yearOf: 'known_at',
  origin: 'pipeline',
  columns: {
    relation: string('Name of the table or view.'),
    kind: string('`table` or `view`.'),
    role: string(
      'For a table, the origin of its rows: `payloads`, `calendar`, `tag`, `compute` or `pipeline`. For a view, `precursor`, `fact` or `label`. A label view looks forward.',
    ),
    position: bigint('Position of the column, from 1.'),
    name: string('Name of the column.'),
    type: string('SQL type of the column.'),
    unit: string.nullable('Unit of the column. NULL if it has none.'),
    doc: string('Meaning of the column.'),
    is_nullable: boolean('True if the column may be NULL.'),
    is_grain: boolean('True if the column is one of those that identify a row.'),
    relation_doc: string('Description of the table or view.'),
    reads: string.nullable('Tables and views that a view reads, comma-separated. NULL for a table.'),
    ...knowledge,
  },
})
