/** No look-ahead: cut the lake at any instant, and every precursor row up to it stays the same. */
import { randomLcg } from 'd3-random'
import { beforeAll, describe, expect, it } from 'vitest'
import { compute } from '../../pipeline/compute/compute.ts'
import { ingestPayload } from '../../pipeline/ingest/import-files.ts'
import { tag } from '../../pipeline/tag/tag.ts'
import { date, double } from '../../schemas/column.ts'
import { dailyBars } from '../../schemas/tables/daily_bars.ts'
import { defineView, LookAheadError, type Relation, sql } from '../../schemas/view.ts'
import { dailyBarsAsKnown } from '../../schemas/views/bars/daily_bars_as_known.ts'
import { latestBars } from '../../schemas/views/bars/latest_bars.ts'
import { earningsGrowth } from '../../schemas/views/catalysts/earnings_growth.ts'
import { earningsSurprises } from '../../schemas/views/catalysts/earnings_surprises.ts'
import { quarterlyResults } from '../../schemas/views/catalysts/quarterly_results.ts'
import { reportedSplits } from '../../schemas/views/catalysts/reported_splits.ts'
import { fundFlows } from '../../schemas/views/flow/fund_flows.ts'
import { labelForwardDrawdown } from '../../schemas/views/labels/label_forward_drawdown.ts'
import { sourceNamed } from '../../sources/index.ts'
import { cut } from '../support/cut.ts'
import { bar, land } from '../support/import.ts'
import { copyFolder, newFolder, openTestLake } from '../support/lake.ts'
import { type LookAheadCheck, lookAheadCheck } from '../support/look-ahead.ts'
import { describeShared, sharedPath } from '../support/shared.ts'
import { episodeLake, realLake } from '../support/shared-lakes.ts'

/** Every precursor row stays the same when the lake is cut at each of the instants, and none claims to be known too early. */
const keepsItsRows = (
  folderOf: () => Promise<string>,
  instants: readonly string[],
  relations?: readonly Relation[],
) => {
  let check: LookAheadCheck
  beforeAll(async () => {
    check = await lookAheadCheck(await folderOf(), relations)
    return () => check.close()
  })

  it('knows no row before its own evidence', async () => {
    expect(await check.early()).toEqual([])
  })

  it.each(instants)('keeps every precursor row when cut at %s', async (instant) => {
    expect(await check.leaksAt(instant)).toEqual([])
  })
}

/** The episode with what no free source has, as an analyst would import it: breadth, implied volatilities, a basket. */
const enriched = async (episode: string): Promise<string> => {
  const folder = newFolder()
  copyFolder(episode, folder)
  const { lake } = await openTestLake({ folder })
  const days = await lake.engine.rows<{ session: string }>(
    `select session from calendar where session between date '2025-05-01' and date '2025-11-20' order by session`,
  )
  const members = ['AAPL', 'AMZN', 'META', 'MSFT', 'NVDA', 'TSLA']
  const rows: Record<string, readonly Record<string, unknown>[]> = {
    market_breadth: days.map(({ session }, i) => ({
      session,
      up_volume: 500 + (i % 7) * 50,
      down_volume: 600 - (i % 5) * 90,
      advancing_count: 1500 + (i % 7) * 50,
      declining_count: 1600 - (i % 5) * 90,
    })),
    credit_spreads: days.flatMap(({ session }, i) => [
      { series: 'BAA10Y', session, value: 1.7 + (i % 5) / 10, known_at: '' },
      { series: 'NFCI', session, value: -0.5 + (i % 3) / 10, known_at: `${session}T22:30:00Z` },
    ]),
    analyst_series: days.map(({ session }, i) => ({
      series: 'idea',
      session,
      value: i % 7,
      known_at: `${session}T22:30:00Z`,
    })),
    implied_volatilities: days.flatMap(({ session }, i) =>
      [...members, 'IDX'].map((symbol, k) => ({ symbol, session, implied_volatility: 0.2 + 0.01 * ((i + k) % 9) })),
    ),
    symbol_directory: ['SPY', 'QQQ', 'AAPL', 'QQQ'].map((symbol, i) => ({
      symbol,
      name: symbol,
      exchange: 'nasdaq',
      is_etf: String(symbol === 'SPY' || i === 3),
      is_test_issue: 'false',
      known_at: i === 3 ? '2025-08-15T22:00:00Z' : '2025-05-01T22:00:00Z',
    })),
    symbol_volume: days.flatMap(({ session }, i) =>
      ['SPY', 'QQQ', 'AAPL', ...(i % 9 ? [] : ['NEW'])].flatMap((symbol, k) => [
        { session, venue: 'consolidated', symbol, shares: 1000 + 10 * ((i + k) % 7), notional: 9e5, known_at: '' },
        { session, venue: 'off_exchange', symbol, shares: 400 + i, notional: '', known_at: `${session}T22:30:00Z` },
      ]),
    ),
    baskets: members.map((symbol) => ({ basket: 'mine', symbol, member_from: '2025-05-01', benchmark: 'IDX' })),
  }
  for (const [table, given] of Object.entries(rows)) await land(lake, table, given)
  for (const { error } of await compute(lake)) expect(error).toBeNull()
  for (const view of [
    'breadth',
    'early_warning_breadth',
    'credit_spreads_as_known',
    'analyst_series_as_known',
    'implied_correlation',
    'gamma_exposure',
    'fund_concentration',
    'price_impact',
    'flagged_volume',
  ]) {
    const [found] = await lake.engine.rows<{ n: number }>(`select count(*) as n from ${view}`)
    expect(found?.n, view).toBeGreaterThan(0)
  }
  await lake.close()
  return folder
}

