/** Sources without a recorded payload, or with a trap that the recorded one does not show: fixtures of the documented shape. */
import { describe, expect, it } from 'vitest'
import { ssgaHistory } from '../../samples/answers/market-data.ts'
import { ssgaHoldings } from '../../samples/answers/positions.ts'
import { market } from '../../samples/market.ts'
import { alpacaBars } from '../../sources/alpaca_bars.ts'
import { blsCalendar } from '../../sources/bls_calendar.ts'
import { cboeMarketVolume } from '../../sources/cboe_market_volume.ts'
import { cboeOptions } from '../../sources/cboe_options.ts'
import { cboePutCall } from '../../sources/cboe_put_call.ts'
import { forexfactoryConsensus } from '../../sources/forexfactory_consensus.ts'
import { fredMacro } from '../../sources/fred_macro.ts'
import { nasdaqConsensus } from '../../sources/nasdaq_consensus.ts'
import { ssgaFundHoldings } from '../../sources/ssga_fund_holdings.ts'
import { ssgaFundShares } from '../../sources/ssga_fund_shares.ts'
import { tiingoBars } from '../../sources/tiingo_bars.ts'
import { yahooBars } from '../../sources/yahoo_bars.ts'
import { yahooIntraday } from '../../sources/yahoo_intraday.ts'
import { sampleUniverse } from '../support/lake.ts'
import { decode, valuesOf } from '../support/sources.ts'

const volumeHeader =
  'Day,Market Participant,Tape A Shares,Tape B Shares,Tape C Shares,Total Shares,Tape A Notional,Tape B Notional,Tape C Notional,Total Notional,Tape A Trade Count,Tape B Trade Count,Tape C Trade Count,Total Trade Count'

describe('cboe_market_volume', () => {
  it('gives one row per venue and tape', async () => {
    const rows = valuesOf(
      await decode(cboeMarketVolume, `${volumeHeader}\n2025-11-20,NYSE,10,20,30,60,100,200,300,600,1,2,3,6\n`),
      'market_volume',
    )
    expect(rows).toEqual([
      { session: '2025-11-20', venue: 'NYSE', segment: 'tape_a', shares: 10, notional: 100, trade_count: 1 },
      { session: '2025-11-20', venue: 'NYSE', segment: 'tape_b', shares: 20, notional: 200, trade_count: 2 },
      { session: '2025-11-20', venue: 'NYSE', segment: 'tape_c', shares: 30, notional: 300, trade_count: 3 },
    ])
  })

  it('refuses a total that is not the sum of the tapes, by name', async () => {
    const body = `${volumeHeader}\n2025-11-20,NYSE,10,20,30,60,100,200,300,700,1,2,3,6\n`
    await expect(decode(cboeMarketVolume, body)).rejects.toThrow(
      'market_volume.total notional row 1 (NYSE, 2025-11-20): expected 600, the sum of the tapes, got 700',
    )
  })
})

describe('fred_macro', () => {
  const stamped = 'observation_date,PAYEMS_20251120\n2025-08-01,159507\n2025-09-01,159626\n2025-10-01,.\n'

  it('reads the vintage from the header, published at the usual time of the release', async () => {
    const rows = await decode(fredMacro, stamped, { key: 'PAYEMS' })
    expect(rows.map((row) => [row.values.reference_period, row.values.value, row.publishedAt])).toEqual([
      ['2025-08-01', 159507, '2025-11-20T13:30:00.000Z'],
      ['2025-09-01', 159626, '2025-11-20T13:30:00.000Z'],
    ])
  })

  it('refuses an answer of another vintage than the one asked for', async () => {
    const url = 'https://alfred.stlouisfed.org/graph/alfredgraph.csv?id=PAYEMS&vintage_date=2025-09-05'
    await expect(decode(fredMacro, stamped, { key: 'PAYEMS', url })).rejects.toThrow(
      'asked for vintage 2025-09-05, the header is stamped 2025-11-20',
    )
  })

  it('refuses another series', async () => {
    await expect(decode(fredMacro, stamped, { key: 'UNRATE' })).rejects.toThrow('the value column is payems_20251120')
  })
})

