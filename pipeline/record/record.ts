/** Record: writes the frozen scores of an evening once, and fills in what followed when its sessions have passed. */
import { knowledgeColumns } from '../../calendar/knowledge.ts'
import { lastClosedSession, sessionOffset } from '../../calendar/sessions.ts'
import type { Outcome } from '../../core/outcome.ts'
import { benchmark } from '../../schemas/baskets.ts'
import { frozenScores, type Scored } from '../../schemas/scores/index.ts'
import { scoreRecord } from '../../schemas/tables/score_record.ts'
import { updating } from '../lake/current.ts'
import type { Lake } from '../lake/lake.ts'
import { partitionsOf, rewrite } from '../silver/objects.ts'

/** True from the closing bell of the session to the next opening bell. What is written later could have been chosen. */
export const isItsEvening = (session: string, now: Date): boolean => {
  const next = sessionOffset(session, 1)
  return lastClosedSession(now)?.session === session && next !== undefined && now.getTime() < next.opensAt
}

const columns = Object.keys(scoreRecord.columns).join(', ')

export const record = updating(async (lake: Lake, session: string): Promise<Outcome[]> => {
  lake.platform.progress.step('recording')
  const { engine, platform } = lake
  const now = platform.now()
  const written = isItsEvening(session, now) ? frozenScores : []
  await engine.run(
    `create or replace table main.scores_now as ${
      written.map((each) => scoreOf(each, session, now)).join('\nunion all\n') || nothing
    }`,
  )
  let recorded: readonly string[] = []
  await rewrite(lake, scoreRecord, await partitionsOf(platform.store, scoreRecord), async (present) => {
    recorded = await scoresIn(lake, `${present} where session = date '${session}'`)
    // What was written stays as it is. What followed is filled in once.
    await engine.run(
      `create or replace table main.record_now as
       select p.* replace (
         coalesce(p.forward_minimum_return_20, l.forward_minimum_return_20) as forward_minimum_return_20,
         coalesce(p.is_drawdown_5, l.is_drawdown_5) as is_drawdown_5)
       from (select ${columns} from ${present}) p
       left join label_forward_drawdown l on l.symbol = '${benchmark.index}' and l.session = p.session
       union all
       select ${columns} from main.scores_now s
       where not exists (select 1 from ${present} p where p.session = s.session and p.score = s.score)`,
    )
    return 'main.record_now'
  })
  const known = await scoresIn(lake, 'main.scores_now')
  return frozenScores.map(({ definition: { name, frozenOn } }) => {
    const unwritten = recorded.includes(name)
      ? `it holds the score of ${session} already, and keeps it as it was written`
      : known.includes(name)
        ? undefined
        : reasonOf(session, frozenOn, now)
    const done = { subject: name, status: 'ok', rowCount: unwritten ? 0 : 1, rejectedCount: 0, error: null } as const
    return unwritten ? { ...done, note: `nothing written: ${unwritten}` } : done
  })
})

const scoresIn = async ({ engine }: Lake, from: string): Promise<string[]> =>
  (await engine.rows<{ score: string }>(`select score from ${from}`)).map(({ score }) => score)

/** Why the record has no score of a session that it did not hold before. */
const reasonOf = (session: string, frozenOn: string, now: Date): string => {
  if (session < frozenOn) return `the score was frozen on ${frozenOn}, after the session ${session}`
  if (!isItsEvening(session, now))
    return `a score is written only between the closing bell of ${session} and the next opening bell`
  return `the score of ${session} is unknown, because a part of it is`
}

const nothing = `select ${Object.keys(scoreRecord.columns)
  .map((name) => `null as ${name}`)
  .join(', ')} where false`

/** The score of one evening; no row if it is unknown. */
const scoreOf = ({ definition: { name, frozenOn }, view }: Scored, session: string, now: Date): string => {
  const instant = `timestamp '${now.toISOString().replace('Z', '')}'`
  const stamp = knowledgeColumns({
    source: `'record'`,
    known_at: instant,
    known_basis: `'observed'`,
    known_session: `date '${session}'`,
    fetched_at: instant,
    bronze_key: 'null',
  })
  return `
    select
      date '${session}' as session, '${name}' as score, date '${frozenOn}' as frozen_on, now.${name} as value,
      (select (sum(case when h.${name} < now.${name} then 1 else 0 end) + sum(case when h.${name} = now.${name} then 0.5 else 0 end)) / count(*)
       from ${view.name} h where h.session <= date '${session}' and h.${name} is not null) as percentile,
      (select max(vix_close) from early_warning where session = date '${session}') as vix_close,
      (select max(index_drawdown_252) from crash_precursors where session = date '${session}') as index_drawdown_252,
      cast(null as double) as forward_minimum_return_20, cast(null as boolean) as is_drawdown_5, ${stamp}
    from ${view.name} now
    where now.session = date '${session}' and now.${name} is not null`
}
