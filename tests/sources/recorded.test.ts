/** Every source on its recorded payload: the rows that the bytes stand for. */
import { expect, it } from 'vitest'
import { parse as parseYaml } from 'yaml'
import { compute } from '../../pipeline/compute/compute.ts'
import { ingestPayload } from '../../pipeline/ingest/import-files.ts'
import { blsCalendar } from '../../sources/bls_calendar.ts'
import { cboeMarketVolume } from '../../sources/cboe_market_volume.ts'
import { cboeOptions } from '../../sources/cboe_options.ts'
import { cboePutCall } from '../../sources/cboe_put_call.ts'
import { cboeVolatility } from '../../sources/cboe_volatility.ts'
import { fedSpeeches } from '../../sources/fed_speeches.ts'
import { forexfactoryConsensus } from '../../sources/forexfactory_consensus.ts'
import { fredMacro } from '../../sources/fred_macro.ts'
import { nasdaqBars } from '../../sources/nasdaq_bars.ts'
import { secFacts } from '../../sources/sec_facts.ts'
import { secFilings } from '../../sources/sec_filings.ts'
import { squeezemetricsGamma } from '../../sources/squeezemetrics_gamma.ts'
import { ssgaFundHoldings } from '../../sources/ssga_fund_holdings.ts'
import { ssgaFundShares } from '../../sources/ssga_fund_shares.ts'
import { tiingoBars } from '../../sources/tiingo_bars.ts'
import { yahooBars } from '../../sources/yahoo_bars.ts'
import { openTestLake } from '../support/lake.ts'
import { describeShared, sharedBytes, sharedCsv, sharedPath, sharedText } from '../support/shared.ts'
import { decode, valuesOf } from '../support/sources.ts'