describe('bls_calendar', () => {
  const calendar = (zone: string) =>
    [
      'BEGIN:VCALENDAR',
      'VERSION:2.0',
      'BEGIN:VEVENT',
      'UID:a',
      'SEQUENCE:2',
      `DTSTART;TZID=${zone}:20251120T083000`,
      'SUMMARY:Employment Situation',
      'STATUS:CANCELLED',
      'END:VEVENT',
      'END:VCALENDAR',
    ].join('\r\n')

  it('keeps the sequence and the cancellation', async () => {
    expect(valuesOf(await decode(blsCalendar, calendar('US-Eastern')), 'release_calendar')).toEqual([
      {
        announcement_id: 'a',
        release: 'nonfarm_payrolls',
        title: 'Employment Situation',
        scheduled_at: '2025-11-20T13:30:00.000Z',
        status: 'cancelled',
        revision_number: 2,
        reference_period: '2025-10-01',
        merged_into: null,
      },
    ])
  })

  it('refuses a zone that it does not know', async () => {
    await expect(decode(blsCalendar, calendar('Mars/Olympus'))).rejects.toThrow(
      'event 1 starts in the zone "Mars/Olympus"',
    )
  })
})

const unsaid = { reference_period: null, released_at: null, actual: null }

describe('consensus', () => {
  it('forexfactory: figures in the unit of the release', async () => {
    const body = JSON.stringify([
      {
        title: 'Non-Farm Employment Change',
        country: 'USD',
        date: '2025-11-20T08:30:00-05:00',
        impact: 'High',
        forecast: '50K',
        previous: '-4K',
      },
      {
        title: 'CPI m/m',
        country: 'USD',
        date: '2025-11-13T08:30:00-05:00',
        impact: 'High',
        forecast: '0.3%',
        previous: '0.2%',
      },
      {
        title: 'CPI m/m',
        country: 'CAD',
        date: '2025-11-13T08:30:00-05:00',
        impact: 'High',
        forecast: '0.3%',
        previous: '0.2%',
      },
    ])
    expect(valuesOf(await decode(forexfactoryConsensus, body), 'consensus')).toEqual([
      { release: 'nonfarm_payrolls', scheduled_at: '2025-11-20T13:30:00.000Z', consensus: 50, prior: -4, ...unsaid },
      { release: 'consumer_prices', scheduled_at: '2025-11-13T13:30:00.000Z', consensus: 0.3, prior: 0.2, ...unsaid },
    ])
  })

  it('nasdaq: the key is the day of the rows, the clock is UTC-4, blanks are no figures', async () => {
    const row = {
      gmt: '09:30',
      country: 'United States',
      eventName: 'Nonfarm Payrolls',
      actual: '119K',
      consensus: '50K',
      previous: '&nbsp;',
      description: '',
    }
    const body = JSON.stringify({ data: { rows: [row, { ...row, consensus: '&nbsp;' }] }, status: { rCode: 200 } })
    expect(valuesOf(await decode(nasdaqConsensus, body, { key: '2025-11-20' }), 'consensus')).toEqual([
      { release: 'nonfarm_payrolls', scheduled_at: '2025-11-20T13:30:00.000Z', consensus: 50, prior: null, ...unsaid },
    ])
  })

  it('nasdaq: asks for the day after', () => {
    const [request] = nasdaqConsensus.request(
      { from: '2025-11-20', to: '2025-11-20' },
      { universe: {} as never, hasSecret: false },
    )
    expect(request).toMatchObject({ key: '2025-11-20', url: expect.stringContaining('date=2025-11-21') })
  })
})

describe('ssga_fund_shares', () => {
  it('reads the workbook: text dates, plain numbers, newest first', async () => {
    const body = await ssgaHistory('SPY', new Date('2025-11-21T14:00:00Z'))
    const rows = valuesOf(await decode(ssgaFundShares, body, { key: 'SPY' }), 'fund_shares')
    expect(rows[0]).toMatchObject({ symbol: 'SPY', session: '2025-11-20', nav: 652.53 })
    expect(rows.at(-1)?.session).toBe(market().sessions[0]?.session)
  })

  it('refuses what is no workbook', async () => {
    await expect(decode(ssgaFundShares, '<html>Access denied</html>', { key: 'SPY' })).rejects.toThrow('not an XLSX')
  })
})

