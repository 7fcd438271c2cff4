/** Views over series: what is made without a sort for each window has the rows of the view's SQL, in the order of the grain. */
import { describe, expect, it } from 'vitest'
import type { Lake } from '../../../pipeline/lake/lake.ts'
import { effectiveSpreads } from '../../../schemas/tables/effective_spreads.ts'
import { renderView } from '../../../schemas/view.ts'
import { views } from '../../../schemas/views/index.ts'
import { openTestLake } from '../../support/lake.ts'
import { hasShared } from '../../support/shared-folder.ts'
import { episodeLake, extremeLake, realLake } from '../../support/shared-lakes.ts'

const overSeries = views.filter(({ materialized }) => materialized?.rowsBack !== undefined)

const lakes = [
  { name: 'the episode', folderOf: episodeLake, isThere: true },
  { name: 'figures at the limits', folderOf: extremeLake, isThere: true },
  { name: 'the real series', folderOf: realLake, isThere: hasShared },
]

const countOf = async ({ engine }: Lake, rows: string) =>
  (await engine.rows<{ n: number }>(`select count(*) as n from ${rows}`))[0]!.n

describe.each(lakes)('in the lake of $name', ({ folderOf, isThere }) => {
  it.skipIf(!isThere)('a stored view over series has exactly the rows of its SQL', async () => {
    const { lake } = await openTestLake({ folder: await folderOf() })
    await lake.refresh()
    for (const view of overSeries) {
      const sql = `(${renderView(view)})`
      expect(await countOf(lake, view.name), view.name).toBeGreaterThan(0)
      expect(await countOf(lake, `(from ${view.name} except all from ${sql})`), view.name).toBe(0)
      expect(await countOf(lake, `(from ${sql} except all from ${view.name})`), view.name).toBe(0)
    }
    await lake.close()
  })

  it.skipIf(!isThere)('rows that are written without a sort are in the order of the grain', async () => {
    const { lake } = await openTestLake({ folder: await folderOf() })
    for (const { name } of [...overSeries, effectiveSpreads]) {
      const ordered = `lag(symbol) over w < symbol or (lag(symbol) over w = symbol and lag(session) over w < session)`
      const files = `read_parquet('${lake.platform.store.location}/silver/${name}/*/data.parquet', hive_partitioning = false, filename = true, file_row_number = true)`
      const pairs = `(select ${ordered} as is_after from ${files} window w as (partition by filename order by file_row_number))`
      expect(await countOf(lake, `${pairs} where not is_after`), name).toBe(0)
      expect(await countOf(lake, `${pairs} where is_after`), name).toBeGreaterThan(0)
    }
    await lake.close()
  })
})
