/** Which stored views answer from their objects. */
import { expect, it } from 'vitest'
import { inDependencyOrder } from '../../../schemas/view.ts'
import { dailyBarsAsKnown } from '../../../schemas/views/bars/daily_bars_as_known.ts'
import { earningsReactions } from '../../../schemas/views/catalysts/earnings_reactions.ts'
import { views } from '../../../schemas/views/index.ts'
import { macroSurprise } from '../../../schemas/views/macro/macro_surprise.ts'
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

it('views that are held give the rows of their SQL, and follow the objects', async () => {
  const { lake } = await openTestLake({ folder: await episodeLake() })
  await lake.refresh()
  const rowsOf = async () => {
    const found: Record<string, unknown> = {}
    for (const { name } of [...held, earningsReactions])
      found[name] = await lake.engine.rows(`select * from ${name} order by all`)
    return found
  }
  const held = inDependencyOrder(views).filter(({ isHeld }) => isHeld)
  const bySql = await rowsOf()
  await lake.hold([earningsReactions, macroSurprise])
  const tables = await lake.engine.rows<{ table_name: string }>(
    `select table_name from duckdb_tables() where table_name like 'held_%'`,
  )
  expect(tables.map(({ table_name }) => table_name).sort()).toEqual(held.map(({ name }) => `held_${name}`).sort())
  expect(await rowsOf()).toEqual(bySql)
  await lake.close()

  const { lake: growing } = await openTestLake()
  const surpriseCount = () => growing.engine.rows<{ n: number }>('select count(*) as n from earnings_surprises')
  const figure = { symbol: 'NVDA', concept: 'eps_nongaap', period_end: '2025-10-26' }
  await land(growing, 'earnings_estimates', [
    { ...figure, estimate: 'consensus', value: 1.2, known_at: '2025-11-01T13:00:00Z' },
  ])
  await growing.hold([earningsReactions])
  expect(await surpriseCount()).toEqual([{ n: 0 }])
  const actual = { ...figure, period_start: '2025-07-28', value: 1.3, accession: 'a', known_at: '2025-11-19T21:20:00Z' }
  await land(growing, 'earnings', [actual], { source: 'desk' })
  expect(await surpriseCount()).toEqual([{ n: 1 }])
  await growing.close()
})

it('relations that several calls hold at once have the rows of their SQL', async () => {
  const { lake } = await openTestLake({ folder: await episodeLake() })
  await lake.refresh()
  const read = [earningsReactions, macroSurprise, dailyBarsAsKnown]
  const rowsOf = () => Promise.all(read.map(({ name }) => lake.engine.rows(`select * from ${name} order by all`)))
  const before = await rowsOf()
  await Promise.all([lake.hold(read), lake.keep([dailyBarsAsKnown]), lake.keep(read), rowsOf()])
  expect(await rowsOf()).toEqual(before)
  const tables = await lake.engine.rows<{ table_name: string }>('select table_name from duckdb_tables()')
  expect(tables.map(({ table_name }) => table_name)).toEqual(
    expect.arrayContaining(read.map(({ name }) => `held_${name}`)),
  )
  await lake.close()
})
