/** Stored views whose first input has no rows are taken as empty. Their SQL has no rows then either, whatever the other inputs hold. */
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { compute } from '../../pipeline/compute/compute.ts'
import type { Lake } from '../../pipeline/lake/lake.ts'
import { materializedView, storedStates } from '../../pipeline/silver/derived.ts'
import { emptyRelation } from '../../pipeline/silver/files.ts'
import { silverVersions, stateKey } from '../../pipeline/silver/staleness.ts'
import { sqlTypeName } from '../../schemas/column.ts'
import { renderView, type View } from '../../schemas/view.ts'
import { views } from '../../schemas/views/index.ts'
import { openTestLake } from '../support/lake.ts'
import { episodeLake, extremeLake } from '../support/shared-lakes.ts'

const stored = views.filter(({ materialized }) => materialized)
const emptied = stored.filter(({ materialized }) => !materialized!.outlivesFirst)

const states = async ({ platform: { store } }: Lake) => storedStates(store, views, await silverVersions(store))

const countOf = async ({ engine }: Lake, relation: string) =>
  (await engine.rows<{ n: number }>(`select count(*) as n from ${relation}`))[0]!.n

/** How many rows the SQL of a view gives while its first input has none. */
const countWithoutFirst = async (lake: Lake, view: View): Promise<number> => {
  const { name, columns } = materializedView(view).reads[0]!
  // The first statement that names a relation defines it.
  await lake.engine.run(`create table if not exists kept_${name} as select * from ${name}`)
  await lake.undefining.run(`create or replace view ${name} as ${emptyRelation(columns, sqlTypeName)}`)
  try {
    return await countOf(lake, `(${renderView(view)})`)
  } finally {
    await lake.undefining.run(`create or replace view ${name} as select * from kept_${name}`)
  }
}

describe.each([
  ['the bundled episode', episodeLake],
  ['figures at the limits', extremeLake],
])('in a lake of %s', (_, folder) => {
  let lake: Lake
  beforeAll(async () => {
    lake = (await openTestLake({ folder: await folder() })).lake
    await lake.refresh()
  })
  afterAll(() => lake.close())

  it.each(emptied.map((view) => [view.name, view] as const))('%s', async (_, view) => {
    expect(await countWithoutFirst(lake, view)).toBe(0)
  })

  if (folder === episodeLake)
    it('a view that may outlive its first input has rows', async () => {
      const others = stored.filter((view) => !emptied.includes(view))
      for (const view of others) expect(await countWithoutFirst(lake, view), view.name).toBeGreaterThan(0)
    })
})

it('a view that may outlive its first input is stored for the years in which only its other inputs have rows', async () => {
  const { lake, folder } = await openTestLake({ copyOf: await episodeLake() })
  for (const view of stored.filter((each) => !emptied.includes(each))) {
    const [first] = materializedView(view).reads
    for (const gone of [`silver/${first!.name}/year=2024`, `silver/${view.name}`, stateKey(view.name)])
      rmSync(join(folder, gone), { recursive: true })
    await compute(lake)
    await lake.refresh()
    const years = `select year(${view.materialized!.yearOf}) as y, count(*) as n from`
    const found = await lake.engine.rows<{ y: number }>(`${years} ${view.name} group by y order by y`)
    expect(found, view.name).toEqual(await lake.engine.rows(`${years} (${renderView(view)}) group by y order by y`))
    expect(found.map(({ y }) => y)).toContain(2024)
    expect((await states(lake)).get(view)).toBe('stored')
  }
  await lake.close()
})

it('a view whose input has no rows is answered without its SQL', async () => {
  const { lake } = await openTestLake()
  await lake.refresh()
  expect(await lake.engine.rows('select * from crash_precursors')).toEqual([])
  const [defined] = await lake.engine.rows<{ sql: string }>(
    "select sql from duckdb_views() where view_name = 'crash_precursors'",
  )
  expect(defined!.sql).not.toMatch(/daily_bars_as_known/)
  await lake.close()
})