const randomInstants = (seed: number, from: string, to: string, n: number) => {
  const random = randomLcg(seed)
  return Array.from({ length: n }, () =>
    new Date(Date.parse(from) + random() * (Date.parse(to) - Date.parse(from))).toISOString(),
  )
}

describe('the episode', () => {
  keepsItsRows(
    async () => enriched(await episodeLake()),
    [
      ...randomInstants(0.42, '2025-06-01', '2025-11-21', 2),
      // Each within the hour before something becomes known: results of NVDA, payrolls, the bars, the figures of the next morning.
      '2025-11-19T21:00:00.000Z',
      '2025-11-20T13:29:59.000Z',
      '2025-11-20T22:30:00.000Z',
      '2025-11-21T01:00:00.000Z',
      '2025-11-21T12:30:00.000Z',
    ],
  )

  it('knows the payrolls at 13:30:00Z and not a second before', async () => {
    const latest = async (instant: string) => {
      const { lake } = await openTestLake({ folder: await cut(await episodeLake(), instant) })
      await lake.refresh()
      return lake.engine.rows(
        `select reference_period, max_by(value, known_at) as level from macro_releases
         where series = 'PAYEMS' and reference_period >= date '2025-07-01' group by 1 order by 1`,
      )
    }
    expect(await latest('2025-11-20T13:29:59.000Z')).toEqual([
      { reference_period: '2025-07-01', level: 159_518 },
      { reference_period: '2025-08-01', level: 159_540 },
    ])
    expect(await latest('2025-11-20T13:30:00.000Z')).toEqual([
      { reference_period: '2025-07-01', level: 159_511 },
      { reference_period: '2025-08-01', level: 159_507 },
      { reference_period: '2025-09-01', level: 159_626 },
    ])
  })
})

/** Instants at which rows of the episode became known, written down by hand. */
const becameKnown = [
  ['daily_bars', "symbol = 'SPY' and session = date '2025-11-20'", '2025-11-20T23:00:00.000Z'],
  ['volatility_indices', "symbol = 'VIX' and session = date '2025-11-20'", '2025-11-20T22:00:00.000Z'],
  ['option_chains', "session = date '2025-11-20'", '2025-11-20T22:00:00.000Z'],
  ['market_depth', "instrument = 'ES' and session = date '2025-11-20'", '2025-11-20T22:00:00.000Z'],
  ['market_volume', "session = date '2025-11-20'", '2025-11-21T13:00:00.000Z'],
  ['fund_shares', "symbol = 'SPY' and session = date '2025-11-20'", '2025-11-21T13:00:00.000Z'],
  ['dealer_gamma', "session = date '2025-11-20'", '2025-11-21T13:00:00.000Z'],
  ['macro_releases', "series = 'PAYEMS' and reference_period = date '2025-09-01'", '2025-11-20T13:30:00.000Z'],
  [
    'filings',
    "symbol = 'NVDA' and accepted_at >= timestamp '2025-11-19' and items like '2.02%'",
    '2025-11-19T21:20:31.000Z',
  ],
  ['policy_statements', "meeting_on = date '2025-10-29'", '2025-10-29T18:00:00.000Z'],
] as const

