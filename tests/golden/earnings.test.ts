/**
 * NVDA on its recorded filings and bars, and the filings of TSLA: growth, surprise, reaction, event study, false
 * announcements.
 */
import { beforeAll, expect, it } from 'vitest'
import type { Lake } from '../../pipeline/lake/lake.ts'
import { tag } from '../../pipeline/tag/tag.ts'
import { expectGolden, isSameNumber } from '../support/golden.ts'
import { filing, land } from '../support/import.ts'
import { copyFolder, newFolder, openTestLake } from '../support/lake.ts'
import { describeShared, sharedCsv } from '../support/shared.ts'
import { realLake } from '../support/shared-lakes.ts'

const accepted = '2025-11-19T21:20:31Z'

describeShared('NVDA', () => {
  let lake: Lake
  beforeAll(async () => {
    const folder = newFolder()
    copyFolder(await realLake(), folder)
    lake = (await openTestLake({ folder })).lake
    // The 8-K of that evening is not recorded. Its figures and estimates are those of the golden file.
    await land(lake, 'filings', [
      filing('NVDA', '0001045810-25-000209', '10-Q', 'none', '2025-08-27T20:40:00Z', '2025-07-27'),
      filing('NVDA', '0001045810-25-000228', '8-K', '2.02,9.01', accepted),
    ])
    const period = { FY2026Q3: ['2025-07-28', '2025-10-26'], FY2026Q4: ['2025-10-27', '2026-01-25'] } as const
    const concept: Readonly<Record<string, string>> = { revenue_guide: 'revenue_guidance' }
    const golden = sharedCsv('golden/nvda_surprise.csv').map((row) => {
      const [period_start, period_end] = period[row.fq as keyof typeof period]
      return { symbol: 'NVDA', concept: concept[row.metric!] ?? row.metric, period_start, period_end, row }
    })
    await land(
      lake,
      'earnings',
      golden.map(({ row, ...of }) => ({
        ...of,
        value: row.actual,
        accession: '0001045810-25-000228',
        known_at: accepted,
      })),
      { source: 'golden' },
    )
    await land(
      lake,
      'earnings_estimates',
      golden.map(({ row, period_start, ...of }) => ({ ...of, value: row.consensus, known_at: '2025-11-18T21:00:00Z' })),
      { source: 'golden' },
    )
    // The rows of the sector and market stay as they were tagged.
    expect((await tag(lake)).filter(({ error }) => error)).toEqual([])
  })

  it('growth and its acceleration by quarter, with a derived fourth quarter', async () => {
    const rows = await lake.engine.rows<Record<string, number>>(
      `select * from earnings_growth where symbol = 'NVDA' and concept = 'revenue' and source = 'sec_facts'`,
    )
    const columns = {
      yoy: 'year_on_year',
      qoq: 'quarter_on_quarter',
      yoy_accel_pp: 'year_on_year_acceleration',
      qoq_accel_pp: 'quarter_on_quarter_acceleration',
      log_accel: 'log_acceleration',
    }
    for (const expected of sharedCsv('golden/nvda_growth.csv')) {
      const found = rows.find((row) => String(row.period_end) === expected.period_end)
      expect(found?.value, expected.fq).toBe(Number(expected.revenue_busd) * 1e9)
      for (const [theirs, ours] of Object.entries(columns)) {
        // The golden table starts in May 2022. The filings start earlier.
        if (expected[theirs] !== '')
          expect(isSameNumber(found?.[ours], expected[theirs]), `${expected.fq} ${ours}`).toBe(true)
      }
    }
    const [fourth] = await lake.engine.rows(
      `select is_derived, known_session from quarterly_results where symbol = 'NVDA' and concept = 'revenue' and source = 'sec_facts' and period_end = date '2025-01-26'`,
    )
    expect(fourth).toEqual({ is_derived: true, known_session: '2025-02-27' })
  })

  it('surprises equal the golden ones, against the estimates known before the filing', async () => {
    const rows = await lake.engine.rows<{ concept: string; surprise_fraction: number }>(
      `select concept, surprise_fraction from earnings_surprises where source = 'golden' and estimate_source = 'golden'`,
    )
    const golden = sharedCsv('golden/nvda_surprise.csv')
    expect(rows).toHaveLength(golden.length)
    for (const { metric, surprise_pct } of golden) {
      const found = rows.find(({ concept }) => concept === (metric === 'revenue_guide' ? 'revenue_guidance' : metric))
      expect(isSameNumber(found?.surprise_fraction, surprise_pct), metric).toBe(true)
    }
  })

  it('reported good news, and the stock fell', async () => {
    const [reaction] = await lake.engine.rows<Record<string, number>>(
      `select * from earnings_reactions where symbol = 'NVDA' and session = date '2025-11-20'`,
    )
    expect(reaction).toMatchObject({ timing: 'after_close', period_end: '2025-10-26', is_sell_the_news: true })
    expect(reaction?.gap_return).toBeCloseTo(0.0506, 4)
    expect(reaction?.close_return).toBeCloseTo(-0.0315, 4)
    expect(reaction?.revenue_acceleration).toBeCloseTo(6.891056495, 8)
  })

  it('event study: market model, abnormal returns and their sum', async () => {
    await expectGolden(
      lake,
      `select * from catalyst_windows where symbol = 'NVDA' and event_session = date '2025-11-20'`,
      sharedCsv('golden/event_study_nvda.csv'),
      {
        r: 'log_return',
        m: 'market_log_return',
        event_time: 'event_time',
        abnormal_return: 'abnormal_return',
        cumulative_abnormal_return: 'cumulative_abnormal_return',
        t: 't_statistic',
        alpha: 'alpha',
        beta: 'beta',
        se: 'residual_deviation',
      },
    )
  })

  it('average effect: the mean of the windows, with a test from ten events on', async () => {
    const [nvda] = await lake.engine.rows<Record<string, number | null>>(
      `select * from catalyst_effects where kind = 'earnings' and symbol = 'NVDA'`,
    )
    const golden = sharedCsv('golden/event_study_nvda.csv')
    const sum = (from: number, to: number) =>
      golden
        .filter((row) => Number(row.event_time) >= from && Number(row.event_time) <= to)
        .reduce((total, row) => total + Number(row.abnormal_return), 0)
    expect(nvda).toMatchObject({ around_event_count: 1, around_t_statistic: null, around_positive_share: 0 })
    expect(nvda?.around_mean).toBeCloseTo(sum(-1, 1), 9)
    expect(nvda?.since_mean).toBeCloseTo(sum(0, 5), 9)
    const [expiry] = await lake.engine.rows<Record<string, number | null>>(
      `select * from catalyst_effects where kind = 'options_expiry' and symbol = 'GSPC'`,
    )
    expect(expiry?.event_event_count).toBeGreaterThan(200)
    expect(Math.abs(expiry?.event_t_statistic ?? 99)).toBeLessThan(3)
  })

  it('a consensus captured after the filing is not used', async () => {
    const late = {
      symbol: 'NVDA',
      concept: 'revenue',
      period_end: '2025-10-26',
      value: 57e9,
      known_at: '2025-11-19T21:20:31Z',
    }
    await land(lake, 'earnings_estimates', [late], { source: 'latecomer' })
    expect(await lake.engine.rows(`select * from earnings_surprises where estimate_source = 'latecomer'`)).toEqual([])
  })
})

