/** The views about the lake itself: columns, freshness, gaps, runs and checks. */
import { cpSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { findGaps } from '../../../pipeline/check/gaps.ts'
import type { Lake } from '../../../pipeline/lake/lake.ts'
import { publish } from '../../../pipeline/publish/publish.ts'
import { sqlTypeName } from '../../../schemas/column.ts'
import { tables } from '../../../schemas/tables/index.ts'
import { views } from '../../../schemas/views/index.ts'
import { bar, land } from '../../support/import.ts'
import { hashes, newFolder, openTestLake } from '../../support/lake.ts'
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

describe('the dictionary', () => {
  it('is the same bytes when published again, and is restored if it was lost', async () => {
    const folder = newFolder()
    cpSync(await episodeLake(), folder, { recursive: true })
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
