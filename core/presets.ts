/** Presets of the universe. `default` is the universe.json of the project; a test compares them. */
import { sp500 } from './sp500.ts'

const sectors = 'XLB XLC XLE XLF XLI XLK XLP XLRE XLU XLV XLY'.split(' ')
const volatilityIndices = ['VIX', 'VIX9D', 'VIX3M', 'VVIX', 'SKEW']

const standard = {
  etfs: ['SPY', 'QQQ', 'IWM', 'HYG', 'TLT', 'IEF', 'LQD', ...sectors],
  stocks: ['AAPL', 'AMZN', 'AVGO', 'GOOGL', 'META', 'MSFT', 'NVDA', 'TSLA'],
  indices: ['GSPC'],
  minuteBars: ['SPY', 'QQQ', 'NVDA'],
  tiingo: [],
  volatilityIndices,
  funds: ['SPY', 'XLE', 'XLF', 'XLI', 'XLK', 'XLP', 'XLU', 'XLV', 'XLY'],
  holdings: ['SPY'],
  optionChains: ['SPX'],
  putCallRatios: true,
  symbolVolumes: true,
  filers: [
    { symbol: 'NVDA', cik: '0001045810' },
    { symbol: 'AAPL', cik: '0000320193' },
    { symbol: 'MSFT', cik: '0000789019' },
    { symbol: 'TSLA', cik: '0001318605' },
  ],
  releases: [
    'nonfarm_payrolls',
    'unemployment_rate',
    'consumer_prices',
    'core_consumer_prices',
    'personal_consumption_prices',
    'core_personal_consumption_prices',
    'gross_domestic_product',
    'employment_cost_index',
    'job_openings',
    'industrial_production',
    'retail_sales',
    'jobless_claims',
  ],
  lastSessions: {},
  creditSeries: ['BAMLH0A0HYM2', 'BAMLC0A0CM', 'BAA10Y', 'T10Y2Y', 'T10Y3M', 'NFCI', 'STLFSI4'],
  contact: '',
}

export const presets: Readonly<Record<string, unknown>> = {
  /** The index, its fund, volatility and three releases: the fewest requests with which the score has values. */
  minimal: {
    ...standard,
    etfs: ['SPY'],
    stocks: [],
    minuteBars: ['SPY'],
    funds: ['SPY'],
    holdings: [],
    optionChains: [],
    putCallRatios: false,
    symbolVolumes: false,
    filers: [],
    creditSeries: [],
    releases: ['nonfarm_payrolls', 'unemployment_rate', 'consumer_prices'],
  },
  default: standard,
  /** The default with the members of the S&P 500 as stocks: one request more per member and evening. */
  sp500: { ...standard, stocks: sp500 },
}