describeShared('the filings of TSLA', () => {
  it('the results of each quarter are tagged once; counts of deliveries and a preliminary figure are not', async () => {
    const { lake } = await openTestLake({ folder: await realLake() })
    await lake.refresh()
    // With hindsight, the results are the last 8-K with item 2.02 before each periodic report.
    const wanted = await lake.engine.rows<{ accession: string }>(
      `select max_by(a.accession, a.accepted_at) as accession
       from filings r join filings a
         on a.symbol = r.symbol and a.form = '8-K' and a.items like '%2.02%' and a.accepted_at <= r.accepted_at
       where r.symbol = 'TSLA' and r.form in ('10-Q', '10-K') group by r.accession order by 1`,
    )
    const tagged = await lake.engine.rows<{ accession: string; verdict: string }>(
      `select accession, verdict from earnings_announcements where symbol = 'TSLA' order by accession`,
    )
    expect(tagged.length).toBeGreaterThan(60)
    expect(tagged.filter(({ verdict }) => verdict === 'results').map(({ accession }) => ({ accession }))).toEqual(
      wanted,
    )
    const [preliminary] = await lake.engine.rows(
      `select verdict, reason from earnings_announcements where symbol = 'TSLA' and cast(accepted_at as date) = date '2019-01-18'`,
    )
    expect(preliminary?.verdict).toBe('preliminary')
    const changes = await lake.engine.rows(
      `select change, count(*) as n from catalyst_rule_changes where kind = 'earnings' and entity = 'TSLA' group by change`,
    )
    expect(changes).toEqual([{ change: 'removed', n: tagged.length - wanted.length }])
  })
})
