/** What sources answer today (SOURCES.md §10), in the small: each with its right rows. */
import { describe, expect, it } from 'vitest'
import { beaCalendar } from '../../sources/bea_calendar.ts'
import { cboeOptions } from '../../sources/cboe_options.ts'
import { cboePutCall } from '../../sources/cboe_put_call.ts'
import { cboeVolatility } from '../../sources/cboe_volatility.ts'
import { fredMacro } from '../../sources/fred_macro.ts'
import { nasdaqBars } from '../../sources/nasdaq_bars.ts'
import { nasdaqConsensus } from '../../sources/nasdaq_consensus.ts'
import { nasdaqEarnings } from '../../sources/nasdaq_earnings.ts'
import { treasuryAuctions } from '../../sources/treasury_auctions.ts'
import { describeShared, sharedText } from '../support/shared.ts'
import { decode, valuesOf } from '../support/sources.ts'

const noRecord = JSON.stringify({
  data: null,
  message: null,
  status: { rCode: 200, bCodeMessage: [{ code: 1002, errorMessage: 'No record found.' }], developerMessage: null },
})

describe('nothing to tell', () => {
  it('a day without economic events or earnings has no rows', async () => {
    expect(await decode(nasdaqConsensus, noRecord, { key: '2024-07-05' })).toEqual([])
    expect(await decode(nasdaqEarnings, noRecord, { key: '2024-07-05' })).toEqual([])
  })

  it('a symbol without bars is refused, and so is another code', async () => {
    await expect(decode(nasdaqBars, noRecord, { key: 'SPY' })).rejects.toThrow(/no record found/)
    const other = noRecord.replace('1002', '1001')
    await expect(decode(nasdaqConsensus, other, { key: '2024-07-05' })).rejects.toThrow(/status 200 without data/)
  })

  it.each([
    ['N/A', null],
    ['', null],
    ['12', 12],
  ])('Nasdaq earnings: "%s" estimates are %s', async (noOfEsts, estimate_count) => {
    const row = { symbol: 'NVDA', time: 'time-after-hours', fiscalQuarterEnding: 'Oct/2025', noOfEsts, epsForecast: '' }
    const text = JSON.stringify({ data: { asOf: null, rows: [row] }, status: { rCode: 200 } })
    const rows = await decode(nasdaqEarnings, text, { key: '2025-11-19' })
    expect(valuesOf(rows, 'earnings_calendar')).toMatchObject([{ symbol: 'NVDA', estimate_count }])
  })

  it('FRED: a full stop and a blank are missing figures, in the CSV and in the API', async () => {
    const csv = 'observation_date,UNRATE\n2025-08-01,.\n2025-09-01,4.4\n2025-10-01,\n2025-11-01, \n'
    expect(valuesOf(await decode(fredMacro, csv, { key: 'UNRATE' }), 'macro_releases')).toMatchObject([{ value: 4.4 }])
    const of = (value: string) => ({ realtime_start: '2026-01-03', date: '2025-10-01', value })
    const api = JSON.stringify({ observations: [of(''), of('.'), of('4.5')] })
    expect(valuesOf(await decode(fredMacro, api, { key: 'UNRATE' }), 'macro_releases')).toMatchObject([{ value: 4.5 }])
  })
})

describe('two of one name', () => {
  const consensusOf = (...descriptions: (string | null)[]) =>
    JSON.stringify({
      data: {
        rows: descriptions.map((description, i) => ({
          gmt: '08:30',
          country: 'United States',
          eventName: 'CPI',
          consensus: `0.${i + 1}%`,
          previous: '0.2%',
          description,
        })),
      },
      status: { rCode: 200 },
    })
  const figures = async (...descriptions: (string | null)[]) =>
    valuesOf(await decode(nasdaqConsensus, consensusOf(...descriptions), { key: '2026-08-12' }), 'consensus').map(
      (each) => each.consensus,
    )

  it('a consensus for the year is not one for the month', async () => {
    expect(await figures('y/y', 'm/m')).toEqual([0.2])
    expect(await figures('CPI, MoM, seasonally adjusted', 'CPI, YoY')).toEqual([0.1])
    expect(await figures(null)).toEqual([0.1])
  })

  it('twins that nothing tells apart both come, and contradict each other when they land', async () => {
    expect(await figures(null, null)).toEqual([0.1, 0.2])
  })

  it('a header that names a column twice, in any case, is refused', async () => {
    const text = 'DATE,OPEN,HIGH,LOW,CLOSE,Close\n11/19/2025,20,25,19,22,24\n'
    await expect(decode(cboeVolatility, text, { key: 'VIX' })).rejects.toThrow(/the header names CLOSE twice/)
  })

  it('any index that Cboe publishes can be read: with open, high and low, or with closes only', async () => {
    const closes = await decode(cboeVolatility, 'DATE,COR1M\n11/20/2025,14.5\n', { key: 'COR1M' })
    expect(valuesOf(closes, 'volatility_indices')).toMatchObject([{ symbol: 'COR1M', open: null, close: 14.5 }])
    const bars = await decode(cboeVolatility, 'DATE,OPEN,HIGH,LOW,CLOSE\n11/20/2025,1,3,1,2\n', { key: 'VIX6M' })
    expect(valuesOf(bars, 'volatility_indices')).toMatchObject([{ symbol: 'VIX6M', high: 3, close: 2 }])
  })

  it('put/call ratios of any product that Cboe publishes can be read', async () => {
    for (const product of ['TOTAL', 'INDEX', 'EQUITY', 'ETP', 'VIX', 'SPX']) {
      const text = `,PRODUCT: ${product},,,\nDATE,CALL,PUT,TOTAL,P/C Ratio\n10/1/2019, 100, 70, 170, 0.70\n`
      const rows = await decode(cboePutCall, text, { key: product.toLowerCase() })
      expect(valuesOf(rows, 'put_call_ratios')).toMatchObject([{ product: product.toLowerCase(), call_volume: 100 }])
    }
  })

  it('an option of another root is refused', async () => {
    const option = { bid: 1, ask: 2, iv: 0.2, open_interest: 5, volume: 1 }
    const chain = (root: string) =>
      JSON.stringify({
        data: {
          current_price: 6000,
          last_trade_time: '2025-11-20T16:00:00',
          options: [{ ...option, option: `${root}251219C06000000` }],
        },
      })
    expect(await decode(cboeOptions, chain('SPXW'), { key: 'SPX' })).toHaveLength(1)
    await expect(decode(cboeOptions, chain('NDX'), { key: 'SPX' })).rejects.toThrow(
      /asked for SPX, the answer is about NDX/,
    )
  })
})