describe('corporate actions', () => {
  it('tiingo: a split and a dividend are rows of their own', async () => {
    const bar = { open: 1200, high: 1210, low: 1190, close: 1205, volume: 1000, divCash: 0, splitFactor: 1 }
    const body = JSON.stringify([
      { ...bar, date: '2024-06-07T00:00:00.000Z' },
      { ...bar, date: '2024-06-10T00:00:00.000Z', splitFactor: 10, divCash: 0.01 },
    ])
    expect(valuesOf(await decode(tiingoBars, body, { key: 'NVDA' }), 'corporate_actions')).toEqual([
      { symbol: 'NVDA', session: '2024-06-10', action: 'split', split_factor: 10, dividend: null },
      { symbol: 'NVDA', session: '2024-06-10', action: 'dividend', split_factor: null, dividend: 0.01 },
    ])
  })

  it('yahoo: a null in the arrays stays NULL, columns of unequal length are refused', async () => {
    const chart = (close: (number | null)[]) =>
      JSON.stringify({
        chart: {
          error: null,
          result: [
            {
              meta: { symbol: '^GSPC' },
              timestamp: [1763649000],
              indicators: { quote: [{ open: [1], high: [1], low: [1], close, volume: [1] }] },
            },
          ],
        },
      })
    expect(valuesOf(await decode(yahooBars, chart([null])), 'daily_bars')).toEqual([
      expect.objectContaining({ symbol: 'GSPC', session: '2025-11-20', close: null }),
    ])
    await expect(decode(yahooBars, chart([1, 2]))).rejects.toThrow('timestamps 1, but columns of 1, 1, 1, 2, 1')
  })
})

describe('cboe_options', () => {
  const body = (option: object, last_trade_time = '2025-11-20T16:14:59') =>
    JSON.stringify({
      timestamp: '2025-11-20 21:30:05',
      symbol: '_SPX',
      data: { current_price: 6538.76, last_trade_time, options: [option] },
    })
  const option = {
    option: 'SPXW251121C06600000',
    bid: 1,
    ask: 1.2,
    iv: 0.21,
    open_interest: 30_000,
    volume: 12,
    gamma: 0.004,
  }

  it('reads root, expiry, side and strike from the OCC symbol', async () => {
    const rows = valuesOf(await decode(cboeOptions, body(option), { key: 'SPX' }), 'option_chains')
    expect(rows).toMatchObject([
      {
        symbol: 'SPX',
        session: '2025-11-20',
        root: 'SPXW',
        expires_on: '2025-11-21',
        strike: 6600,
        option_type: 'call',
        implied_volatility: 0.21,
      },
    ])
  })

  it('leaves options without open interest in bronze, and says NULL where no volatility is shown', async () => {
    expect(await decode(cboeOptions, body({ ...option, open_interest: 0 }), { key: 'SPX' })).toEqual([])
    const [row] = valuesOf(await decode(cboeOptions, body({ ...option, iv: 0 }), { key: 'SPX' }), 'option_chains')
    expect(row?.implied_volatility).toBeNull()
  })

  it.each([
    [body({ ...option, option: 'SPX-6600' }), /"SPX-6600" is not an OCC option symbol/],
    [body(option, 'yesterday'), /"yesterday" is not the time of a quote/],
    ['{"data":{"options":[]}}', /data.current_price/],
    ['<html>busy</html>', /expected JSON, got markup/],
    ['a,b\n1,2', /no line with Last, Date and Expiration Date/],
  ])('refuses %.30s …', async (text, message) => {
    await expect(decode(cboeOptions, text, { key: 'SPX' })).rejects.toThrow(message)
  })
})

