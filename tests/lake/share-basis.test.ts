/** Figures per share or in shares across a split are on one basis: prices, volumes, EPS, fund shares (../shared/cases). */
import { describe, expect, it } from 'vitest'
import { check } from '../../pipeline/check/check.ts'
import { importFiles, ingestPayload } from '../../pipeline/ingest/import-files.ts'
import { rebuild } from '../../pipeline/ingest/rebuild.ts'
import { tag } from '../../pipeline/tag/tag.ts'
import { sourceNamed } from '../../sources/index.ts'
import { bar, land } from '../support/import.ts'
import { derivedHashes, openTestLake, type TestLake } from '../support/lake.ts'
import { describeShared, sharedPath } from '../support/shared.ts'

const open = (at = '2026-11-23T15:00:00Z') => openTestLake({ at })

const take = async ({ lake }: TestLake, table: string, file: string, set: Record<string, string> = {}) => {
  const outcome = await importFiles(lake, table, [sharedPath('cases', file)], set)
  expect(outcome).toMatchObject({ error: null, rejectedCount: 0 })
}
const ingest = async ({ lake }: TestLake, source: string, file: string, key: string, fetchedAt?: string) => {
  const options = { key, ...(fetchedAt ? { fetchedAt: new Date(fetchedAt) } : {}) }
  const outcome = await ingestPayload(lake, sourceNamed(source), sharedPath('cases', file), options)
  expect(outcome).toMatchObject({ error: null, rejectedCount: 0 })
}
const ask = async ({ lake }: TestLake, sql: string) => {
  await lake.refresh()
  return lake.engine.rows<Record<string, number>>(sql)
}

/** A rebuild gives the same bytes. */
const expectSameAfterRebuild = async (test: TestLake) => {
  const before = derivedHashes(test.folder)
  await rebuild(test.lake, [])
  expect(derivedHashes(test.folder)).toEqual(before)
}

describeShared('prices and volumes', () => {
  it('an imported history that comes again on another basis is one split', async () => {
    const test = await open('2024-06-07T23:00:00Z')
    const set = { symbol: 'NVDA', source: 'yahoo_adjusted' }
    await take(test, 'daily_bars', 'vendor-split/1-before.csv', set)
    test.clock.set('2024-06-10T23:00:00Z')
    await take(test, 'daily_bars', 'vendor-split/2-after.csv', set)
    expect(await ask(test, 'select symbol, session, split_factor, source from corporate_actions')).toEqual([
      { symbol: 'NVDA', session: '2024-06-10', split_factor: 10, source: 'yahoo_adjusted' },
    ])
    const [day] = await ask(
      test,
      "select close / previous_close - 1 as r from daily_bars_as_known where session = date '2024-06-10'",
    )
    expect(day?.r).toBeCloseTo(0.0008, 4)
    expect(await ask(test, 'select count(*) as n from daily_bars')).toEqual([{ n: 15 }])
    await expectSameAfterRebuild(test)
  })

  it('a split that two sources tell with ex-dates one session apart is one split', async () => {
    const test = await open()
    await ingest(test, 'tiingo_bars', 'two-ex-dates/tiingo.json', 'TWOX')
    await take(test, 'corporate_actions', 'two-ex-dates/desk_split.csv')
    expect(
      await ask(
        test,
        "select session, round(close, 6) as close from latest_bars where session between date '2025-01-06' and date '2025-01-13' order by session",
      ),
    ).toEqual([
      { session: '2025-01-06', close: 100 },
      { session: '2025-01-07', close: 100 },
      { session: '2025-01-08', close: 100 },
      { session: '2025-01-10', close: 100 },
      { session: '2025-01-13', close: 100 },
    ])
    expect(
      await ask(test, 'select distinct close / previous_close as r from daily_bars_as_known where previous_close > 0'),
    ).toEqual([{ r: 1 }])
  })

  it('volume around a split is as usual', async () => {
    const test = await open()
    await ingest(test, 'tiingo_bars', 'abnormal-volume-split/tiingo.json', 'VOLX')
    await take(test, 'daily_bars', 'abnormal-volume-split/gspc.csv', { symbol: 'GSPC', source: 'desk' })
    await ingest(test, 'sec_filings', 'abnormal-volume-split/submissions.json', '0000000005')
    await tag(test.lake)
    const rows = await ask(test, "select event_time, abnormal_volume from catalyst_windows where symbol = 'VOLX'")
    expect(rows).toHaveLength(11)
    for (const { abnormal_volume } of rows) expect(abnormal_volume).toBeCloseTo(0, 9)
  })

  it('a crash lands, with a finding', async () => {
    const test = await open('2018-02-07T00:30:00Z')
    await take(test, 'daily_bars', 'crash-rejected/etn.csv', { symbol: 'ETNX', source: 'v' })
    expect(await ask(test, 'select count(*) as n, max_by(close, session) as last from daily_bars')).toEqual([
      { n: 8, last: 7.35 },
    ])
    await check(test.lake, '2018-02-06')
    expect(await ask(test, "select rule, subject, detail from checks where rule = 'price_jump'")).toEqual([
      { rule: 'price_jump', subject: 'ETNX', detail: 'close 7.35 after 99.0' },
    ])
  })

  it('a split that the payload names is not a slip', async () => {
    const test = await open()
    await ingest(test, 'tiingo_bars', 'split20/amzn-like.json', 'AMZZ', '2022-07-30T18:00:00-05:00')
    expect(await ask(test, 'select count(*) as n from daily_bars')).toEqual([{ n: 40 }])
    const [largest] = await ask(test, 'select max(abs(close / previous_close - 1)) as r from daily_bars_as_known')
    expect(largest?.r).toBeLessThan(0.1)
  })
})

