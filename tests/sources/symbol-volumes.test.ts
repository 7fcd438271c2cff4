/** The sources of the measured ETF share: volume of every symbol, and the directory with its ETF flags. */
import { describe, expect, it } from 'vitest'
import { finraOffExchangeVolume } from '../../sources/finra_off_exchange_volume.ts'
import { massiveGroupedBars } from '../../sources/massive_grouped_bars.ts'
import { nasdaqSymbolDirectory } from '../../sources/nasdaq_symbol_directory.ts'
import type { Source } from '../../sources/source.ts'
import { sampleUniverse } from '../support/lake.ts'
import { describeShared, sharedBytes } from '../support/shared.ts'
import { decode, valuesOf } from '../support/sources.ts'
import { groupedBars, nasdaqListed, offExchange, otherListed } from '../support/symbol-volumes.ts'

const session = '2025-11-20'
const asked = (source: Source, symbolVolumes = true) =>
  source.request(
    { from: '2025-11-19', to: session },
    { universe: { ...sampleUniverse, symbolVolumes }, hasSecret: true },
  )

describe('the sources of the measured ETF share', () => {
  it('ask for nothing unless the universe wants it', () => {
    for (const source of [massiveGroupedBars, finraOffExchangeVolume, nasdaqSymbolDirectory])
      expect(asked(source, false)).toEqual([])
  })

  it('ask one address per session or file', () => {
    expect(
      asked(massiveGroupedBars).map(({ url, alternatives, secret }) => [url, alternatives, secret?.header]),
    ).toEqual(
      ['2025-11-19', session].map((day) => [
        `https://api.massive.com/v2/aggs/grouped/locale/us/market/stocks/${day}?adjusted=false&include_otc=false`,
        [`https://api.polygon.io/v2/aggs/grouped/locale/us/market/stocks/${day}?adjusted=false&include_otc=false`],
        'authorization',
      ]),
    )
    expect(asked(finraOffExchangeVolume).map(({ key, url }) => [key, url])).toEqual([
      ['2025-11-19', 'https://cdn.finra.org/equity/regsho/daily/CNMSshvol20251119.txt'],
      [session, 'https://cdn.finra.org/equity/regsho/daily/CNMSshvol20251120.txt'],
    ])
    expect(asked(nasdaqSymbolDirectory).map(({ url }) => url)).toEqual([
      'https://www.nasdaqtrader.com/dynamic/SymDir/nasdaqlisted.txt',
      'https://www.nasdaqtrader.com/dynamic/SymDir/otherlisted.txt',
    ])
  })
})

describe('massive_grouped_bars', () => {
  const decodeOf = (text: string) => decode(massiveGroupedBars, text, { key: session })

  it('dollars are shares times the average price, and fractional shares are kept', async () => {
    const text = groupedBars(session, [{ symbol: 'SPY', shares: 1000.5, price: 600 }])
    expect(valuesOf(await decodeOf(text), 'symbol_volume')).toEqual([
      { session, venue: 'consolidated', symbol: 'SPY', shares: 1000.5, notional: 600_300 },
    ])
  })

  it('a symbol without an average price has no dollars, and a day without results has no rows', async () => {
    const both = groupedBars(session, [
      { symbol: 'SPY', shares: 10, price: 2 },
      { symbol: 'NEW', shares: 10, price: 3 },
    ])
    const text = both.replace('"vw":3,', '')
    expect(valuesOf(await decodeOf(text), 'symbol_volume')).toMatchObject([{ notional: 20 }, { notional: null }])
    await expect(decodeOf(text.replace('"vw":2,', ''))).rejects.toThrow('no result has the key vw')
    expect(await decodeOf('{"status":"OK","queryCount":0,"resultsCount":0,"adjusted":false}')).toEqual([])
  })

  it.each([
    [
      'of another day',
      groupedBars('2025-11-19', [{ symbol: 'SPY', shares: 1 }]),
      'asked for 2025-11-20, the answer is',
    ],
    [
      'that lacks results',
      groupedBars(session, []).replace('"resultsCount":0', '"resultsCount":2'),
      '2 results are ann',
    ],
    [
      'without permission',
      '{"status":"NOT_AUTHORIZED","message":"Upgrade"}',
      'massive_grouped_bars 2025-11-20: status',
    ],
  ])('an answer %s is refused', async (_, text, reason) => {
    await expect(decodeOf(text)).rejects.toThrow(reason)
  })
})

