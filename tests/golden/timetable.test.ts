/** The data vacuum of the 2025 shutdown, and the spread of surprises, against the golden files. */
import { expect, it } from 'vitest'
import { isSameNumber } from '../support/golden.ts'
import { announcement, bar, goldenPayrollLevels, land } from '../support/import.ts'
import { openTestLake } from '../support/lake.ts'
import { describeShared, sharedCsv } from '../support/shared.ts'

const names: Readonly<Record<string, string>> = {
  NFP: 'nonfarm_payrolls',
  CPI: 'consumer_prices',
  IP: 'industrial_production',
  GDP: 'gross_domestic_product',
  PCE: 'personal_consumption_prices',
  ECI: 'employment_cost_index',
  JOLTS: 'job_openings',
}
const periodOf = (period: string) => (period.endsWith('Q3') ? `${period.slice(0, 4)}-07-01` : `${period}-01`)

describeShared('the timetable of the 2025 shutdown', () => {
  it('gives the golden data vacuum on every day', async () => {
    const { lake } = await openTestLake()
    const announced = sharedCsv('golden/macro_release_calendar_2025_shutdown.csv').flatMap((row) => {
      const of = [names[row.series!]!, periodOf(row.ref_period!)] as const
      const due = `${row.scheduled}T13:30:00Z`
      const actual = `${row.actual}T13:30:00Z`
      return [
        announcement(...of, due, '2025-09-01T12:00:00Z'),
        row.actual === 'CANCELLED'
          ? announcement(...of, due, '2025-11-19T20:00:00Z', { status: 'cancelled', revision_number: 1 })
          : announcement(...of, actual, actual, { status: 'released', revision_number: 1 }),
      ]
    })
    await land(lake, 'release_calendar', announced)
    await land(lake, 'daily_bars', [bar('2025-12-24')], { symbol: 'SPY' })
    for (const row of sharedCsv('golden/data_vacuum_expected.csv')) {
      const [found] = await lake.engine.rows<Record<string, number>>(
        `select * from data_vacuum where session = date '${row.as_of}'`,
      )
      expect(found, row.as_of).toMatchObject({
        overdue_count: Number(row.n_overdue),
        overdue_days: Number(row.sum_days),
        longest_overdue_days: Number(row.max_days),
      })
      expect(isSameNumber(found?.weighted_overdue, row.weighted_overdue), row.as_of).toBe(true)
      expect(isSameNumber(found?.weighted_overdue_days, row.weighted_days), row.as_of).toBe(true)
    }
  })

  it('September payrolls: staleness at release, and the standardized surprise for each spread', async () => {
    const [golden] = sharedCsv('golden/macro_nfp_2025_09.csv')
    const { lake } = await openTestLake()
    await land(lake, 'daily_bars', [bar('2025-11-20')], { symbol: 'SPY' })
    // Twenty-four months with payroll surprises of equal size and alternating sign.
    const months = Array.from({ length: 26 }, (_, i) => new Date(Date.UTC(2023, 7 + i, 1)).toISOString().slice(0, 10))
    const releasedAt = (month: string) =>
      month === '2025-09-01'
        ? '2025-11-20T13:30:00Z'
        : `${new Date(Date.parse(month) + 36 * 86_400_000).toISOString().slice(0, 10)}T13:30:00Z`
    // The sample standard deviation of n values ± s is s times the square root of n / (n - 1).
    const spreads = [50, 60, 75, 100].map((sigma) => ({ sigma, step: sigma / Math.sqrt(24 / 23) }))
    const levels = months.map((month, i) => ({
      series: 'PAYEMS',
      reference_period: month,
      value: 150_000 + 100 * i + (month === '2025-09-01' ? 19 : 0),
      known_at: releasedAt(month),
    }))
    await land(lake, 'macro_releases', levels)
    const figure = (month: string) => (month === '2025-09-01' ? 119 : 100)
    for (const { sigma, step } of spreads) {
      const expectations = months.slice(1).map((month, i) => ({
        release: 'nonfarm_payrolls',
        scheduled_at: releasedAt(month),
        consensus: month === '2025-09-01' ? 50 : figure(month) + (i % 2 === 0 ? step : -step),
        reference_period: '',
        released_at: '',
        actual: '',
        prior: '',
        known_at: new Date(Date.parse(releasedAt(month)) - 86_400_000).toISOString(),
      }))
      await land(lake, 'consensus', expectations, { source: `sigma_${sigma}` })
    }
    const rows = await lake.engine.rows<Record<string, number | string>>(
      `select * from macro_surprise where reference_period = date '2025-09-01' order by consensus_source`,
    )
    expect(rows).toHaveLength(spreads.length)
    for (const row of rows) {
      const sigma = String(row.consensus_source).split('_')[1]
      expect(row).toMatchObject({ surprise: Number(golden?.surprise_k), prior_surprise_count: 24, policy_sign: 1 })
      expect(isSameNumber(row.standardized_surprise as number, golden?.[`z_sigma${sigma}`], 1e-9), sigma).toBe(true)
    }
    const [known] = await lake.engine.rows(
      `select staleness_days from macro_as_of where series = 'PAYEMS' and session = date '2025-11-20'`,
    )
    expect(known?.staleness_days).toBe(Number(golden?.staleness_days_month_end))
  })

  it('payroll changes as known at each golden instant, from the golden vintages', async () => {
    const { lake } = await openTestLake()
    await land(lake, 'macro_releases', goldenPayrollLevels())
    for (const row of sharedCsv('golden/asof_expected.csv')) {
      const [found] = await lake.engine.rows<{ figure: number | null }>(
        `select max_by(figure, known_at) as figure from macro_vintages
         where reference_period = date '${row.ref_period}-01' and known_at <= timestamp '${row.as_of_utc!.replace('Z', '')}'`,
      )
      const wanted = row.value_k === '' ? null : Number(row.value_k)
      expect(found?.figure, `${row.ref_period} at ${row.as_of_utc}`).toBe(wanted)
    }
    const july = await lake.engine.rows(
      `select vintage, figure, revision from macro_vintages where reference_period = date '2025-07-01' order by vintage`,
    )
    expect(july).toEqual([
      { vintage: 1, figure: 73, revision: 0 },
      { vintage: 2, figure: 79, revision: 6 },
      { vintage: 3, figure: 72, revision: -1 },
    ])
  })
})