describeShared('shares of a fund', () => {
  it('a split is not a flow', async () => {
    const test = await open()
    await take(test, 'fund_shares', 'fundsplit/shares.csv', { symbol: 'SVXX' })
    await take(test, 'corporate_actions', 'fundsplit/split.csv')
    const [day] = await ask(test, "select net_flow, is_split from fund_flows where session = date '2024-10-29'")
    expect(day).toEqual({ net_flow: 0, is_split: true })
  })
})

describeShared('figures per share', () => {
  it('a fourth quarter across a split', async () => {
    const test = await open()
    await take(test, 'earnings', 'eps-derived/eps.csv')
    const [quarter] = await ask(
      test,
      "select round(value, 9) as value, is_derived from quarterly_results where period_end = date '2020-09-26'",
    )
    expect(quarter).toEqual({ value: 0.74, is_derived: true })
    const [growth] = await ask(
      test,
      "select quarter_on_quarter from earnings_growth where period_end = date '2020-09-26'",
    )
    expect(growth?.quarter_on_quarter).toBeCloseTo(0.74 / (2.58 / 4) - 1, 9)
  })

  it('growth of NVDA across its splits of 2021 and 2024', async () => {
    const test = await open()
    const facts = { key: '0001045810' }
    const file = sharedPath('data', 'sec', 'companyfacts_CIK0001045810_subset.json')
    expect(await ingestPayload(test.lake, sourceNamed('sec_facts'), file, facts)).toMatchObject({ error: null })
    const rows = await ask(
      test,
      `select period_end, year_on_year, quarter_on_quarter from earnings_growth
       where symbol = 'NVDA' and concept = 'eps_diluted' and source = 'sec_facts' order by period_end`,
    )
    const of = (period: string) => rows.find(({ period_end }) => String(period_end) === period)
    expect(of('2024-07-28')?.year_on_year).toBeCloseTo(0.67 / 0.25 - 1, 9)
    expect(of('2021-08-01')?.year_on_year).toBeCloseTo(2.76, 2)
    expect(of('2024-07-28')?.quarter_on_quarter).toBeCloseTo(0.67 / 0.598 - 1, 9)
    expect(await ask(test, 'select evidence, effective_at, split_factor from reported_splits order by 2')).toEqual([
      { evidence: 'comparative', effective_at: '2021-08-21T02:00:00.000Z', split_factor: 4 },
      { evidence: 'comparative', effective_at: '2024-08-29T02:00:00.000Z', split_factor: 10 },
    ])
    const since = rows.filter(({ period_end }) => String(period_end) > '2016')
    for (const { period_end, year_on_year, quarter_on_quarter } of since) {
      expect(Math.abs(quarter_on_quarter ?? 0), String(period_end)).toBeLessThan(2.1)
      expect(year_on_year, String(period_end)).toBeGreaterThan(-0.8)
    }
  })
})