describe('rows of the episode', () => {
  it('became known at the instants that the world knows', async () => {
    const { lake } = await openTestLake({ folder: await episodeLake() })
    await lake.refresh()
    for (const [table, condition, instant] of becameKnown) {
      const found = await lake.engine.rows(`select distinct known_at from ${table} where ${condition}`)
      expect(found, table).toEqual([{ known_at: instant }])
    }
    await lake.close()
  })
})

describeShared('real series', () => {
  keepsItsRows(realLake, randomInstants(0.7, '2003-01-01', '2026-07-01', 2))
})

/** Splits that sources tell at different times, and figures that show them before or after. */
const splitLake = async (): Promise<string> => {
  const { lake, folder } = await openTestLake()
  const facts = sharedPath('data', 'sec', 'companyfacts_CIK0001045810_subset.json')
  const given = { key: '0001045810', fetchedAt: new Date('2026-06-01T00:00:00Z') }
  expect(await ingestPayload(lake, sourceNamed('sec_facts'), facts, given)).toMatchObject({ error: null })
  const days = await lake.engine.rows<{ session: string }>(
    `select session from calendar where session between date '2024-05-20' and date '2024-06-28' order by session`,
  )
  const isAfter = (session: string) => session >= '2024-06-10'
  const prices = days.map(({ session }) => ({ ...bar(session), symbol: 'NVDA', ...(isAfter(session) ? {} : before) }))
  await land(lake, 'daily_bars', prices, { source: 'desk' })
  await land(
    lake,
    'fund_shares',
    days.map(({ session }) => ({
      symbol: 'NVDL',
      session,
      nav: isAfter(session) ? 10 : 50,
      shares_outstanding: isAfter(session) ? 5000 : 1000,
      total_net_assets: '',
    })),
    { source: 'desk' },
  )
  const split = (symbol: string, session: string, split_factor: number, known_at: string) => ({
    symbol,
    session,
    action: 'split',
    split_factor,
    dividend: '',
    known_at,
  })
  await land(
    lake,
    'corporate_actions',
    [
      split('NVDA', '2024-06-11', 10, '2024-06-03T13:00:00Z'),
      split('NVDL', '2024-06-10', 5, '2024-06-12T13:00:00Z'),
      split('NVDA', '2021-07-20', 4, '2021-10-01T13:00:00Z'),
    ],
    { source: 'a' },
  )
  await land(lake, 'corporate_actions', [split('NVDA', '2024-06-10', 10, '2024-06-10T13:00:00Z')], { source: 'b' })
  const estimate = (period_end: string, value: number, known_at: string) => ({
    symbol: 'NVDA',
    concept: 'eps_diluted',
    period_end,
    estimate: 'consensus',
    value,
    known_at,
  })
  await land(lake, 'earnings_estimates', [
    estimate('2021-08-01', 3.3, '2021-07-01T13:00:00Z'),
    estimate('2024-07-28', 6.2, '2024-05-30T13:00:00Z'),
    estimate('2024-10-27', 0.7, '2024-10-01T13:00:00Z'),
  ])
  await tag(lake)
  for (const { error } of await compute(lake)) expect(error).toBeNull()
  await lake.close()
  return folder
}
const before = { open: 1000, high: 1010, low: 990, close: 1000 }

describeShared('splits, before and after they are told', () => {
  keepsItsRows(
    splitLake,
    ['2021-09-01T01:00:00.000Z', '2024-06-07T23:00:00.000Z', '2024-06-11T01:00:00.000Z', '2024-09-01T00:00:00.000Z'],
    [dailyBarsAsKnown, fundFlows, reportedSplits, quarterlyResults, earningsGrowth, earningsSurprises],
  )
})

describe('a declaration', () => {
  const columns = { session: date('Session.'), v: double.nullable('Value.') }

  it.each([
    ['a label', labelForwardDrawdown],
    ['a fact view', latestBars],
  ])('of a precursor view cannot read %s', (_, read) => {
    const from = sql`select session, 1 as v from ${read}`
    const leak = () => defineView({ name: 'leak', doc: 'x', grain: ['session'], columns, sql: from })
    expect(leak).toThrow(LookAheadError)
    expect(leak).toThrow(`leak is a precursor view and reads ${read.name}`)
  })

  it('must call what looks forward a label', () => {
    const view = { doc: 'x', grain: ['session'], columns, sql: sql`select session, 1 as v from ${dailyBars}` } as const
    expect(() => defineView({ ...view, name: 'forward', role: 'label' })).toThrow('labels are named label_…')
  })
})
