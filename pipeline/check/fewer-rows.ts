/** Answers with far fewer rows than the one before to the same question: a finding, since they may be right. */

import { quoted } from '../../core/engine.ts'
import type { Table } from '../../schemas/table.ts'
import { tables } from '../../schemas/tables/index.ts'
import { statusesWithoutRows } from '../../schemas/tables/payloads.ts'
import { literals } from '../../schemas/view.ts'
import { bronzePrefix, importSource } from '../ingest/bronze.ts'

/** An answer with less than this share of the rows of the one before is a finding. */
const share = 0.5
/** Below so many rows an answer varies by itself. */
const fewest = 10
/** Answers for a window are compared only if both begin within so many days. */
const sameBeginning = 15

/** Tables whose sources answer with the whole history, so that any two answers can be compared. */
export const tablesAnsweredWhole: readonly Table[] = tables.filter(({ isAnsweredWhole }) => isAnsweredWhole)

/** SQL of the findings about the latest answer to each question. Files that an analyst imports are not answers. */
export const fewerRows = (): string => {
  const whole = tablesAnsweredWhole.map(({ name }) => `select source from ${name}`).join(' union ')
  return `
    with answers as (
      select source, request_key, fetched_at, row_count, first_session,
             lag(row_count) over w as rows_before, lag(first_session) over w as first_before,
             lead(row_count) over w is null as is_latest
      from payloads where status not in (${literals(statusesWithoutRows).text}) and not starts_with(bronze_key, ${quoted(bronzePrefix(importSource))})
      window w as (partition by source, request_key order by fetched_at, bronze_key)
    )
    select 'fewer_rows' as rule, source || ' ' || request_key as subject, rows_before - row_count as finding_count,
           row_count || ' rows at ' || strftime(fetched_at, '%Y-%m-%dT%H:%M:%SZ') || ', ' || rows_before || ' in the answer before' as detail
    from answers
    where is_latest and rows_before >= ${fewest} and row_count < ${share} * rows_before
      and (source in (${whole}) or abs(first_session - first_before) <= ${sameBeginning})
    order by subject`
}