describe('a split told by imports', () => {
  const days = ['2025-03-03', '2025-03-04', '2025-03-05', '2025-03-06', '2025-03-07', '2025-03-10'] as const
  const bars = (closes: readonly number[]) =>
    closes.map((close, i) => ({ ...bar(days[i]!), symbol: 'X', open: close, high: close, low: close, close }))
  const split = (session: string, split_factor = 4) => ({
    symbol: 'X',
    session,
    action: 'split',
    split_factor,
    dividend: '',
    known_at: '2025-03-03T09:00:00-05:00',
  })
  const traded = [400, 400, 400, 100, 100, 100]

  it.each([
    ['by one source', [split(days[3])], []],
    ['by two sources', [split(days[3])], [split(days[3])]],
    ['one session apart', [split(days[3])], [split(days[4])]],
    ['one session early', [split(days[2])], []],
    ['one session late', [split(days[4])], []],
    ['one early, one late', [split(days[2])], [split(days[4])]],
  ])('prices as traded are on one basis: %s', async (_, first, second) => {
    const { lake } = await open()
    await land(lake, 'daily_bars', bars(traded), { source: 'desk' })
    await land(lake, 'corporate_actions', first, { source: 'a' })
    if (second.length) await land(lake, 'corporate_actions', second, { source: 'b' })
    const returns = await lake.engine.rows<{ r: number }>(
      'select distinct close / previous_close as r from daily_bars_as_known where previous_close > 0',
    )
    expect(returns).toEqual([{ r: 1 }])
    const closes = await lake.engine.rows<{ close: number }>('select close from latest_bars order by session')
    for (const { close } of closes) expect(close).toBeCloseTo(100, 9)
  })

  it('adjusted prices stay as they are, and a fall without a split is a fall', async () => {
    const { lake } = await open()
    await land(lake, 'daily_bars', bars([100, 101, 102, 101, 100, 50]), { source: 'desk' })
    await land(lake, 'corporate_actions', [split(days[3])], { source: 'a' })
    const rows = await lake.engine.rows<{ r: number }>(
      'select close / previous_close - 1 as r from daily_bars_as_known where previous_close > 0 order by session',
    )
    expect(rows.map(({ r }) => Math.round(r * 1000) / 1000)).toEqual([0.01, 0.01, -0.01, -0.01, -0.5])
    expect(await lake.engine.rows("select close from latest_bars where session = date '2025-03-03'")).toEqual([
      { close: 100 },
    ])
  })
})

describe('a fourth quarter that is less than nothing', () => {
  const figure = (concept: string, period_end: string, value: number, known_at: string) => ({
    symbol: 'X',
    concept,
    period_end,
    period_start: '2024-01-01',
    value,
    accession: 'a',
    known_at,
  })
  const [october, february] = ['2024-10-30T21:00:00Z', '2025-02-10T21:00:00Z'] as const
  const eps = (nine: number, year: number) => [
    figure('eps_diluted', '2024-09-30', nine, october),
    figure('eps_diluted', '2024-12-31', year, february),
  ]
  const income = (nine: number, year: number) => [
    figure('net_income', '2024-09-30', nine, october),
    figure('net_income', '2024-12-31', year, february),
  ]
  const split = (session: string, split_factor: number) => ({
    symbol: 'X',
    session,
    action: 'split',
    split_factor,
    dividend: '',
    known_at: `${session}T09:00:00-05:00`,
  })

  it.each([
    ['a loss, which net income shows', [...eps(3, 2.5), ...income(300, 250)], [], -0.5],
    ['a split, which net income shows', [...eps(9, 2.5), ...income(900, 1250)], [], 2.5 - 9 / 5],
    ['a split that a corporate action tells', eps(9, 2.6), [split('2024-11-18', 5)], 2.6 - 9 / 5],
    ['a loss after a split that was told', eps(9, 1.5), [split('2024-11-18', 5)], 1.5 - 9 / 5],
    ['a split before both', [...eps(3, 2.5), ...income(300, 250)], [split('2024-08-19', 5)], -0.5],
    ['unclear, and left out', eps(3, 2.5), [], undefined],
  ])('%s', async (_, figures, actions, expected) => {
    const { lake } = await open()
    await land(lake, 'earnings', figures)
    if (actions.length) await land(lake, 'corporate_actions', actions)
    const [quarter] = await lake.engine.rows<{ value: number }>(
      "select value from quarterly_results where concept = 'eps_diluted' and period_end = date '2024-12-31'",
    )
    if (expected === undefined) expect(quarter).toBeUndefined()
    else expect(quarter?.value).toBeCloseTo(expected, 9)
  })
})

describeShared("a row's own known_at", () => {
  it('is kept for every vintage, on the first import and on a rebuild', async () => {
    const test = await open()
    await take(test, 'earnings_estimates', 'estimate-vintages/acme.csv')
    await take(test, 'earnings', 'estimate-vintages/actual.csv')
    const surprises = () => ask(test, 'select expected, round(surprise, 9) as surprise from earnings_surprises')
    expect(await surprises()).toEqual([{ expected: 2.5, surprise: -0.1 }])
    await expectSameAfterRebuild(test)
    expect(await surprises()).toEqual([{ expected: 2.5, surprise: -0.1 }])
  })
})
