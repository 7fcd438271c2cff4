/** The views about the lake itself: columns, freshness, gaps, runs and checks. */
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { findGaps } from '../../../pipeline/check/gaps.ts'
import { lateness } from '../../../pipeline/check/lateness.ts'
import { compute } from '../../../pipeline/compute/compute.ts'
import type { Lake } from '../../../pipeline/lake/lake.ts'
import { publish } from '../../../pipeline/publish/publish.ts'
import { sqlTypeName } from '../../../schemas/column.ts'
import { tables } from '../../../schemas/tables/index.ts'
import { views } from '../../../schemas/views/index.ts'
import { bar, land } from '../../support/import.ts'
import { barsOf, importBars } from '../../support/intraday.ts'
import { copyFolder, hashes, newFolder, openTestLake } from '../../support/lake.ts'
import { episodeLake } from '../../support/shared-lakes.ts'

describe('of the episode', () => {
  let lake: Lake
  beforeAll(async () => {
    lake = (await openTestLake({ folder: await episodeLake() })).lake
    await lake.refresh()
    return () => lake.close()
  })

  it('meta_columns has every column of every table and view, with its meaning, unit and lineage', async () => {
    const rows = await lake.engine.rows(
      'select relation, position, name, type, unit, doc, is_nullable, is_grain, reads from meta_columns',
    )
    const declared = [...tables, ...views].flatMap((relation) =>
      Object.entries(relation.columns).map(([name, { type, unit, doc, nullable }], i) => ({
        relation: relation.name,
        position: i + 1,
        name,
        type: sqlTypeName(type),
        unit: unit ?? null,
        doc,
        is_nullable: nullable,
        is_grain: relation.grain.includes(name),
        reads: relation.kind === 'view' ? relation.sql.reads.map((each) => each.name).join(', ') : null,
      })),
    )
    const place = ({ relation, position }: Record<string, unknown>) =>
      `${relation} ${String(position).padStart(3, '0')}`
    const sorted = <T extends Record<string, unknown>>(of: T[]) => of.sort((a, b) => place(a).localeCompare(place(b)))
    expect(sorted(rows as Record<string, unknown>[])).toEqual(sorted(declared))
  })

  it('meta_gaps has the gaps that the command finds up to the newest session', async () => {
    const rows = await lake.engine.rows('select * from meta_gaps order by table_name, session, source, subject')
    expect(rows).toEqual(await findGaps(lake, { to: '2025-11-20' }))
    expect(rows.length).toBeGreaterThan(0)
  })

  it('meta_runs has the worst status of each step', async () => {
    const rows = await lake.engine.rows<{ run_id: string; step: string; status: string }>('select * from meta_runs')
    const [counts] = await lake.engine.rows('select count(distinct run_id || step) as n, sum(row_count) as s from runs')
    expect(rows.length).toBe(counts?.n)
    expect(new Set(rows.map(({ status }) => status))).toEqual(new Set(['ok']))
  })

  it('meta_checks tells which findings are still open', async () => {
    const rows = await lake.engine.rows('select rule, subject, is_open, last_session from meta_checks order by subject')
    expect(rows).toContainEqual({
      rule: 'missing_session',
      subject: 'cboe_options option_chains',
      is_open: true,
      last_session: '2025-11-20',
    })
  })
})