describe('Treasury auctions', () => {
  const auction = (others: Record<string, unknown>) =>
    JSON.stringify({
      data: [
        {
          cusip: 'X',
          security_type: 'Note',
          security_term: '10-Year',
          auction_date: '2026-09-10',
          announcemt_date: '2026-09-04',
          closing_time_comp: '01:00 PM',
          offering_amt: '1',
          high_yield: '2',
          bid_to_cover_ratio: '2',
          ...others,
        },
      ],
    })
  const typeOf = async (others: Record<string, unknown>) =>
    (await decode(treasuryAuctions, auction(others), { key: 'auctions' }))[0]?.values.security_type

  it.each([
    ['a flag says inflation-protected', { inflation_index_security: 'Yes' }, 'Inflation-Protected Note'],
    ['a flag says floating', { floating_rate: 'Yes', high_yield: 'null' }, 'Floating-Rate Note'],
    ['flags say nominal', { inflation_index_security: 'No', floating_rate: 'No', auction_date: '2026-09-24' }, 'Note'],
    [
      'without flags, a 30-year bond late in a month',
      { security_type: 'Bond', security_term: '29-Year 6-Month', auction_date: '2026-08-20' },
      'Inflation-Protected Bond',
    ],
    ['without flags, a 2-year note late in a month', { security_term: '2-Year', auction_date: '2026-09-24' }, 'Note'],
  ])('%s', async (_, others, type) => {
    expect(await typeOf(others)).toBe(type)
  })

  it('asks for the flags and the figures in which bids are made', () => {
    const context = { universe: {} as never, hasSecret: false }
    const [request] = treasuryAuctions.request({ from: '2026-09-01', to: '2026-09-10' }, context)
    expect(request?.url).toMatch(/inflation_index_security,floating_rate,high_discnt_margin,high_discnt_rate/)
  })
})

describeShared('the cases of the shared folder', () => {
  const text = (...parts: string[]) => sharedText('cases', ...parts)

  it('fred-blank: two rows', async () => {
    const rows = await decode(fredMacro, text('fred-blank', 'UNRATE.csv'), {
      key: 'UNRATE',
      fetchedAt: '2026-01-03T12:00:00Z',
    })
    expect(valuesOf(rows, 'macro_releases').map(({ value }) => value)).toEqual([4.4, 4.6])
  })

  it('nasdaq-earnings-na: the count that is not available is NULL', async () => {
    const rows = await decode(nasdaqEarnings, text('nasdaq-earnings-na', '2024-07-02.json'), { key: '2024-07-02' })
    const counts = valuesOf(rows, 'earnings_calendar').map(({ symbol, estimate_count }) => [symbol, estimate_count])
    expect(counts).toEqual([['NVDA', null]])
  })

  it('nasdaq-consensus: an empty day, and of twins the one of the month', async () => {
    const of = (folder: string, key: string) => decode(nasdaqConsensus, text(folder, `${key}.json`), { key })
    expect(await of('nasdaq-consensus-empty', '2024-07-05')).toEqual([])
    const [found, ...others] = valuesOf(await of('nasdaq-consensus-twins', '2026-08-12'), 'consensus')
    expect(found).toMatchObject({ release: 'consumer_prices', consensus: 0.3, prior: 0.2 })
    expect(others).toEqual([])
  })

  it('cboe-totalpc: three rows, padded figures and all', async () => {
    const rows = valuesOf(
      await decode(cboePutCall, text('cboe-totalpc', 'totalpc.csv'), { key: 'total' }),
      'put_call_ratios',
    )
    expect(rows).toHaveLength(3)
    expect(rows[2]).toMatchObject({
      product: 'total',
      session: '2019-10-04',
      put_call_ratio: 1.05,
      call_volume: 2175006,
      put_volume: 2289715,
    })
  })

  it('bea-two-months: one release of two months', async () => {
    const rows = valuesOf(
      await decode(beaCalendar, text('bea-two-months', 'bea.ics'), { key: 'bea' }),
      'release_calendar',
    )
    expect(
      rows.map(({ announcement_id, release, reference_period }) => [announcement_id, release, reference_period]),
    ).toEqual([
      ['a', expect.stringMatching(/^GDP/), null],
      ['b', 'personal_consumption_prices', '2025-11-01'],
      ['c', 'personal_consumption_prices', '2025-12-01'],
    ])
  })

  it('treasury-tips: real and floating yields are told from nominal ones', async () => {
    const rows = await decode(treasuryAuctions, text('treasury-tips', 'auctions.json'), { key: 'auctions' })
    expect(valuesOf(rows, 'treasury_auctions').map(({ security_type }) => security_type)).toEqual([
      'Note',
      'Inflation-Protected Note',
      'Floating-Rate Note',
    ])
  })
})
