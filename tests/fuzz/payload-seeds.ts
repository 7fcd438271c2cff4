/** One small, right payload per source and wire format, which the mutations start from. */
import { sampleNetwork } from '../../samples/answers/index.ts'
import { sources } from '../../sources/index.ts'
import { groupedBars, nasdaqListed, offExchange } from '../support/symbol-volumes.ts'
import type { Seed } from './seed.ts'

const at = '2025-11-21T15:00:00Z'

/** Answers of the bundled sample: source, format, address, and the key where it is not the last part of the address. */
const sampled = [
  ['bea_calendar', 'ics', 'bea', 'https://www.bea.gov/news/schedule/ics/online-calendar-subscription.ics'],
  ['bls_calendar', 'ics', 'bls', 'https://www.bls.gov/schedule/news_release/bls.ics'],
  [
    'cboe_market_volume',
    'csv',
    '2025',
    'https://cdn.cboe.com/resources/us/equities/market-statistics/historical-market-volume/market_history_2025.csv',
  ],
  ['cboe_options', 'json', 'SPX', 'https://cdn.cboe.com/api/global/delayed_quotes/options/_SPX.json'],
  ['cboe_volatility', 'csv', 'VIX', 'https://cdn.cboe.com/api/global/us_indices/daily_prices/VIX_History.csv'],
  ['cboe_volatility', 'csv', 'SKEW', 'https://cdn.cboe.com/api/global/us_indices/daily_prices/SKEW_History.csv'],
  ['fed_speeches', 'json', 'listing', 'https://www.federalreserve.gov/json/ne-speeches.json'],
  ['fed_speeches', 'html', 'cook20251120a', 'https://www.federalreserve.gov/newsevents/speech/cook20251120a.htm'],
  ['fomc_calendar', 'html', 'calendar', 'https://www.federalreserve.gov/monetarypolicy/fomccalendars.htm'],
  [
    'fomc_calendar',
    'html',
    'monetary20251029a',
    'https://www.federalreserve.gov/newsevents/pressreleases/monetary20251029a.htm',
  ],
  ['forexfactory_consensus', 'json', 'this_week', 'https://nfs.faireconomy.media/ff_calendar_thisweek.json'],
  [
    'fred_macro',
    'csv',
    'PAYEMS',
    'https://alfred.stlouisfed.org/graph/alfredgraph.csv?id=PAYEMS&vintage_date=2025-11-20',
  ],
  [
    'nasdaq_bars',
    'json',
    'SPY',
    'https://api.nasdaq.com/api/quote/SPY/historical?assetclass=etf&fromdate=2025-11-13&todate=2025-11-20&limit=9999',
  ],
  ['nasdaq_earnings', 'json', '2025-11-19', 'https://api.nasdaq.com/api/calendar/earnings?date=2025-11-19'],
  ['sec_facts', 'json', '0001045810', 'https://data.sec.gov/api/xbrl/companyfacts/CIK0001045810.json'],
  ['sec_filings', 'json', '0001045810', 'https://data.sec.gov/submissions/CIK0001045810.json'],
  ['squeezemetrics_gamma', 'csv', 'SPX', 'https://squeezemetrics.com/monitor/static/DIX.csv'],
  [
    'ssga_fund_holdings',
    'xlsx',
    'SPY',
    'https://www.ssga.com/library-content/products/fund-data/etfs/us/holdings-daily-us-en-spy.xlsx',
  ],
  [
    'ssga_fund_shares',
    'xlsx',
    'SPY',
    'https://www.ssga.com/library-content/products/fund-data/etfs/us/navhist-us-en-spy.xlsx',
  ],
  [
    'treasury_auctions',
    'json',
    'auctions',
    'https://api.fiscaldata.treasury.gov/services/api/fiscal_service/v1/accounting/od/auctions_query',
  ],
  [
    'yahoo_bars',
    'json',
    'GSPC',
    'https://query2.finance.yahoo.com/v8/finance/chart/%5EGSPC?interval=1d&period1=1763010000&period2=1763701140',
  ],
  [
    'yahoo_intraday',
    'json',
    'SPY 5m',
    'https://query2.finance.yahoo.com/v8/finance/chart/SPY?interval=5m&includePrePost=false&period1=1763614800&period2=1763701140',
  ],
] as const

const alpacaBar = (t: string, c: number) => ({
  c,
  h: c + 0.5,
  l: c - 0.5,
  n: 1200,
  o: c - 0.25,
  t,
  v: 345_678,
  vw: c + 0.125,
})

const nasdaqEvent = (eventName: string, consensus: string, previous: string) => ({
  gmt: '08:30',
  country: 'United States',
  eventName,
  actual: '&nbsp;',
  consensus,
  previous,
  description: '',
})
const tiingoBar = (day: string, close: number, divCash = 0) => ({
  date: `${day}T00:00:00.000Z`,
  close,
  high: close + 2,
  low: close - 2,
  open: close - 1,
  volume: 1_234_567,
  adjClose: close,
  divCash,
  splitFactor: 1,
})

const bySymbol = [
  { symbol: 'SPY', shares: 165_293_500, price: 662.1 },
  { symbol: 'QQQ', shares: 96_482_200, price: 593.5 },
  { symbol: 'NVDA', shares: 343_504_800, price: 186.2 },
]

