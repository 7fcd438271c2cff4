/** Materialized views that the embedded engine computes with SQL of its own: the rows are those of the SQL that defines the view. */
import { describe, expect, it } from 'vitest'
import { openEngine } from '../../../core/engine.ts'
import { renderView } from '../../../schemas/view.ts'
import { views } from '../../../schemas/views/index.ts'

/** Two baskets with ties, unknown values, and a session without turbulence. The numbers are repeatable. */
const inputs = [
  `create table basket_comovement as
   select basket, session, case when hash(basket, session) % 11 <> 0 then (hash(session, basket) % 90) / 10e0 end as average_correlation_20
   from (values ('sectors'), ('mega_caps')) as baskets (basket), (select cast(range as date) as session from range(timestamp '2021-01-01', timestamp '2024-01-10', interval 1 day))`,
  `create table systemic_risk as
   select basket, session, case when hash(session, 1, basket) % 5 <> 0 then (hash(basket, 2, session) % 4000) / 7e0 end as turbulence
   from basket_comovement where session > date '2021-06-01' and hash(basket, 3, session) % 13 <> 0`,
]

const embedded = views.filter((view) => view.materialized?.embedded)

describe('SQL of the embedded engine', () => {
  it.each(embedded.map((view) => [view.name, view] as const))('gives the rows of %s', async (_, view) => {
    const engine = await openEngine()
    for (const input of inputs) await engine.run(input)
    const defined = renderView(view)
    const own = renderView({ ...view, sql: view.materialized!.embedded! })
    const count = async (rows: string) =>
      (await engine.rows<{ n: number }>(`select count(*) as n from (${rows})`))[0]!.n
    expect(await count(defined)).toBeGreaterThan(2000)
    expect(await count(own)).toBe(await count(defined))
    expect(await engine.rows(`${defined} except ${own}`)).toEqual([])
    expect(await engine.rows(`${own} except ${defined}`)).toEqual([])
    await engine.close()
  })

  it('reads the relations that the view reads', () => {
    for (const view of embedded) expect(view.materialized!.embedded!.reads).toEqual(view.sql.reads)
  })
})
