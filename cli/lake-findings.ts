/** Findings of `precursor doctor` from the views meta_freshness, meta_gaps, meta_checks and meta_runs. */
import { lastClosedSession } from '../calendar/sessions.ts'
import { reading } from '../pipeline/lake/current.ts'
import type { Lake } from '../pipeline/lake/lake.ts'

export interface Finding {
  readonly mark: 'ok' | 'note' | 'bad'
  readonly text: string
}

interface Fresh {
  source: string
  table_name: string
  last_session: string | null
  sessions_behind: number | null
  last_fetched_at: string | null
  refused_count: number
  rejected_count: number
}

/** The newest session of each source, and how many of its payloads and rows were refused or rejected. */
export const freshness = reading(async (lake: Lake): Promise<Finding[]> => {
  const expected = lastClosedSession(lake.platform.now())?.session
  const datasets = await lake.engine.rows<Fresh>('select * from meta_freshness order by source, table_name')
  if (datasets.length === 0)
    return [{ mark: 'note', text: 'the lake is empty: try `precursor start`, or `precursor run`' }]
  const newest = datasets.reduce(
    (sofar, { last_session }) => ((last_session ?? '') > sofar ? last_session! : sofar),
    '',
  )
  return [
    {
      mark: newest < (expected ?? '') ? 'note' : 'ok',
      text: `newest session ${newest || 'none'}; the last that closed is ${expected}`,
    },
    ...datasets.map((each): Finding => {
      const { source, table_name, last_session, sessions_behind, last_fetched_at, refused_count, rejected_count } = each
      const reach = last_session ? `, to ${last_session}${sessions_behind ? ` (${sessions_behind} behind)` : ''}` : ''
      const refused = refused_count
        ? `, ${refused_count} payloads refused (select error from payloads where status = 'refused')`
        : ''
      const rejected = rejected_count ? `, ${rejected_count} rows rejected (select * from rejected_rows)` : ''
      return {
        mark: refused_count ? 'bad' : (sessions_behind ?? 0) > 1 ? 'note' : 'ok',
        text: `${source}${table_name === 'any' ? '' : ` ${table_name}`}: ${last_fetched_at ? `last fetched ${last_fetched_at}` : 'imported'}${reach}${refused}${rejected}`,
      }
    }),
  ]
})

/** Missing sessions, open findings of checks, and the outcome of the last run. */
export const trust = async ({ engine }: Lake): Promise<Finding[]> => {
  const gaps = await engine.rows<{ source: string; table_name: string; n: number; latest: string }>(
    `select source, table_name, count(*) as n, max(session) as latest from meta_gaps group by all order by 1, 2`,
  )
  const open = await engine.rows<{ rule: string; subject: string; detail: string | null; first_session: string }>(
    'select * from meta_checks where is_open order by rule, subject',
  )
  const steps = await engine.rows<{ run_id: string; step: string; status: string; first_error: string | null }>(
    'select * from meta_runs where run_id in (select max_by(run_id, ended_at) from meta_runs) order by started_at, step',
  )
  return [
    ...gaps.map(
      ({ source, table_name, n, latest }): Finding => ({
        mark: 'note',
        text: `${source} ${table_name}: ${n} sessions missing, the latest ${latest} (\`precursor gaps\`)`,
      }),
    ),
    ...open.map(
      ({ rule, subject, detail, first_session }): Finding => ({
        mark: 'note',
        text: `check ${rule} ${subject}, since ${first_session}${detail ? `: ${detail}` : ''}`,
      }),
    ),
    ...steps.map(
      ({ run_id, step, status, first_error }): Finding => ({
        mark: status === 'failed' ? 'bad' : status === 'ok' ? 'ok' : 'note',
        text: `last run ${run_id}: ${step} ${status}${first_error ? `: ${first_error}` : ''}`,
      }),
    ),
  ]
}