describe('of a lake with two imports', () => {
  it('meta_freshness has the sessions that each source covers, and its rejected rows', async () => {
    const { lake } = await openTestLake()
    await land(lake, 'daily_bars', ['2025-11-17', '2025-11-19', '2025-11-20'].map(bar), { symbol: 'A', source: 'one' })
    await land(lake, 'daily_bars', ['2025-11-17'].map(bar), { symbol: 'B', source: 'two' })
    await land(
      lake,
      'market_depth',
      [{ session: '2025-11-19', instrument: 'ES', metric: 'top_of_book_usd', value: 5e6 }],
      {
        source: 'desk',
      },
    )
    const rows = await lake.engine.rows(
      "select source, table_name, series_count, first_session, last_session, sessions_behind from meta_freshness where source <> 'import' order by source",
    )
    expect(rows).toEqual([
      {
        source: 'desk',
        table_name: 'market_depth',
        series_count: 1,
        first_session: '2025-11-19',
        last_session: '2025-11-19',
        sessions_behind: 1,
      },
      {
        source: 'one',
        table_name: 'daily_bars',
        series_count: 1,
        first_session: '2025-11-17',
        last_session: '2025-11-20',
        sessions_behind: 0,
      },
      {
        source: 'two',
        table_name: 'daily_bars',
        series_count: 1,
        first_session: '2025-11-17',
        last_session: '2025-11-17',
        sessions_behind: 3,
      },
    ])
    const [imports] = await lake.engine.rows("select * from meta_freshness where source = 'import'")
    expect(imports).toMatchObject({ table_name: 'any', payload_count: 3, refused_count: 0, rejected_count: 0 })
    const gaps = await lake.engine.rows('select source, subject, session from meta_gaps order by source, session')
    expect(gaps).toEqual([
      // Depth comes the same evening.
      { source: 'desk', subject: 'ES', session: '2025-11-20' },
      { source: 'one', subject: 'A', session: '2025-11-18' },
      ...['2025-11-18', '2025-11-19', '2025-11-20'].map((session) => ({ source: 'two', subject: 'B', session })),
    ])
    await lake.close()
  })
})

describe('of a lake with bars inside the sessions', () => {
  it('meta_gaps has a session without bars, and intraday_coverage how many bars the others have', async () => {
    const { lake } = await openTestLake()
    const bars = [
      ...barsOf('2025-11-26', 390),
      ...barsOf('2025-11-28', 200),
      ...barsOf('2025-12-02', 390).filter((_, i) => i % 2 === 0),
    ]
    expect(await importBars(lake, bars)).toMatchObject({ status: 'ok' })
    await land(lake, 'daily_bars', ['2025-12-02', '2025-12-03'].map(bar), { symbol: 'SPY', source: 'desk' })
    const expected = { table_name: 'intraday_bars', source: 'desk', subject: 'SPY' }
    const gaps = () => lake.engine.rows("select * from meta_gaps where table_name = 'intraday_bars' order by session")
    const missing = ['2025-12-01', '2025-12-03'].map((session) => ({ ...expected, session }))
    expect(await gaps()).toEqual(missing)
    for (const { error } of await compute(lake)) expect(error).toBeNull()
    expect(await gaps()).toEqual(missing)
    expect(await findGaps(lake, { to: '2025-12-03' })).toEqual(missing)
    expect(
      await lake.engine.rows('select session, bar_count, expected_bar_count from intraday_coverage order by session'),
    ).toEqual([
      { session: '2025-11-26', bar_count: 390, expected_bar_count: 390 },
      { session: '2025-11-28', bar_count: 200, expected_bar_count: 210 },
      { session: '2025-12-02', bar_count: 195, expected_bar_count: 390 },
    ])
    const late = await lateness(lake, [{ source: 'desk', table: 'intraday_bars', lag: { kind: 'fetched' } }], '18:30')
    expect(late).toMatchObject([{ dataset: expect.stringContaining('intraday_bars'), latest: '2025-12-02' }])
    await lake.close()
  })
})

describe('the dictionary', () => {
  it('is the same bytes when published again, and is restored if it was lost', async () => {
    const folder = newFolder()
    copyFolder(await episodeLake(), folder)
    const before = hashes(folder, 'silver/dictionary')
    expect(Object.keys(before)).toHaveLength(1)
    const { lake } = await openTestLake({ folder })
    await publish(lake)
    expect(hashes(folder, 'silver/dictionary')).toEqual(before)
    rmSync(join(folder, 'silver/dictionary'), { recursive: true })
    await publish(lake)
    expect(hashes(folder, 'silver/dictionary')).toEqual(before)
    await lake.close()
  })
})
