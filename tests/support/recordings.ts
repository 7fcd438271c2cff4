/** Bytes that providers served, by source: the shared files on which its decoder is proven. */
import { parse } from 'yaml'
import { sharedBytes, sharedText } from './shared-folder.ts'

export interface Recording {
  /** File in the shared folder. */
  readonly file: string
  readonly key: string
  readonly fetchedAt?: string
  /** Takes the payload out of the file in which it was recorded. */
  readonly body?: (file: string) => string
}

export const bodyOf = ({ file, body }: Recording): string | Uint8Array => (body ? body(file) : sharedBytes(file))

const volatility = ['VIX', 'VIX9D', 'VIX3M', 'VVIX', 'SKEW'].map((key) => ({
  file: `data/cboe/${key}_History.csv`,
  key,
}))
const pages = ['brainard20220708a', 'clarida20211130a', 'kroszner20070322a', 'stein20131004a', 'yellen20170303a']

export const recordings: Readonly<Record<string, readonly Recording[]>> = {
  bls_calendar: [{ file: 'data/macro/bls_2023-2024.ics', key: 'bls' }],
  cboe_market_volume: [{ file: 'data/cboe/market_history_2022.csv', key: '2022' }],
  cboe_options: [{ file: 'data/gamma/cboe_spx_quotedata.csv', key: 'SPX' }],
  cboe_put_call: [{ file: 'data/putcall/indexpc.csv', key: 'index' }],
  cboe_volatility: volatility,
  fed_speeches: pages.map((key) => ({ file: `data/fed/payloads/speech_html/${key}.htm`, key })),
  forexfactory_consensus: [{ file: 'data/consensus/ff_calendar_thisweek.json', key: 'this_week' }],
  fred_credit: ['BAMLH0A0HYM2', 'BAA10Y'].map((key) => ({ file: `data/credit/${key}.csv`, key })),
  fred_macro: [
    { file: 'data/macro/fredgraph_PAYEMS_2024-10.csv', key: 'PAYEMS', fetchedAt: '2024-10-10T12:00:00Z' },
    { file: 'data/macro/fred_observations_HQMCB10YR.json', key: 'HQMCB10YR' },
  ],
  nasdaq_bars: [{ file: 'data/nasdaq/historical_NDX_2026-08-25.json', key: 'NDX' }],
  sec_facts: [{ file: 'data/sec/companyfacts_CIK0001045810_subset.json', key: '0001045810' }],
  sec_filings: [{ file: 'data/sec/submissions_CIK0001318605.json', key: '0001318605' }],
  squeezemetrics_gamma: [{ file: 'data/gamma/DIX.csv', key: 'SPX' }],
  ssga_fund_holdings: [{ file: 'data/etf/holdings-daily-us-en-spy_asof_2026-04-10.xlsx', key: 'SPY' }],
  tiingo_bars: [
    {
      file: 'data/bars/tiingo/daily_json_csv.yaml',
      key: 'GOOGL',
      body: (file) => parse(sharedText(file)).interactions[0].response.body.string,
    },
  ],
  yahoo_bars: [
    {
      file: 'data/bars/yahoo_v8/chart-AAPL-2020-08-31-to-2020-11-07.json',
      key: 'AAPL',
      body: (file) => JSON.stringify(JSON.parse(sharedText(file)).response.bodyJson),
    },
  ],
}
