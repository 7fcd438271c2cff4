/** The episode with rows at the edges: NULLs, ties, single rows, flat prices, leap days, turns of the year, negative numbers. */
import { sessionsBetween } from '../../calendar/sessions.ts'
import { land } from '../support/import.ts'
import { copyFolder, newFolder, openTestLake } from '../support/lake.ts'
import { deriveAll } from '../support/real-lake.ts'

type Rows = readonly Readonly<Record<string, unknown>>[]

const sessions = sessionsBetween('2023-12-20', '2025-11-20').map(({ session }) => session)
const bar = (symbol: string, session: string, close: number, volume: number | '') => ({
  symbol,
  session,
  open: close,
  high: close,
  low: close,
  close,
  volume,
})
const months = Array.from({ length: 30 }, (_, i) => new Date(Date.UTC(2023, i, 1)).toISOString().slice(0, 10))
const weeksAfter = (day: string, weeks: number) =>
  new Date(Date.parse(day) + weeks * 7 * 86_400_000).toISOString().slice(0, 10)
const members = ['FLAT', 'DOWN', 'ONE']

/** A split that only a difference shows, and the comparatives that correct its factor; one that net income shows; a loss. */
const acrossSplits = (
  [
    ['SHARE', 'eps_diluted', '2024-01-01', '2024-03-31', 3, '2024-05-06'],
    ['SHARE', 'eps_diluted', '2024-01-01', '2024-09-30', 9, '2024-10-30'],
    ['SHARE', 'eps_diluted', '2024-01-01', '2024-12-31', 3, '2025-02-10'],
    ['SHARE', 'eps_diluted', '2025-01-01', '2025-03-31', 0.75, '2025-05-05'],
    ['SHARE', 'eps_diluted', '2024-01-01', '2024-03-31', 0.6, '2025-05-05'],
    ['COUNT', 'eps_diluted', '2024-01-01', '2024-09-30', 9, '2024-10-30'],
    ['COUNT', 'net_income', '2024-01-01', '2024-09-30', 900, '2024-10-30'],
    ['COUNT', 'eps_diluted', '2024-01-01', '2024-12-31', 2.5, '2025-02-10'],
    ['COUNT', 'net_income', '2024-01-01', '2024-12-31', 1250, '2025-02-10'],
    ['FLAT', 'eps_diluted', '2023-10-01', '2023-12-31', 0, '2024-02-01'],
    ['FLAT', 'eps_diluted', '2024-10-01', '2024-12-31', -0.5, '2025-02-01'],
    ['FLAT', 'eps_diluted', '2023-10-01', '2023-12-31', -0.01, '2025-02-01'],
  ] as const
).map(([symbol, concept, period_start, period_end, value, filed]) => ({
  symbol,
  concept,
  period_end,
  period_start,
  value,
  accession: `${symbol}-${filed}`,
  known_at: `${filed}T21:00:00Z`,
}))

const isFirstOfPeriod = ({ symbol, concept, period_end }: (typeof acrossSplits)[number], i: number) =>
  !acrossSplits
    .slice(0, i)
    .some((each) => each.symbol === symbol && each.concept === concept && each.period_end === period_end)

