import { bigint, date, string, timestamp } from '../column.ts'
import { defineTable, knowledge } from '../table.ts'

export const runs = defineTable({
  name: 'runs',
  doc: 'One row per run, step and subject: what was done, with the status that the exit code tells.',
  grain: ['run_id', 'step', 'subject'],
  yearOf: 'known_at',
  origin: 'pipeline',
  columns: {
    run_id: string('Start instant and verb; on AWS the name of the execution too.'),
    step: string('`ingest`, `rebuild`, `tag`, `compute`, `check` or `publish`.'),
    subject: string('Source, catalyst kind, check or view; `all` for the step as a whole.'),
    session: date.nullable('Session that the run was for.'),
    status: string('`ok`, `rejections` or `failed`.'),
    row_count: bigint('Rows handled.', { unit: 'rows' }),
    rejected_count: bigint('Rows rejected.', { unit: 'rows' }),
    started_at: timestamp('Start.'),
    error: string.nullable('What went wrong and what to do.'),
    ...knowledge,
  },
})