/** Payloads of the documented shape, where the sample has no answer. */
const documented: readonly (readonly [source: string, format: 'csv' | 'txt' | 'json', key: string, body: string])[] = [
  [
    'alpaca_bars',
    'json',
    'SPY 5Min',
    JSON.stringify({
      bars: { SPY: [alpacaBar('2025-11-20T14:30:00Z', 673.25), alpacaBar('2025-11-20T14:35:00Z', 674.5)] },
      next_page_token: null,
    }),
  ],
  [
    'cboe_put_call',
    'json',
    '2025-11-20',
    JSON.stringify({
      ratios: [
        { name: 'TOTAL PUT/CALL RATIO', value: '1.10' },
        { name: 'INDEX PUT/CALL RATIO', value: '1.25' },
        { name: 'EQUITY PUT/CALL RATIO', value: '0.71' },
      ],
    }),
  ],
  [
    'cboe_put_call',
    'csv',
    'equity',
    [
      '"Cboe data is compiled for convenience, without warranty.",,,,',
      'PRODUCT: EQUITY,,,,',
      'DATE,CALL,PUT,TOTAL,P/C Ratio',
      '9/30/2019,1000000,600000,1600000,0.60',
      '10/1/2019,1100000,770000,1870000,0.70',
      '10/2/2019,1200000,960000,2160000,0.80',
      '',
    ].join('\n'),
  ],
  ['finra_off_exchange_volume', 'txt', '2025-11-20', offExchange('2025-11-20', bySymbol).replaceAll('\r\n', '\n')],
  ['massive_grouped_bars', 'json', '2025-11-20', groupedBars('2025-11-20', bySymbol)],
  [
    'nasdaq_symbol_directory',
    'txt',
    'nasdaqlisted',
    nasdaqListed({ SPY: 'Y', QQQ: 'Y', NVDA: 'N' }, '1120202517:30').replaceAll('\r\n', '\n'),
  ],
  ['fred_credit', 'csv', 'BAA10Y', 'observation_date,BAA10Y\n2025-11-18,1.78\n2025-11-19,.\n2025-11-20,1.81\n'],
  ['fred_credit', 'csv', 'NFCI', 'observation_date,NFCI_20251120\n2025-11-07,-0.53\n2025-11-14,-0.52\n'],
  [
    'fred_macro',
    'json',
    'PAYEMS',
    JSON.stringify({
      count: 3,
      offset: 0,
      observations: [
        { realtime_start: '2025-09-05', realtime_end: '2025-11-19', date: '2025-08-01', value: '159540' },
        { realtime_start: '2025-11-20', realtime_end: '9999-12-31', date: '2025-08-01', value: '159507' },
        { realtime_start: '2025-11-20', realtime_end: '9999-12-31', date: '2025-09-01', value: '159626' },
      ],
    }),
  ],
  [
    'fred_release_dates',
    'json',
    'nonfarm_payrolls',
    JSON.stringify({
      release_dates: ['2025-11-20', '2025-12-16', '2026-01-09'].map((date) => ({ release_id: 50, date })),
    }),
  ],
  [
    'nasdaq_consensus',
    'json',
    '2025-11-20',
    JSON.stringify({
      data: {
        asOf: '2025-11-20',
        rows: [nasdaqEvent('Nonfarm Payrolls', '50K', '22K'), nasdaqEvent('Unemployment Rate', '4.3%', '4.3%')],
      },
      message: null,
      status: { rCode: 200 },
    }),
  ],
  [
    'tiingo_bars',
    'json',
    'NVDA',
    JSON.stringify([
      tiingoBar('2025-11-18', 181.36),
      tiingoBar('2025-11-19', 186.52, 0.01),
      tiingoBar('2025-11-20', 180.64),
    ]),
  ],
]

const kept = 8

/** Lists of many items keep the first ones; lists side by side stay equally long. */
const shortened = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.slice(0, kept).map(shortened)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, shortened(each)]))
}

const shorter = (format: string, body: Uint8Array): Uint8Array => {
  const text = Buffer.from(body).toString('utf8')
  if (format === 'json') return Buffer.from(JSON.stringify(shortened(JSON.parse(text.replace(/^\uFEFF/, '')))))
  if (format !== 'csv') return body
  const lines = text.trimEnd().split('\n')
  return Buffer.from(`${[lines[0], ...lines.slice(1).slice(-kept)].join('\n')}\n`)
}

export const payloadSeeds = async (): Promise<Seed[]> => {
  // The workbooks hold the sessions since the sample begins: at an early instant they are small.
  const networks = {
    early: sampleNetwork(() => new Date('2024-04-26T15:00:00Z')),
    usual: sampleNetwork(() => new Date(at)),
  }
  const answers = await Promise.all(
    sampled.map(async ([source, format, key, url]): Promise<Seed> => {
      const ask = networks[format === 'xlsx' ? 'early' : 'usual']
      const { status, body } = await ask({ url, hosts: [], maxBytes: 1e9, rate: { requests: 1, seconds: 1 } })
      if (status !== 200) throw new Error(`the sample has no answer for ${url}`)
      return { origin: source, isImport: false, format, key, fetchedAt: at, body: shorter(format, body) }
    }),
  )
  return [
    ...answers,
    ...documented.map(([source, format, key, text]) => ({
      origin: source,
      isImport: false,
      format,
      key,
      fetchedAt: at,
      body: Buffer.from(text),
    })),
  ]
}

/** Sources without a seed; there must be none. */
export const unseeded = (seeds: readonly Seed[]): string[] =>
  sources.map(({ name }) => name).filter((name) => !seeds.some(({ origin }) => origin === name))
