/** Which stored views answer from their objects. */
import { expect, it } from 'vitest'
import { bar, land } from '../../support/import.ts'
import { openTestLake } from '../../support/lake.ts'
import { episodeLake } from '../../support/shared-lakes.ts'

it('a stored view without input leaves the views above it stored', async () => {
  const { lake } = await openTestLake({ folder: await episodeLake() })
  await lake.refresh()
  const defined = await lake.engine.rows<{ view_name: string; sql: string }>(
    'select view_name, sql from duckdb_views()',
  )
  const isStored = (name: string) => defined.find(({ view_name }) => view_name === name)!.sql.includes('read_parquet')
  expect(await lake.engine.rows('select * from symbol_volume')).toEqual([])
  expect(isStored('flagged_volume')).toBe(false)
  expect(isStored('resonance')).toBe(true)
  expect(isStored('crash_precursors')).toBe(true)
  await lake.close()
})

it('an answer has only the first rows that are asked for', async () => {
  const { lake } = await openTestLake()
  const { rows } = await lake.engine.answer('select x from range(100000) r(x) order by x', { rows: 3 })
  expect(rows).toEqual([[0], [1], [2]])
  await lake.close()
})

it('a view that was asked before reads objects that came later', async () => {
  const { lake } = await openTestLake()
  const sessions = () => lake.engine.rows<{ session: string }>('select session from latest_bars order by session')
  const landBar = (session: string) => land(lake, 'daily_bars', [{ ...bar(session), symbol: 'A' }], { source: 'x' })
  await landBar('2024-12-31')
  expect(await sessions()).toEqual([{ session: '2024-12-31' }])
  await landBar('2025-01-02')
  // The statement names the view alone, and the table below it has one object more.
  expect(await sessions()).toEqual([{ session: '2024-12-31' }, { session: '2025-01-02' }])
  await lake.close()
})