describeShared('recorded payloads', () => {
  it('nasdaq_bars: NDX of 2026-08-25, volume not given', async () => {
    const rows = await decode(nasdaqBars, sharedBytes('data/nasdaq/historical_NDX_2026-08-25.json'))
    expect(valuesOf(rows, 'daily_bars')).toEqual([
      {
        symbol: 'NDX',
        session: '2026-08-25',
        open: 29231.18,
        high: 29338.77,
        low: 29077.72,
        close: 29209.23,
        volume: null,
      },
    ])
  })

  it('yahoo_bars: AAPL over its dividend of 2020-11-06', async () => {
    const recorded = JSON.parse(sharedText('data/bars/yahoo_v8/chart-AAPL-2020-08-31-to-2020-11-07.json'))
    const rows = await decode(yahooBars, JSON.stringify(recorded.response.bodyJson))
    expect(await decode(yahooBars, JSON.stringify(recorded))).toEqual(rows)
    const bars = valuesOf(rows, 'daily_bars')
    expect(bars).toHaveLength(49)
    expect(bars[0]).toMatchObject({ symbol: 'AAPL', session: '2020-08-31' })
    expect(valuesOf(rows, 'corporate_actions')).toEqual(
      expect.arrayContaining([expect.objectContaining({ symbol: 'AAPL', session: '2020-11-06', action: 'dividend' })]),
    )
  })

  it('tiingo_bars: raw bars of GOOGL', async () => {
    const cassette = parseYaml(sharedText('data/bars/tiingo/daily_json_csv.yaml'))
    const rows = await decode(tiingoBars, cassette.interactions[0].response.body.string, { key: 'GOOGL' })
    const bars = valuesOf(rows, 'daily_bars')
    expect(bars).toHaveLength(10)
    expect(bars[0]).toEqual({
      symbol: 'GOOGL',
      session: '2018-01-05',
      open: 1103.45,
      high: 1113.58,
      low: 1101.8,
      close: 1110.29,
      volume: 1493389,
    })
    expect(valuesOf(rows, 'corporate_actions')).toEqual([])
  })

  it('cboe_volatility: VIX of the event and no row for Thanksgiving, on which Cboe printed one', async () => {
    const rows = valuesOf(
      await decode(cboeVolatility, sharedBytes('data/cboe/VIX_History.csv'), { key: 'VIX' }),
      'volatility_indices',
    )
    expect(rows.find((row) => row.session === '2025-11-20')).toEqual({
      symbol: 'VIX',
      session: '2025-11-20',
      open: 20.78,
      high: 28.27,
      low: 19.28,
      close: 26.42,
    })
    expect(rows.find((row) => row.session === '2025-11-27')).toBeUndefined()
    expect(rows).toHaveLength(9234 - 33)
  })

  it('cboe_volatility: SKEW has closes only', async () => {
    const rows = valuesOf(
      await decode(cboeVolatility, sharedBytes('data/cboe/SKEW_History.csv'), { key: 'SKEW' }),
      'volatility_indices',
    )
    expect(rows[0]).toEqual({ symbol: 'SKEW', session: '1990-01-02', open: null, high: null, low: null, close: 126.09 })
  })

  it('cboe_market_volume: the recorded header is the one we know, and a file without rows is refused', async () => {
    await expect(
      decode(cboeMarketVolume, sharedBytes('data/cboe/market_history_header.csv'), { key: '2025' }),
    ).rejects.toThrow('no rows')
  })

  it('cboe_market_volume: the first half of 2022 lands as 7,068 rows, three tapes of each of 2,356 lines, and none is rejected', async () => {
    const { lake } = await openTestLake()
    const recorded = sharedCsv('data/cboe/market_history_2022.csv')
    expect(recorded).toHaveLength(2356)
    const outcome = await ingestPayload(lake, cboeMarketVolume, sharedPath('data/cboe/market_history_2022.csv'), {
      key: '2022',
      fetchedAt: new Date('2022-07-01T13:00:00Z'),
    })
    expect(outcome).toMatchObject({ status: 'ok', rowCount: 7068, rejectedCount: 0 })
    await lake.refresh()
    const of = (column: string) => recorded.reduce((sum, row) => sum + Number(row[column]), 0)
    const [volume] = await lake.engine.rows<Record<string, number>>(
      `select count(*) as n, count(distinct session) as sessions, count(distinct venue) as venues, sum(shares) as shares,
         sum(notional) as notional, sum(trade_count) as trades
       from market_volume`,
    )
    expect(volume).toMatchObject({
      n: 7068,
      sessions: 124,
      venues: new Set(recorded.map((row) => row['Market Participant'])).size,
    })
    expect(volume!.shares! / of('Total Shares')).toBeCloseTo(1, 12)
    expect(volume!.notional! / of('Total Notional')).toBeCloseTo(1, 12)
    expect(volume!.trades! / of('Total Trade Count')).toBeCloseTo(1, 12)
    const [share] = await lake.engine.rows<Record<string, number>>(
      `select count(etf_share) as n, min(etf_share) as least, max(etf_share) as most from etf_share_of_volume`,
    )
    expect(share!.n).toBe(124)
    expect(share!.least).toBeGreaterThan(0.1)
    expect(share!.most).toBeLessThan(0.5)
  })

  it('squeezemetrics_gamma: low but positive on the event', async () => {
    const rows = valuesOf(await decode(squeezemetricsGamma, sharedBytes('data/gamma/DIX.csv')), 'dealer_gamma')
    const event = rows.find((row) => row.session === '2025-11-20')
    expect(Number(event?.net_gamma) / 1e9).toBeCloseTo(1.34, 2)
    expect(rows).toHaveLength(3850)
  })

  it('fred_macro: an unstamped file is known when it was fetched, not before', async () => {
    const rows = await decode(fredMacro, sharedBytes('data/macro/fredgraph_PAYEMS_2024-10.csv'), {
      key: 'PAYEMS',
      fetchedAt: '2024-10-10T12:00:00Z',
    })
    expect(rows[0]).toMatchObject({
      publishedAt: '2024-10-10T12:00:00.000Z',
      values: { series: 'PAYEMS', reference_period: '1939-01-01', value: 29923 },
    })
    expect(rows.at(-1)?.values.reference_period).toBe('2024-06-01')
  })

  it('fred_macro: API observations carry their vintage', async () => {
    const rows = await decode(fredMacro, sharedBytes('data/macro/fred_observations_HQMCB10YR.json'), {
      key: 'HQMCB10YR',
    })
    expect(rows).toHaveLength(6)
    expect(rows[0]).toMatchObject({
      publishedAt: '2024-06-27T12:30:00.000Z',
      values: { reference_period: '2023-01-01', value: 4.98 },
    })
  })

  it('bls_calendar: two years of releases in New York time, winter and summer', async () => {
    const rows = valuesOf(await decode(blsCalendar, sharedBytes('data/macro/bls_2023-2024.ics')), 'release_calendar')
    const jobs = rows.filter((row) => row.release === 'nonfarm_payrolls').map((row) => row.scheduled_at)
    expect(jobs).toHaveLength(24)
    expect(jobs[0]).toBe('2023-01-06T13:30:00.000Z')
    expect(jobs).toContain('2023-07-07T12:30:00.000Z')
    expect(rows.filter((row) => row.release === 'consumer_prices')).toHaveLength(24)
    const costs = rows.filter((row) => row.release === 'employment_cost_index')
    expect(costs.map((row) => row.reference_period)).toContain('2023-10-01')
    // The Employment Situation of Veterans is another release.
    expect(rows.filter((row) => row.title === 'Employment Situation of Veterans')).toMatchObject([
      { release: 'Employment Situation of Veterans', reference_period: null },
      { release: 'Employment Situation of Veterans', reference_period: null },
    ])
  })

  it('forexfactory_consensus: of a week the two releases that we follow, each in its unit', async () => {
    const rows = await decode(forexfactoryConsensus, sharedBytes('data/consensus/ff_calendar_thisweek.json'))
    expect(valuesOf(rows, 'consensus')).toMatchObject([
      { release: 'industrial_production', scheduled_at: '2026-08-18T13:15:00.000Z', consensus: 0.3 },
      { release: 'jobless_claims', scheduled_at: '2026-08-20T12:30:00.000Z', consensus: 210_000 },
    ])
  })

  it('sec_filings: acceptance in UTC, results by item 2.02', async () => {
    const rows = await decode(secFilings, sharedBytes('data/sec/submissions_CIK0001318605.json'), { key: '0001318605' })
    const results = rows.filter((row) => String(row.values.items).includes('2.02'))
    expect(rows).toHaveLength(1000)
    expect(results[0]).toMatchObject({
      publishedAt: '2026-01-28T21:11:04.000Z',
      values: { symbol: 'TSLA', accession: '0001628280-26-003837', form: '8-K', items: '2.02,9.01' },
    })
  })

  it('sec_facts: revenue of NVDA by the filing that carried it first', async () => {
    const rows = await decode(secFacts, sharedBytes('data/sec/companyfacts_CIK0001045810_subset.json'), {
      key: '0001045810',
    })
    const quarter = rows.filter(
      (row) =>
        row.values.concept === 'revenue' &&
        row.values.period_end === '2025-10-26' &&
        row.values.period_start === '2025-07-28',
    )
    expect(quarter).toHaveLength(1)
    expect(quarter[0]).toMatchObject({
      publishedAt: '2025-11-20T03:00:00.000Z',
      values: { symbol: 'NVDA', value: 57_006_000_000 },
    })
  })

  it('fed_speeches: the list, in spite of its byte-order mark', async () => {
    const rows = await decode(fedSpeeches, `﻿${sharedText('data/fed/ne-speeches_sample.json')}`, { key: 'listing' })
    expect(rows.map((row) => row.values)).toEqual([
      expect.objectContaining({
        speech_id: 'warsh20260828a',
        role: 'Chair',
        speaker: 'Kevin Warsh',
        held_at: '2026-08-28T14:00:00.000Z',
      }),
      expect.objectContaining({ speech_id: 'waller20260903a', role: 'Governor', speaker: 'Christopher J. Waller' }),
      expect.objectContaining({ speech_id: 'barr20260606a', speaker: 'Michael S. Barr' }),
    ])
  })

  it.each(['brainard20220708a', 'clarida20211130a', 'kroszner20070322a', 'stein20131004a', 'yellen20170303a'])(
    'fed_speeches: the article %s without menu and footnotes',
    async (id) => {
      const [row] = await decode(fedSpeeches, sharedBytes(`data/fed/payloads/speech_html/${id}.htm`), { key: id })
      const body = String(row?.values.body)
      expect(row?.values).toMatchObject({ speech_id: id, part: 'article' })
      expect(row?.values.speaker).toMatch(/^[A-Z]\w+ .*[a-z]$/)
      expect(body.length).toBeGreaterThan(8000)
      expect(body).not.toMatch(/Return to text|^\* Share|Last Update/m)
    },
  )

  it('ssga_fund_shares: another workbook of the same house is refused by its header', async () => {
    const holdings = sharedBytes('data/etf/holdings-daily-us-en-spy_asof_2026-04-10.xlsx')
    await expect(decode(ssgaFundShares, holdings, { key: 'SPY' })).rejects.toThrow(
      /ssga_fund_shares SPY: row 4 is ".*", not "Date,NAV,Shares Outstanding,Total Net Assets"/,
    )
  })

  it('cboe_options: the SPX quote table of a Saturday in June 2022, with the session before it', async () => {
    const body = sharedBytes('data/gamma/cboe_spx_quotedata.csv')
    const rows = valuesOf(await decode(cboeOptions, body, { key: 'SPX' }), 'option_chains')
    expect(rows.length).toBeGreaterThan(10_000)
    expect(new Set(rows.map(({ session }) => session))).toEqual(new Set(['2022-06-10']))
    expect(rows[0]).toEqual({
      symbol: 'SPX',
      session: '2022-06-10',
      underlying_price: 3900.8601,
      root: 'SPXW',
      expires_on: '2022-06-10',
      strike: 800,
      option_type: 'call',
      open_interest: 1,
      implied_volatility: null,
      bid: 3090.2,
      ask: 3107.3,
      volume: 0,
      rate: 0,
      dividend_yield: 0,
    })
    expect(rows.every(({ open_interest }) => Number(open_interest) > 0)).toBe(true)
  })

  it('cboe_options: dealer gamma of that chain, with Black-Scholes near the gamma that the exchange prints', async () => {
    const { lake } = await openTestLake()
    const file = sharedPath('data/gamma/cboe_spx_quotedata.csv')
    const outcome = await ingestPayload(lake, cboeOptions, file, {
      key: 'SPX',
      fetchedAt: new Date('2022-06-12T01:00:00Z'),
    })
    expect(outcome).toMatchObject({ status: 'ok', rejectedCount: 0 })
    for (const { error } of await compute(lake)) expect(error).toBeNull()
    const [exposure] = await lake.engine.rows<Record<string, number>>('select * from gamma_exposure')
    expect(exposure).toMatchObject({ session: '2022-06-10', underlying_price: 3900.8601, is_negative_gamma: true })
    expect(exposure!.call_gamma! + exposure!.put_gamma!).toBeCloseTo(exposure!.net_gamma!, 0)
    expect(exposure!.gamma_flip!).toBeGreaterThan(3900)
    // The exchange prints four decimals: 0.0015 for the July 3900 call.
    const [near] = await lake.engine.rows<{ gamma: number }>(
      `select gamma from option_gamma where strike = 3900 and option_type = 'call' and expires_on = date '2022-07-15' and root = 'SPX'`,
    )
    expect(near?.gamma).toBeCloseTo(0.0015, 3)
  })

  it('cboe_put_call: index options from November 2006 to October 2019', async () => {
    const rows = valuesOf(await decode(cboePutCall, sharedBytes('data/putcall/indexpc.csv')), 'put_call_ratios')
    expect(rows[0]).toEqual({
      product: 'index',
      session: '2006-11-01',
      put_call_ratio: 1.25,
      call_volume: 297_253,
      put_volume: 370_373,
    })
    expect(rows.at(-1)).toMatchObject({ session: '2019-10-04' })
  })

  it('ssga_fund_holdings: SPY on 2026-04-10, 501 stocks, the ten largest more than a third', async () => {
    const { lake } = await openTestLake()
    const file = sharedPath('data/etf/holdings-daily-us-en-spy_asof_2026-04-10.xlsx')
    expect(await ingestPayload(lake, ssgaFundHoldings, file, { key: 'SPY' })).toMatchObject({
      status: 'ok',
      rejectedCount: 0,
    })
    await lake.refresh()
    const [row] = await lake.engine.rows<Record<string, number | string>>('select * from fund_concentration')
    expect(row).toMatchObject({ fund: 'SPY', session: '2026-04-10', known_session: '2026-04-13' })
    expect(Number(row?.holding_count)).toBeGreaterThan(500)
    expect(Number(row?.top_10_weight)).toBeGreaterThan(0.33)
    expect(Number(row?.effective_holding_count)).toBeCloseTo(1 / Number(row?.herfindahl_index), 9)
  })
})
