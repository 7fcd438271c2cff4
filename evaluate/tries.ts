/** The ledger of tries: what this lake was asked, so that intervals can be corrected for it. */
import { createHash } from 'node:crypto'
import { knowledgeOf } from '../calendar/knowledge.ts'
import type { Lake } from '../pipeline/lake/lake.ts'
import { partitionsOf, rewrite } from '../pipeline/silver/objects.ts'
import type { Row } from '../schemas/table.ts'
import { evaluationTries } from '../schemas/tables/evaluation_tries.ts'
import type { Trial } from './trial.ts'

export interface Question {
  readonly target: string
  readonly label: string
  readonly subset: string
  readonly predictor: string
  readonly values_digest: string
}

export interface Try {
  readonly question: Question
  readonly trial: Trial
}

const keys = ['target', 'label', 'subset', 'predictor', 'values_digest'] as const

const digested = 1000
const digits = 7

/** Digest of the first known values. It stays the same when sessions are added. */
export const digestOf = (values: Float64Array): string =>
  createHash('sha256')
    .update(
      [...values.filter((value) => !Number.isNaN(value)).subarray(0, digested)]
        .map((value) => value.toPrecision(digits))
        .join(),
    )
    .digest('hex')
    .slice(0, 16)

/** Adds tries to the ledger. A try that is in it already stays as it was. Returns the number of all tries. */
export const recordTries = async (lake: Lake, tries: readonly Try[]): Promise<number> => {
  const { engine, platform } = lake
  const now = knowledgeOf({ source: 'evaluate', known_at: platform.now().toISOString(), known_basis: 'observed' })
  const rows = tries.map(
    ({ question, trial }): Row<typeof evaluationTries> => ({
      ...question,
      first_session: trial.from,
      session_count: trial.sessions,
      area: trial.area,
      vix_area: trial.vixArea,
      low_95: trial.differenceInterval[0],
      high_95: trial.differenceInterval[1],
      ...now,
    }),
  )
  let count = 0
  await rewrite(lake, evaluationTries, await partitionsOf(platform.store, evaluationTries), async (present) => {
    await engine.load('tried', evaluationTries.columns, rows)
    const columns = Object.keys(evaluationTries.columns).join(', ')
    const same = keys.map((name) => `p.${name} = t.${name}`).join(' and ')
    await engine.run(
      `create or replace table tries_now as
       select ${columns} from ${present} p
       union all
       select ${columns} from (select distinct * from tried) t where not exists (select 1 from ${present} p where ${same})`,
    )
    count = (await engine.rows<{ n: number }>('select count(*) as n from tries_now'))[0]!.n
    return 'tries_now'
  })
  return count
}
