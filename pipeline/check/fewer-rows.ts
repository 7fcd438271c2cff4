/** Answers with far fewer rows than the one before to the same question: a finding, since they may be right. */

import { quoted } from '../../core/engine.ts'
import { sources } from '../../sources/index.ts'

/** An answer with less than this share of the rows of the one before is a finding. */
const share = 0.5
/** Below so many rows an answer varies by itself. */
const fewest = 10
/** Answers for a window are compared only if both begin within so many days. */
const sameBeginning = 15

/** SQL of the findings about the latest answer to each question. */
export const fewerRows = (): string => {
  const whole = sources.filter((each) => each.isWholeHistory).map(({ name }) => quoted(name))
  return `
    with answers as (
      select source, request_key, fetched_at, row_count, first_session,
             lag(row_count) over w as rows_before, lag(first_session) over w as first_before,
             lead(row_count) over w is null as is_latest
      from payloads where status <> 'refused' and source in (${sources.map(({ name }) => quoted(name)).join(', ')})
      window w as (partition by source, request_key order by fetched_at, bronze_key)
    )
    select 'fewer_rows' as rule, source || ' ' || request_key as subject, rows_before - row_count as finding_count,
           row_count || ' rows at ' || strftime(fetched_at, '%Y-%m-%dT%H:%M:%SZ') || ', ' || rows_before || ' in the answer before' as detail
    from answers
    where is_latest and rows_before >= ${fewest} and row_count < ${share} * rows_before
      and (source in (${whole.join(', ')}) or abs(first_session - first_before) <= ${sameBeginning})
    order by subject`
}
