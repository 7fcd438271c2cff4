import { bigint, date, string, timestamp } from '../../column.ts'
import { runs } from '../../tables/runs.ts'
import { defineView, sql } from '../../view.ts'

export const metaRuns = defineView({
  name: 'meta_runs',
  doc: 'One row per run and step: its status, and its first error.',
  grain: ['run_id', 'step'],
  role: 'fact',
  columns: {
    run_id: string('Start instant and verb of the run and, on AWS, the name of the execution.'),
    step: string('`ingest`, `rebuild`, `tag`, `compute`, `check` or `publish`.'),
    session: date.nullable('Session that the run was for.'),
    status: string('The worst of its subjects: `ok`, `rejections` or `failed`.'),
    subject_count: bigint('Number of sources, kinds, checks or views that the step handled.', { unit: 'subjects' }),
    failed_count: bigint('Number of those that failed.', { unit: 'subjects' }),
    row_count: bigint('Rows handled.', { unit: 'rows' }),
    rejected_count: bigint('Rows rejected.', { unit: 'rows' }),
    started_at: timestamp('Start.'),
    ended_at: timestamp('When the run was logged.'),
    first_error: string.nullable('The first failed subject by name, and its error.'),
  },
  sql: sql`
    select
      run_id,
      step,
      max(session) as session,
      case
        when max(case when status = 'failed' then 1 else 0 end) = 1 then 'failed'
        when max(case when status = 'rejections' then 1 else 0 end) = 1 then 'rejections'
        else 'ok'
      end as status,
      count(*) as subject_count,
      sum(case when status = 'failed' then 1 else 0 end) as failed_count,
      sum(row_count) as row_count,
      sum(rejected_count) as rejected_count,
      min(started_at) as started_at,
      max(known_at) as ended_at,
      min(case when status = 'failed' then subject || ': ' || coalesce(error, 'no reason given') end) as first_error
    from ${runs}
    group by run_id, step
  `,
})
