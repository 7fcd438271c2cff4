/** No NaN, no infinity and no overflow: every double of every public relation is a finite number or NULL, whatever has landed. */
import { describe, expect, it } from 'vitest'
import { rebuild } from '../../pipeline/ingest/rebuild.ts'
import type { Lake } from '../../pipeline/lake/lake.ts'
import { tables } from '../../schemas/tables/index.ts'
import type { Relation } from '../../schemas/view.ts'
import { views } from '../../schemas/views/index.ts'
import { fillExtremeLake } from '../support/extreme-lake.ts'
import { derivedHashes, newFolder, openTestLake } from '../support/lake.ts'
import { describeShared } from '../support/shared.ts'
import { extremeLake, realLake } from '../support/shared-lakes.ts'

/** Relations that only a run of the command line or the universe fills. */
const ofRuns = ['runs', 'meta_runs', 'declared_last_sessions', 'evaluation_tries', 'score_record']
/** Relations whose rows need a catalyst within the bars of a session, or years of history. The real series has them. */
const ofLongerSpans = ['catalyst_intraday', 'early_warning_cases']

/** Reads a relation whole: its number of rows, and the columns with a number that is not finite or with a NULL that they must not have. */
const faultsOf = async ({ engine }: Lake, { name, columns }: Relation) => {
  const tests = Object.entries(columns).flatMap(([column, { type, nullable }]) => [
    ...(type === 'double' ? [[`${column} is not finite`, `not isfinite(${column})`] as const] : []),
    ...(nullable ? [] : [[`${column} is NULL`, `${column} is null`] as const]),
  ])
  const counts = tests.map(([fault, condition]) => `, count(*) filter (where ${condition}) as "${fault}"`)
  const [found] = await engine.rows<Record<string, number>>(`select count(*) as n${counts.join('')} from ${name}`)
  const { n, ...faults } = found!
  return { n: n!, faults: Object.entries(faults).flatMap(([fault, count]) => (count ? [`${name}.${fault}`] : [])) }
}

const expectFinite = async (folder: string, isFilled: (relation: Relation) => boolean) => {
  const { lake } = await openTestLake({ folder })
  await lake.refresh()
  const faults: string[] = []
  for (const relation of [...tables, ...views]) {
    const found = await faultsOf(lake, relation)
    faults.push(...found.faults)
    if (!found.n && isFilled(relation)) faults.push(`${relation.name} has no rows`)
  }
  expect(faults).toEqual([])
  await lake.close()
}

describe('every double is a finite number or NULL', () => {
  it('in a lake with extremes in every table', async () => {
    await expectFinite(await extremeLake(), ({ name }) => ![...ofRuns, ...ofLongerSpans].includes(name))
  })

  it('in a lake with extremes in two of three tables, which is the same silver when rebuilt', async () => {
    const folder = newFolder()
    await fillExtremeLake(folder, 0.17, 0.67)
    await expectFinite(folder, () => false)
    const before = derivedHashes(folder)
    const { lake } = await openTestLake({ folder })
    expect((await rebuild(lake, [])).filter(({ status }) => status === 'failed')).toEqual([])
    await lake.close()
    expect(derivedHashes(folder)).toEqual(before)
  })
})

describeShared('every double of the real series', () => {
  it('is a finite number or NULL', async () => {
    await expectFinite(await realLake(), () => false)
  })
})