describe('finra_off_exchange_volume', () => {
  const text = offExchange(session, [
    { symbol: 'SPY', shares: 1000.25 },
    { symbol: 'BRK/B', shares: 50 },
  ])

  it('gives shares by symbol, a class as the tape writes it', async () => {
    const rows = valuesOf(await decode(finraOffExchangeVolume, text, { key: session }), 'symbol_volume')
    expect(rows).toEqual([
      { session, venue: 'off_exchange', symbol: 'SPY', shares: 1000.25, notional: null },
      { session, venue: 'off_exchange', symbol: 'BRK.B', shares: 50, notional: null },
    ])
  })

  it('reads the file of a single facility under its own name', async () => {
    const key = 'FNYXshvol20251120'
    const rows = valuesOf(await decode(finraOffExchangeVolume, text, { key }), 'symbol_volume')
    expect(rows.map(({ venue }) => venue)).toEqual(['fnyx', 'fnyx'])
  })

  const url = 'https://cdn.finra.org/equity/regsho/daily/CNMSshvol20251120.txt'
  it.each([
    ['with fewer rows than it counts', text.replace(/2025.*BRK.*\r\n/, ''), session, 'counts 2 rows, and there are 1'],
    ['that is cut off after a row', text.replace('\r\n2\r\n', '\r\n'), session, 'does not count the rows'],
    ['of another day', text, '2025-11-19', 'asked for 2025-11-19, the answer is about 2025-11-20'],
    ['of an unknown product', text, 'prices', 'neither a session nor a file such as CNMSshvol20251120'],
  ])('a file %s is refused', async (_, body, key, reason) => {
    await expect(decode(finraOffExchangeVolume, body, { key, url })).rejects.toThrow(reason)
  })
})

describe('nasdaq_symbol_directory', () => {
  const made = '1119202521:30'

  it('reads both files, published when they were made', async () => {
    const nasdaq = await decode(nasdaqSymbolDirectory, nasdaqListed({ QQQ: 'Y', AAPL: 'N', NEW: '' }, made))
    expect(nasdaq.map(({ values, publishedAt }) => [values.symbol, values.is_etf, publishedAt])).toEqual([
      ['QQQ', true, '2025-11-20T02:30:00.000Z'],
      ['AAPL', false, '2025-11-20T02:30:00.000Z'],
      ['NEW', null, '2025-11-20T02:30:00.000Z'],
    ])
    const other = valuesOf(await decode(nasdaqSymbolDirectory, otherListed(made)), 'symbol_directory')
    expect(
      other.map(({ symbol, exchange, is_etf, is_test_issue }) => [symbol, exchange, is_etf, is_test_issue]),
    ).toEqual([
      ['SPY', 'P', true, false],
      ['BRK.B', 'N', false, false],
      ['BACpE', 'N', false, false],
      ['ZTST', 'N', false, true],
    ])
  })

  it('a file is not known before it was fetched', async () => {
    const fetchedAt = '2025-11-20T01:00:00Z'
    const [row] = await decode(nasdaqSymbolDirectory, nasdaqListed({ QQQ: 'Y' }, made), { fetchedAt })
    expect(row?.publishedAt).toBe('2025-11-20T01:00:00.000Z')
  })

  it.each([
    [
      'without its last line',
      nasdaqListed({ QQQ: 'Y' }, made).replace(/File.*\r\n/, ''),
      'does not give the File Creation',
    ],
    ['with an unknown flag', nasdaqListed({ QQQ: 'X' as never }, made), 'symbol_directory.is_etf row 1 (QQQ)'],
    ['with another header', nasdaqListed({ QQQ: 'Y' }, made).replace('|ETF|', '|Fund|'), 'no column ETF'],
  ])('a file %s is refused', async (_, text, reason) => {
    await expect(decode(nasdaqSymbolDirectory, text, { key: 'nasdaqlisted' })).rejects.toThrow(reason)
  })
})

describeShared('payloads of the shared folder', () => {
  it("massive_grouped_bars: the provider's own example", async () => {
    const rows = await decode(massiveGroupedBars, sharedBytes('data/bars/polygon/grouped.json'), { key: '2020-10-14' })
    expect(valuesOf(rows, 'symbol_volume')).toEqual([
      { session: '2020-10-14', venue: 'consolidated', symbol: 'GIK', shares: 895345, notional: 895345 * 9.9979 },
    ])
  })

  it('finra_off_exchange_volume: 799 rows of one facility from 2019 to 2021, with the older header', async () => {
    const rows = await decode(finraOffExchangeVolume, sharedBytes('data/finra/FNSQ_gme_etfs_sample.txt'), {
      key: 'FNSQ',
    })
    expect(rows).toHaveLength(799)
    expect(rows[0]?.values).toEqual({
      session: '2019-09-26',
      venue: 'fnsq',
      symbol: 'AVUS',
      shares: 257,
      notional: null,
    })
  })
})
