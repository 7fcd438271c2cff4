import { bigint, boolean, string } from '../column.ts'
import { defineTable, knowledge } from '../table.ts'

export const dictionary = defineTable({
  name: 'dictionary',
  doc: 'One row per table or view and column: what it means, as the software that published last declares it.',
  grain: ['relation', 'position'],
  yearOf: 'known_at',
  origin: 'pipeline',
  columns: {
    relation: string('Name of the table or view.'),
    kind: string('`table` or `view`.'),
    role: string(
      'Of a table who writes it: `payloads`, `calendar`, `tag`, `compute` or `pipeline`. Of a view `precursor`, `fact` or `label`: the last looks forward.',
    ),
    position: bigint('Place of the column, from 1.'),
    name: string('Name of the column.'),
    type: string('Its SQL type.'),
    unit: string.nullable('Its unit; NULL where it has none.'),
    doc: string('What it means.'),
    is_nullable: boolean('Whether it may be NULL.'),
    is_grain: boolean('Whether it is one of those that identify a row.'),
    relation_doc: string('What a row of the table or view is.'),
    reads: string.nullable('Tables and views that a view reads, comma-separated; NULL for a table.'),
    ...knowledge,
  },
})
