/** One small, right CSV per importable table, which the mutations start from. */
import type { Seed } from './seed.ts'

const bars = ['2025-11-17', '2025-11-18', '2025-11-19', '2025-11-20']

/** Header and rows; a column of the knowledge that an import may carry is there where the table needs it. */
const files: Readonly<Record<string, readonly string[]>> = {
  baskets: [
    'basket,symbol,member_from,member_until,weight,benchmark',
    'megacaps,AAPL,2024-01-02,,0.5,SPY',
    'megacaps,NVDA,2024-01-02,2025-06-30,0.5,SPY',
  ],
  consensus: [
    'release,scheduled_at,consensus,reference_period,released_at,actual,prior',
    'nonfarm_payrolls,2025-11-20T13:30:00Z,50,2025-09-01,2025-11-20T13:30:00Z,119,-4',
    'unemployment_rate,2025-11-20T13:30:00Z,4.3,2025-09-01,2025-11-20T13:30:00Z,4.4,4.3',
  ],
  corporate_actions: [
    'symbol,session,action,split_factor,dividend',
    'NVDA,2024-06-10,split,10,',
    'NVDA,2025-09-11,dividend,,0.01',
  ],
  daily_bars: [
    'symbol,session,open,high,low,close,volume',
    ...bars.map((session, i) => `SPY,${session},${670 + i},${676.5 + i},${665.25 - i},${668 - i},${80_123_456 + i}`),
  ],
  dealer_gamma: [
    'symbol,session,underlying_price,net_gamma,dark_index,sign_convention',
    ...bars.map((session, i) => `SPX,${session},${6600 + i},${-1_250_000_000 - i},0.4${i}1,calls_long_puts_short`),
  ],
  earnings: [
    'symbol,concept,period_end,period_start,value,accession,known_at',
    'NVDA,revenue,2025-10-26,2025-07-28,57006000000,0001045810-25-000228,2025-11-19T21:20:00Z',
    'NVDA,eps_diluted,2025-10-26,2025-07-28,1.3,0001045810-25-000228,2025-11-19T21:20:00Z',
  ],
  earnings_calendar: [
    'symbol,fiscal_quarter,expected_on,time_of_day,estimate_count',
    'NVDA,Oct/2025,2025-11-19,after_close,12',
    'AAPL,Dec/2025,2026-01-29,after_close,9',
  ],
  analyst_series: [
    'series,session,value,known_at',
    ...bars.map((session, i) => `idea,${session},0.${i}5,${session}T22:00:00Z`),
  ],
  credit_spreads: ['series,session,value', ...bars.map((session, i) => `BAA10Y,${session},1.7${i}`)],
  earnings_estimates: [
    'symbol,concept,period_end,estimate,value,known_at',
    'NVDA,revenue,2025-10-26,consensus,54920000000,2025-11-19T12:00:00Z',
    'NVDA,revenue,2025-10-26,whisper,55500000000,2025-11-19T12:00:00Z',
  ],
  filings: [
    'symbol,filed_on,accession,cik,form,items,accepted_at,report_on,document,known_at',
    'NVDA,2025-11-19,0001045810-25-000228,0001045810,8-K,2.02,2025-11-19T21:20:05Z,2025-11-19,q3.htm,2025-11-19T21:20:05Z',
  ],
  fund_holdings: [
    'fund,session,identifier,symbol,name,weight,sector',
    'SPY,2025-11-19,67066G104,NVDA,NVIDIA CORP,0.079,Technology',
    'SPY,2025-11-19,037833100,AAPL,APPLE INC,0.069,Technology',
  ],
  fund_shares: [
    'symbol,session,nav,shares_outstanding,total_net_assets',
    ...bars.map((session, i) => `SPY,${session},${660 + i},1000000,${(660 + i) * 1e6}`),
  ],
  implied_volatilities: [
    'symbol,session,tenor_days,implied_volatility',
    ...bars.map((session, i) => `NVDA,${session},30,0.4${i}`),
  ],
  macro_releases: [
    'series,reference_period,value,known_at',
    'PAYEMS,2025-08-01,159507,2025-11-20T13:30:00Z',
    'PAYEMS,2025-09-01,159626,2025-11-20T13:30:00Z',
  ],
  intraday_bars: [
    'symbol,session,bar_start,interval_minutes,open,high,low,close,volume,vwap,feed',
    'SPY,2025-11-20,2025-11-20T14:30:00Z,5,672.91,673.4,672.3,673.1,1234567,672.9,consolidated',
    'SPY,2025-11-20,2025-11-20T14:35:00Z,5,673.1,675.56,672.9,675.2,2345678,674.1,consolidated',
    'SPY,2025-11-20,2025-11-20T20:55:00Z,5,653.2,653.9,651.89,652.53,9345678,652.8,consolidated',
  ],
  market_breadth: [
    'exchange,session,up_volume,down_volume,advancing_count,declining_count',
    ...bars.map((session, i) => `NYSE,${session},${400_000_000 + i},${700_000_000 + i},${900 + i},${1800 - i}`),
  ],
  market_depth: [
    'instrument,session,metric,value,sample_count,sampling_window',
    ...bars.map((session, i) => `ES,${session},top_of_book_usd,${11_000_000 - i},78,rth median`),
  ],
  market_volume: [
    'session,venue,segment,shares,notional,trade_count',
    ...bars.map((session, i) => `${session},NYSE,tape_a,${1_186_233_165 + i},${62_800_579_325 + i},${7_675_626 + i}`),
  ],
  option_chains: [
    'symbol,session,root,expires_on,strike,option_type,underlying_price,open_interest,implied_volatility,bid,ask,volume,rate,dividend_yield',
    'SPX,2025-11-20,SPXW,2025-11-28,6500,put,6538.76,1400,0.21,55.1,55.9,1000,0.04,0.01',
    'SPX,2025-11-20,SPXW,2025-11-28,6500,call,6538.76,900,0.19,98.2,99.4,800,0.04,0.01',
  ],
  policy_statements: [
    'meeting_on,released_at,action,target_lower,target_upper,decision,url,body',
    '2025-10-29,2025-10-29T18:00:00Z,lower,3.75,4,The Committee decided to lower the range.,https://example.com/a,Text.',
  ],
  put_call_ratios: [
    'product,session,put_call_ratio,call_volume,put_volume',
    ...bars.map((session, i) => `total,${session},1.0${i},10000000,${10_000_000 + i * 100_000}`),
  ],
  release_calendar: [
    'announcement_id,release,title,scheduled_at,status,revision_number,reference_period,merged_into,known_at',
    'jobs-09,nonfarm_payrolls,Employment Situation,2025-11-20T13:30:00Z,delayed,1,2025-09-01,,2025-11-14T18:00:00Z',
    'jobs-10,nonfarm_payrolls,Employment Situation,2025-12-16T13:30:00Z,merged,2,2025-10-01,2025-11-01,2025-11-19T18:00:00Z',
  ],
  reported_events: [
    'event_id,category,entity,title,occurred_at,reference,known_at',
    'e1,private_credit,First Brands,"Bankruptcy, filed",2025-09-28T20:00:00Z,https://example.com/1,2025-09-29T12:00:00Z',
    'e2,private_credit,Tricolor,Bankruptcy filed,2025-09-10T12:00:00Z,https://example.com/2,2025-09-10T14:00:00Z',
  ],
  speeches: [
    'speech_id,part,held_at,speaker,role,title,location,url,body,footnotes',
    'cook1,article,2025-11-20T16:00:00Z,Lisa D. Cook,Governor,Financial Stability,Washington,https://example.com/c,"Private credit, again.",',
  ],
  symbol_directory: [
    'symbol,name,exchange,is_etf,is_test_issue,known_at',
    'SPY,SPDR S&P 500 ETF Trust,P,true,false,2025-11-19T12:00:00Z',
    'NVDA,NVIDIA Corporation,nasdaq,false,false,2025-11-19T12:00:00Z',
  ],
  symbol_volume: [
    'session,venue,symbol,shares,notional',
    ...bars.map((session, i) => `${session},consolidated,SPY,${80_123_456 + i},${53_682_715_521 + i}`),
  ],
  treasury_auctions: [
    'cusip,auctioned_on,security_type,security_term,announced_on,closes_at,offering_amount,high_yield,bid_to_cover,high_discount_margin',
    '91282CPJ4,2025-11-12,Note,10-Year,2025-11-05,2025-11-12T18:00:00Z,42000000000,4.074,2.43,',
    '91282CPK1,2025-11-25,Floating-Rate Note,2-Year,2025-11-20,2025-11-25T16:30:00Z,28000000000,,2.90,0.16',
  ],
  volatility_indices: [
    'symbol,session,open,high,low,close',
    ...bars.map((session, i) => `VIX,${session},${21 + i},${26.5 + i},${19.5 + i},${22.38 + i}`),
  ],
}

export const importSeeds: readonly Seed[] = Object.entries(files).map(([table, lines]) => ({
  origin: table,
  isImport: true,
  format: 'csv',
  key: 'import',
  fetchedAt: '2025-11-21T15:00:00Z',
  body: Buffer.from(`${lines.join('\n')}\n`),
}))
