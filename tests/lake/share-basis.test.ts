/** Figures per share or in shares across a split are on one basis: prices, volumes, fund shares (../shared/cases). */
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
    expect(await ask(test, "select distinct volume from latest_bars where symbol = 'VOLX'")).toHaveLength(1)
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

  it('a crash in a history that is imported later is a finding of that evening', async () => {
    const test = await open('2018-02-10T00:30:00Z')
    await take(test, 'daily_bars', 'crash-rejected/etn.csv', { symbol: 'ETNX', source: 'v' })
    await check(test.lake, '2018-02-09')
    expect(await ask(test, "select session, detail from checks where rule = 'price_jump'")).toEqual([
      { session: '2018-02-09', detail: '2018-02-06: close 7.35 after 99.0' },
    ])
    await check(test.lake, '2018-02-12')
    expect(await ask(test, "select session from checks where rule = 'price_jump'")).toEqual([{ session: '2018-02-09' }])
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