const edges: Readonly<Record<string, Rows>> = {
  daily_bars: [
    ...sessions.map((session) => bar('FLAT', session, 50, 1000)),
    // Falls for ever, with no volume known.
    ...sessions.map((session, i) => bar('DOWN', session, 400 * 0.99 ** i, '')),
    bar('ONE', '2024-02-29', 10, 0),
    // A year with one session of it.
    ...['2023-12-29', '2024-01-02', '2024-12-31', '2025-01-02'].map((session) => bar('TURN', session, 20, 5)),
  ],
  volatility_indices: [
    ...sessions.map((session) => ({ symbol: 'FLATVOL', session, open: '', high: '', low: '', close: 15 })),
    { symbol: 'ONEVOL', session: '2024-02-29', open: '', high: '', low: '', close: 80 },
  ],
  // An ETF that was a stock before, a symbol whose flag is open, one that is not listed, a test issue, no volume at all.
  symbol_directory: [
    ['FUND', 'false', 'false', '2023-12-01'],
    ['FUND', 'true', 'false', '2024-06-03'],
    ['STOCK', 'false', 'false', '2023-12-01'],
    ['OPEN', '', 'false', '2023-12-01'],
    ['TEST', 'false', 'true', '2023-12-01'],
  ].map(([symbol, is_etf, is_test_issue, day]) => ({
    symbol,
    name: symbol,
    exchange: 'N',
    is_etf,
    is_test_issue,
    known_at: `${day}T23:00:00Z`,
  })),
  symbol_volume: sessions.flatMap((session, i) =>
    ['FUND', 'STOCK', 'OPEN', 'NEW', 'TEST'].flatMap((symbol, k) =>
      ['consolidated', 'off_exchange', 'fnsq'].map((venue) => ({
        session,
        venue,
        symbol,
        shares: i % 50 === 7 ? 0 : k < 2 ? 1000.125 + i * (k + 1) : i % 3,
        notional: venue === 'consolidated' ? (k < 2 ? 10_000.01 * (i + 1) : 1) : '',
      })),
    ),
  ),
  corporate_actions: [
    { symbol: 'FLAT', session: '2025-01-02', action: 'split', split_factor: 2, dividend: '' },
    { symbol: 'FLAT', session: '2024-02-29', action: 'dividend', split_factor: '', dividend: 0.5 },
  ],
  // Levels through zero: changes in percent of nothing and of negative numbers.
  macro_releases: months.flatMap((reference_period, i) => [
    { series: 'RSAFS', reference_period, value: (i % 5) - 2, known_at: `${weeksAfter(reference_period, 6)}T12:30:00Z` },
    {
      series: 'RSAFS',
      reference_period,
      value: (i % 7) - 3,
      known_at: `${weeksAfter(reference_period, 10)}T12:30:00Z`,
    },
    { series: 'INDPRO', reference_period, value: 100, known_at: `${weeksAfter(reference_period, 6)}T13:15:00Z` },
  ]),
  consensus: months.flatMap((reference_period, i) => [
    {
      release: 'retail_sales',
      scheduled_at: `${weeksAfter(reference_period, 6)}T12:30:00Z`,
      consensus: -1.5,
      reference_period,
      released_at: '',
      actual: '',
      prior: '',
      known_at: `${weeksAfter(reference_period, 5)}T12:00:00Z`,
    },
    {
      release: 'industrial_production',
      scheduled_at: `${weeksAfter(reference_period, 6)}T13:15:00Z`,
      consensus: i % 2 ? 0.1 : -0.1,
      reference_period: '',
      released_at: '',
      actual: '',
      prior: '',
      known_at: `${weeksAfter(reference_period, 5)}T12:00:00Z`,
    },
  ]),
  release_calendar: [
    {
      announcement_id: 'leap',
      release: 'retail_sales',
      title: 'Retail sales',
      scheduled_at: '2024-02-29T13:30:00Z',
      status: 'cancelled',
      revision_number: 1,
      reference_period: '2024-01-01',
      merged_into: '2024-02-01',
      known_at: '2024-02-28T13:30:00Z',
    },
    {
      announcement_id: 'turn',
      release: 'industrial_production',
      title: 'Industrial production',
      scheduled_at: '2024-12-31T14:15:00Z',
      status: 'tentative',
      revision_number: 0,
      reference_period: '',
      merged_into: '',
      known_at: '2024-12-31T14:15:00Z',
    },
  ],
  market_depth: [
    ...sessions.slice(-40).flatMap((session, i) => [
      { instrument: 'NQ', session, metric: 'top_of_book_usd', value: 1e6, sample_count: '', sampling_window: '' },
      { instrument: 'NQ', session, metric: 'spread_bps', value: i % 3, sample_count: '', sampling_window: '' },
    ]),
    {
      instrument: 'ONE',
      session: '2024-02-29',
      metric: 'top_of_book_usd',
      value: 1,
      sample_count: 1,
      sampling_window: '',
    },
  ],
  dealer_gamma: sessions.slice(-5).map((session) => ({
    symbol: 'NDX',
    session,
    underlying_price: '',
    net_gamma: -1e9,
    dark_index: '',
    sign_convention: 'calls_long',
  })),
  market_breadth: sessions.slice(-30).map((session, i) => ({
    exchange: 'NYSE',
    session,
    up_volume: i % 2 ? 0 : 100,
    down_volume: i % 3 ? 0 : 900,
    advancing_count: i % 4 ? 1500 + i : '',
    declining_count: i % 4 ? 1400 - i : '',
  })),
  credit_spreads: sessions.slice(-40).flatMap((session, i) => [
    { series: 'BAA10Y', session, value: 1.7 + (i % 5) / 10, known_at: '' },
    { series: 'NFCI', session, value: -0.5 + (i % 3) / 10, known_at: `${session}T22:00:00Z` },
  ]),
  analyst_series: sessions
    .slice(-40)
    .map((session, i) => ({ series: 'idea', session, value: i % 7, known_at: `${session}T22:00:00Z` })),
  baskets: members.map((symbol) => ({
    basket: 'edge',
    symbol,
    member_from: '2024-01-02',
    member_until: symbol === 'ONE' ? '2024-12-31' : '',
    weight: '',
    benchmark: 'FLAT',
  })),
  implied_volatilities: sessions
    .slice(-25)
    .flatMap((session) => members.map((symbol) => ({ symbol, session, tenor_days: 30, implied_volatility: 0.2 }))),
  put_call_ratios: sessions
    .slice(-300)
    .map((session) => ({ product: 'flat', session, put_call_ratio: 1, call_volume: '', put_volume: '' })),
  fund_shares: sessions
    .slice(-30)
    .map((session) => ({ symbol: 'FLAT', session, nav: 50, shares_outstanding: 1000, total_net_assets: '' })),
  fund_holdings: members.map((symbol, i) => ({
    fund: 'FLAT',
    session: '2025-11-19',
    identifier: `id${i}`,
    symbol: i === 2 ? '' : symbol,
    name: symbol,
    weight: i === 2 ? 0.2 : 0.4,
    sector: '',
  })),
  option_chains: ['call', 'put'].map((option_type) => ({
    symbol: 'NDX',
    session: '2025-11-19',
    root: 'NDX',
    expires_on: '2025-12-19',
    strike: 20_000,
    option_type,
    underlying_price: 20_000,
    open_interest: 0,
    implied_volatility: option_type === 'put' ? '' : 0.2,
    bid: '',
    ask: '',
    volume: '',
    rate: 0,
    dividend_yield: 0,
  })),
  // A year that ends on a leap day; a loss; a quarter without revenue. Figures per share across splits.
  earnings: [
    ...acrossSplits,
    ...['2023-02-28', '2023-05-31', '2023-08-31', '2023-11-30', '2024-02-29', '2024-05-31'].flatMap((period_end, i) =>
      (['revenue', 'net_income'] as const).map((concept) => ({
        symbol: 'LEAP',
        concept,
        period_end,
        period_start: weeksAfter(period_end, -13),
        value: concept === 'revenue' ? [100, 0, 120, 130, 125, 140][i] : -10 * i,
        accession: `leap-${i}`,
        known_at: `${weeksAfter(period_end, 4)}T21:00:00Z`,
      })),
    ),
  ],
  earnings_estimates: [
    ...['a', 'b'].map((estimate_of) => ({
      symbol: 'LEAP',
      concept: 'revenue',
      period_end: '2024-05-31',
      estimate: estimate_of === 'a' ? 'consensus' : 'whisper',
      value: 140,
      known_at: '2024-06-01T12:00:00Z',
    })),
    ...acrossSplits.filter(isFirstOfPeriod).map(({ symbol, concept, period_end, value }) => ({
      symbol,
      concept,
      period_end,
      estimate: 'consensus',
      value: value * 1.1,
      known_at: `${period_end}T12:00:00Z`,
    })),
  ],
  filings: [
    {
      symbol: 'LEAP',
      filed_on: '2024-06-28',
      accession: 'leap-5',
      cik: '0000000002',
      form: '8-K',
      items: '2.02',
      accepted_at: '2024-06-28T20:05:00Z',
      report_on: '2024-06-28',
      document: '',
      known_at: '2024-06-28T20:05:00Z',
    },
  ],
  reported_events: [
    {
      event_id: 'leap',
      category: 'other',
      entity: 'nobody',
      title: 'An event on a leap day, in quotes: "so, it seems"',
      occurred_at: '2024-02-29T15:00:00Z',
      reference: 'a line\nof two',
      known_at: '2024-02-29T15:00:00Z',
    },
  ],
}

/** Tables whose second teller says the same at the same instant. */
const tied = [
  'daily_bars',
  'macro_releases',
  'consensus',
  'market_depth',
  'dealer_gamma',
  'market_breadth',
  'credit_spreads',
  'analyst_series',
]

export const edgeLake = async (episode: string): Promise<string> => {
  const folder = newFolder()
  copyFolder(episode, folder)
  const { lake } = await openTestLake({ folder })
  for (const [table, rows] of Object.entries(edges)) {
    await land(lake, table, rows, { source: 'edge' })
    if (tied.includes(table)) await land(lake, table, rows, { source: 'edge_too' })
  }
  await deriveAll(lake)
  await lake.close()
  return folder
}