describe('cboe_put_call', () => {
  it('keeps the ratios that it knows by name', async () => {
    const body = JSON.stringify({
      ratios: [
        { name: 'TOTAL PUT/CALL RATIO', value: '0.95' },
        { name: 'EQUITY PUT/CALL RATIO', value: '0.59' },
        { name: 'OEX PUT/CALL RATIO', value: '1.5' },
      ],
    })
    const rows = valuesOf(await decode(cboePutCall, body, { key: '2025-11-20' }), 'put_call_ratios')
    expect(rows).toMatchObject([
      { product: 'total', session: '2025-11-20', put_call_ratio: 0.95 },
      { product: 'equity', session: '2025-11-20', put_call_ratio: 0.59 },
    ])
  })

  it('refuses statistics without any of them, and a ratio that is no number', async () => {
    const of = (name: string, value: string) =>
      decode(cboePutCall, JSON.stringify({ ratios: [{ name, value }] }), { key: '2025-11-20' })
    await expect(of('OEX PUT/CALL RATIO', '1')).rejects.toThrow(/no ratio of TOTAL PUT\/CALL RATIO/)
    await expect(of('TOTAL PUT/CALL RATIO', 'n/a')).rejects.toThrow(
      /put_call_ratios.put_call_ratio row 1 .*expected double, got "n\/a"/,
    )
  })
})

describe('ssga_fund_holdings', () => {
  it('ends where the small print begins and takes weights as fractions', async () => {
    const rows = valuesOf(
      await decode(ssgaFundHoldings, await ssgaHoldings('SPY', new Date('2025-11-21T00:30:00Z'))),
      'fund_holdings',
    )
    expect(rows).toHaveLength(10)
    expect(rows[0]).toMatchObject({ fund: 'SPY', session: '2025-11-20', symbol: 'NVDA', weight: 0.079, sector: null })
  })

  it('refuses another sheet by its header', async () => {
    await expect(decode(ssgaFundHoldings, await ssgaHistory('SPY', new Date('2025-11-21T00:30:00Z')))).rejects.toThrow(
      /not "Name,Ticker,Identifier/,
    )
  })
})

describe('yahoo_intraday', () => {
  const open = Date.parse('2025-11-20T14:30:00Z') / 1000
  const column = (...values: (number | null)[]) => values
  const body = (stamps: number[], closes: (number | null)[], interval = '5m', symbol = 'SPY') =>
    JSON.stringify({
      chart: {
        result: [
          {
            meta: { symbol, dataGranularity: interval },
            timestamp: stamps,
            indicators: {
              quote: [
                { open: closes, high: closes, low: closes, close: closes, volume: column(...closes.map(() => 1000.5)) },
              ],
            },
          },
        ],
        error: null,
      },
    })

  it('gives bars at their start, skips minutes without a trade, and keeps the later of a doubled last bar', async () => {
    const text = body([open, open + 300, open + 600, open + 617], [100, null, 101, 102])
    const rows = valuesOf(await decode(yahooIntraday, text, { key: 'SPY 5m' }), 'intraday_bars')
    const common = {
      symbol: 'SPY',
      session: '2025-11-20',
      interval_minutes: 5,
      volume: 1000.5,
      vwap: null,
      feed: 'yahoo',
    }
    expect(rows).toEqual([
      { ...common, bar_start: '2025-11-20T14:30:00.000Z', open: 100, high: 100, low: 100, close: 100 },
      { ...common, bar_start: '2025-11-20T14:40:00.000Z', open: 102, high: 102, low: 102, close: 102 },
    ])
  })

  it.each([
    [body([open], [100]), 'SPY 1m', /SPY 5m/],
    [body([open], [100], '1d'), 'SPY 5m', /bars of 1d, expected 1m or 5m/],
    [body([], []), 'SPY 5m', /no rows/],
    ['{"chart":{"result":null,"error":{"code":"Unprocessable Entity"}}}', 'SPY 5m', /chart error/],
  ])('refuses %.40s … as %s', async (text, key, message) => {
    await expect(decode(yahooIntraday, text, { key })).rejects.toThrow(message)
  })

  it('asks for five minutes of ETFs and one minute of named symbols, in parts, as far back as Yahoo has them', () => {
    const universe = { ...sampleUniverse, etfs: ['SPY'], minuteBars: ['BRK.B'] }
    const asked = (from: string, to: string) =>
      yahooIntraday.request({ from, to }, { universe, hasSecret: false, today: '2025-11-20' }).map(({ key, url }) => {
        const days = ['period1', 'period2'].map((name) => Number(new URL(url).searchParams.get(name)) * 1000)
        return `${key} ${new URL(url).pathname.split('/').at(-1)} ${days.map((day) => new Date(day).toISOString().slice(0, 10)).join(' ')}`
      })
    expect(asked('2025-11-17', '2025-11-20')).toEqual([
      'SPY 5m SPY 2025-11-17 2025-11-21',
      'BRK.B 1m BRK-B 2025-11-17 2025-11-21',
    ])
    expect(asked('2020-01-01', '2025-11-20')).toEqual([
      'SPY 5m SPY 2025-09-22 2025-11-11',
      'SPY 5m SPY 2025-11-11 2025-11-21',
      'BRK.B 1m BRK-B 2025-10-22 2025-10-28',
      'BRK.B 1m BRK-B 2025-10-28 2025-11-03',
      'BRK.B 1m BRK-B 2025-11-03 2025-11-09',
      'BRK.B 1m BRK-B 2025-11-09 2025-11-15',
      'BRK.B 1m BRK-B 2025-11-15 2025-11-21',
    ])
  })
})

