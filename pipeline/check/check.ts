/** Check: looks for problems in the data of a session and writes its findings to the table `checks`. */

import { knowledgeOf } from '../../calendar/knowledge.ts'
import { sessionOffset } from '../../calendar/sessions.ts'
import type { Outcome } from '../../core/outcome.ts'
import { checks } from '../../schemas/tables/checks.ts'
import { isAnswerAfterEnd, lastSessions } from '../../schemas/views/meta/last_sessions.ts'
import { updating } from '../lake/current.ts'
import type { Lake } from '../lake/lake.ts'
import { messageFor, missingObjects } from '../silver/integrity.ts'
import { partitionsOf, rewrite } from '../silver/objects.ts'
import { fewerRows } from './fewer-rows.ts'
import { findGaps } from './gaps.ts'

interface Finding {
  readonly rule: string
  readonly subject: string
  readonly finding_count: number
  readonly detail: string | null
}

const lookBack = 20

/** Runs every rule for a session. Findings are warnings and stop nothing. */
export const check = updating(async (lake: Lake, session: string): Promise<Outcome[]> => {
  lake.platform.progress.step('checking')
  const findings = [
    ...(await gapFindings(lake, session)),
    ...(await jumpFindings(lake, session)),
    ...(await refusalFindings(lake)),
    ...(await lossFindings(lake)),
    ...(await lake.engine.rows<Finding>(fewerRows())),
  ]
  await write(lake, session, findings)
  return findings.map(({ rule, subject, finding_count, detail }) => ({
    subject: `${rule} ${subject}`,
    status: 'ok',
    rowCount: finding_count,
    rejectedCount: 0,
    error: detail,
  }))
})

const gapFindings = async (lake: Lake, session: string): Promise<Finding[]> => {
  const from = sessionOffset(session, -lookBack)?.session
  const gaps = await findGaps(lake, { ...(from ? { from } : {}), to: session })
  const subjects = new Map<string, typeof gaps>()
  for (const gap of gaps)
    subjects.set(`${gap.source} ${gap.table_name}`, [...(subjects.get(`${gap.source} ${gap.table_name}`) ?? []), gap])
  return [...subjects].map(([subject, missing]) => ({
    rule: 'missing_session',
    subject,
    finding_count: missing.length,
    detail: `${missing.at(-1)!.session} ${missing.at(-1)!.subject}`,
  }))
}

/**
 * A close ten times the previous close, or a tenth of it: on the session, or among the bars that arrived since it closed.
 * Such a value lands, because it may be right.
 */
const jumpFindings = (lake: Lake, session: string): Promise<Finding[]> =>
  lake.engine.rows<Finding>(
    `with arrived as (
       select distinct symbol, session, source from daily_bars
       where fetched_at >= (select closes_at from calendar where session = date '${session}')
     ),
     jumps as (
       select symbol, session, 'close ' || close || ' after ' || previous_close as what
       from daily_bars_as_known
       where (close > 10 * previous_close or previous_close > 10 * close)
         and (session = date '${session}' or (symbol, session, source) in (select symbol, session, source from arrived))
     )
     select 'price_jump' as rule, symbol as subject, count(*) as finding_count,
            max_by(case when session = date '${session}' then what else session || ': ' || what end, session) as detail
     from jumps group by symbol order by symbol`,
  )

/** Empty answers about symbols that no longer trade are as expected. */
const refusalFindings = (lake: Lake): Promise<Finding[]> =>
  lake.engine.rows<Finding>(
    `select 'refused_payload' as rule, source as subject, count(*) as finding_count, max_by(error, fetched_at) as detail
     from payloads p
     where status = 'refused' and not exists (select 1 from ${lastSessions.name} l where ${isAnswerAfterEnd('p', 'l').text})
     group by source order by source`,
  )

/** Objects that were written and are gone: their rows are missing from every answer. */
const lossFindings = async ({ platform }: Lake): Promise<Finding[]> =>
  (await missingObjects(platform.store)).map((damage) => ({
    rule: 'missing_object',
    subject: damage.key,
    finding_count: 1,
    detail: messageFor(damage),
  }))

const write = async (lake: Lake, session: string, findings: readonly Finding[]) => {
  const seen = knowledgeOf({ source: 'check', known_at: lake.platform.now().toISOString(), known_basis: 'observed' })
  const rows = findings.map((finding) => ({ session, ...finding, status: 'warning', ...seen }))
  const years = await partitionsOf(lake.platform.store, checks)
  await rewrite(lake, checks, years, async (present) => {
    await lake.engine.load('found', checks.columns, rows)
    const columns = Object.keys(checks.columns).join(', ')
    const said = ['session', 'rule', 'subject', 'finding_count', 'detail']
      .map((name) => `f.${name} is not distinct from p.${name}`)
      .join(' and ')
    // A finding that is already in the table keeps the instant at which it was first seen.
    await lake.engine.run(
      `create or replace table checks_now as
       select ${columns} from ${present} p where session <> date '${session}' or exists (select 1 from found f where ${said})
       union all
       select ${columns} from found f where not exists (select 1 from ${present} p where ${said})`,
    )
    return 'checks_now'
  })
}
