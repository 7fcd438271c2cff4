import { bigint, date, string, timestamp } from '../column.ts'
import { defineTable, knowledge } from '../table.ts'

export const runs = defineTable({
  name: 'runs',
  doc: 'One row per run, step and subject: the work done and its status, which also determines the exit code.',
  grain: ['run_id', 'step', 'subject'],
  yearOf: 'known_at',
  origin: 'pipeline',
  columns: {
    run_id: string('Start instant and verb of the run and, on AWS, the name of the execution.'),
    step: string('`ingest`, `rebuild`, `tag`, `compute`, `record`, `check` or `publish`.'),
    subject: string('Source, catalyst kind, check or view. `all` is the step as a whole.'),
    session: date.nullable('Session that the run was for.'),
    status: string('`ok`, `rejections` or `failed`.'),
    row_count: bigint('Rows handled.', { unit: 'rows' }),
    rejected_count: bigint('Rows rejected.', { unit: 'rows' }),
    started_at: timestamp('Start.'),
    error: string.nullable('What went wrong, and what to do. NULL if nothing did.'),
    ...knowledge,
  },
})