describe('alpaca_bars', () => {
  const window = { from: '2025-11-20', to: '2025-11-20' }
  const bar = { t: '2025-11-20T14:30:00Z', o: 1, h: 2, l: 0.5, c: 1.5, v: 1000, n: 12, vw: 1.25 }
  const body = (bars: object, next_page_token: string | null = null) => JSON.stringify({ bars, next_page_token })

  it('gives consolidated bars with their average price', async () => {
    const rows = await decode(alpacaBars, body({ SPY: [bar] }), { key: 'SPY 1Min' })
    expect(valuesOf(rows, 'intraday_bars')).toEqual([
      {
        ...{ symbol: 'SPY', session: '2025-11-20', bar_start: '2025-11-20T14:30:00.000Z', interval_minutes: 1 },
        ...{ open: 1, high: 2, low: 0.5, close: 1.5, volume: 1000, vwap: 1.25, feed: 'consolidated' },
      },
    ])
    expect(await decode(alpacaBars, body({}), { key: 'SPY 1Min' })).toEqual([])
  })

  it('asks with a key that is a pair, for the hours of the window, and for the next page', () => {
    const universe = { ...sampleUniverse, etfs: ['SPY'], minuteBars: [] }
    const [request] = alpacaBars.request(window, { universe, hasSecret: true })
    expect(request).toMatchObject({
      key: 'SPY 5Min',
      secret: { name: 'ALPACA_API_KEY', header: 'APCA-API-KEY-ID', secondHeader: 'APCA-API-SECRET-KEY' },
    })
    const query = Object.fromEntries(new URL(request!.url).searchParams)
    expect(query).toMatchObject({ symbols: 'SPY', timeframe: '5Min', feed: 'sip', adjustment: 'raw' })
    expect(query).toMatchObject({ start: '2025-11-20T14:30:00.000Z', end: '2025-11-20T20:59:00.000Z' })
    const payload = (token: string | null) => ({
      ...{ source: 'alpaca_bars', key: 'SPY 5Min', body: Buffer.from(body({ SPY: [bar] }, token)) },
      ...{ fetchedAt: new Date('2025-11-21T01:00:00Z'), bronzeKey: 'bronze/alpaca_bars/test' },
    })
    const next = alpacaBars.follow!(payload('abc='), window, { universe })
    expect(next.map(({ url }) => new URL(url).searchParams.get('page_token'))).toEqual(['abc='])
    expect(alpacaBars.follow!(payload(null), window, { universe })).toEqual([])
  })

  it.each([
    [body({ QQQ: [bar] }), 'SPY 1Min', /QQQ/],
    [body({ SPY: [{ ...bar, t: 'yesterday' }] }), 'SPY 1Min', /bar_start row 1 .*an instant with its offset/],
    [body({ SPY: [bar] }), 'SPY', /its key says no length of bars/],
    ['{"message":"forbidden."}', 'SPY 1Min', /bars/],
  ])('refuses %.40s … as %s', async (text, key, message) => {
    await expect(decode(alpacaBars, text, { key })).rejects.toThrow(message)
  })
})
