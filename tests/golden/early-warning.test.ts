/** Early warning on the real series against golden values. */
import { expect, it } from 'vitest'
import { expectGolden } from '../support/golden.ts'
import { openTestLake } from '../support/lake.ts'
import { describeShared, sharedCsv } from '../support/shared.ts'
import { realLake } from '../support/shared-lakes.ts'

const columns = [
  'vix_close',
  'vix_term_structure',
  'credit_stress_63',
  'vix_close_percentile',
  'vix_term_structure_percentile',
  'credit_stress_63_percentile',
  'early_warning',
]

describeShared('early warning on real series', () => {
  it('equals the golden file in value, parts and percentiles, in its view and in the mart', async () => {
    const { lake } = await openTestLake({ folder: await realLake() })
    await lake.refresh()
    const golden = sharedCsv('golden/early_warning.csv')
    const same = Object.fromEntries(columns.map((name) => [name, name]))
    await expectGolden(lake, 'select * from early_warning', golden, same)
    await expectGolden(lake, 'select * from crash_precursors', golden, same)
    const [count] = await lake.engine.rows<Record<string, number | string>>(
      'select count(*) as n, min(session) as first_session from early_warning where early_warning is not null',
    )
    expect(count).toEqual({ n: golden.length, first_session: golden[0]?.session })
  })

  it('has breadth as a fourth part where breadth is imported', async () => {
    const { lake } = await openTestLake({ folder: await realLake() })
    await lake.refresh()
    const rows = await lake.engine.rows<Record<string, number>>(
      `select b.early_warning_breadth, (3 * e.early_warning + b.breadth_63_percentile) / 4 as expected, p.early_warning_breadth as in_mart
       from early_warning_breadth b join early_warning e using (session) join crash_precursors p using (session)
       where b.early_warning_breadth is not null`,
    )
    expect(rows.length).toBeGreaterThan(3900)
    for (const { early_warning_breadth: value, expected, in_mart: inMart } of rows) {
      expect(Math.abs(value! - expected!)).toBeLessThan(1e-12)
      expect(inMart).toBe(value)
    }
  })

  it('counts what followed earlier sessions at such a level, of those whose 20 sessions had passed', async () => {
    const { lake } = await openTestLake({ folder: await realLake() })
    await lake.refresh()
    const session = '2025-11-20'
    const days = await lake.engine.rows<{ session: string; early_warning: number; fell: boolean | null }>(
      `select e.session, early_warning, l.is_drawdown_5 as fell
       from early_warning e left join label_forward_drawdown l on l.session = e.session and l.symbol = 'GSPC'
       where early_warning is not null and e.session <= date '${session}' order by e.session`,
    )
    const past = days.slice(0, -20)
    const level = Math.floor(days.at(-1)!.early_warning * 10)
    const same = past.filter(({ early_warning: value }) => Math.floor(value * 10) === level)
    const shareOf = (rows: typeof days) => rows.filter(({ fell }) => fell).length / rows.length
    const [found] = await lake.engine.rows<Record<string, number>>(
      `select * from early_warning_cases where session = date '${session}'`,
    )
    expect(found).toMatchObject({ case_count: same.length, base_count: past.length, level_from: level / 10 })
    expect(found!.fall_share).toBeCloseTo(shareOf(same), 12)
    expect(found!.base_rate).toBeCloseTo(shareOf(past), 12)
    expect(found!.fall_low_95).toBeLessThan(found!.fall_share!)
    expect(found!.fall_high_95).toBeGreaterThan(found!.fall_share!)
    const changes = ['vix_change_5', 'term_structure_change_5', 'credit_change_5'].map((name) => found![name]!)
    expect(changes.reduce((sum, each) => sum + each, 0)).toBeCloseTo(found!.change_5!, 12)
    expect(found!.change_5).toBeCloseTo(days.at(-1)!.early_warning - days.at(-6)!.early_warning, 12)
  })
})
