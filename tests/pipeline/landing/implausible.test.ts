import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { unzipSync, zipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { sessionOffset } from '../../../calendar/sessions.ts'
import { check } from '../../../pipeline/check/check.ts'
import { keep } from '../../../pipeline/ingest/bronze.ts'
import { importFiles, ingestPayload } from '../../../pipeline/ingest/import-files.ts'
import { rebuild } from '../../../pipeline/ingest/rebuild.ts'
import { sourceDecoder } from '../../../pipeline/landing/decoder.ts'
import { landNew } from '../../../pipeline/landing/land.ts'
import { volatilityIndices } from '../../../schemas/tables/volatility_indices.ts'
import { sourceNamed } from '../../../sources/index.ts'
import { decoded, defineSource, type Source } from '../../../sources/source.ts'
import { payloadSeeds } from '../../fuzz/payload-seeds.ts'
import { nasdaqJson, vixCsv } from '../../support/answers.ts'
import { openTestLake, type TestLake, writeInput } from '../../support/lake.ts'

const rows = async (test: TestLake, sql: string) => {
  await test.lake.refresh()
  return test.lake.engine.rows(sql)
}

const take = (test: TestLake, source: string, path: string, key: string, at?: string) =>
  ingestPayload(test.lake, sourceNamed(source), path, { key, ...(at ? { fetchedAt: new Date(at) } : {}) })

const takeText = (test: TestLake, source: string, body: string | Uint8Array, key: string, at?: string) =>
  take(test, source, writeInput('payload', body), key, at)

const evening = '2025-11-20T23:00:00Z'

describe('a source that never answers for one payload', () => {
  const bad = 'BAD'
  const sourceThat = (rowsOfBad: () => never | Promise<never>): Source =>
    defineSource({
      name: 'cboe_volatility',
      doc: 'A test.',
      homepage: 'https://example.com',
      licence: 'None.',
      tables: [volatilityIndices],
      proof: { on: 'nothing', since: '2026-11-26' },
      hosts: [],
      rate: { requests: 1, seconds: 1 },
      extension: 'csv',
      decodeSeconds: 0.2,
      request: () => [],
      rows: (payload) =>
        payload.key === bad
          ? rowsOfBad()
          : [
              decoded(volatilityIndices, 1, {
                symbol: 'VIX',
                session: '2025-11-20',
                open: null,
                high: null,
                low: null,
                close: 26.42,
              }),
            ],
    })

  it.each<[string, () => never | Promise<never>, RegExp]>([
    ['a promise that never settles', () => new Promise<never>(() => {}), /decoding was given up after 0.2 seconds/],
    [
      'a loop without an end',
      () => {
        for (;;);
      },
      /decoding was given up after 0.2 seconds/,
    ],
    [
      'a bug',
      () => {
        throw new TypeError('x is undefined')
      },
      /cboe_volatility BAD: it cannot be landed, TypeError: x is undefined \(bronze\/cboe_volatility/,
    ],
    ['a rejected promise', () => Promise.reject(new Error('odd')), /cboe_volatility BAD: it cannot be landed, odd/],
  ])('%s is a refusal of that payload only', async (_, rowsOfBad, reason) => {
    const test = await openTestLake()
    for (const key of [bad, 'GOOD']) {
      const arrival = {
        source: 'cboe_volatility',
        key,
        fetched_at: evening,
        extension: 'csv',
        status: 200,
        headers: {},
      }
      await keep(test.lake.platform.store, arrival, Buffer.from(key))
    }
    const report = await landNew(test.lake, sourceDecoder(sourceThat(rowsOfBad)))
    expect(report).toMatchObject({ payloadCount: 2, rowCount: 1, refusals: [expect.stringMatching(reason)] })
    expect(await rows(test, 'select request_key, status from payloads order by request_key')).toEqual([
      { request_key: 'BAD', status: 'refused' },
      { request_key: 'GOOD', status: 'landed' },
    ])
    // It is in the ledger, so the next landing has nothing to do; a later decoder gets another chance by a rebuild.
    expect(await landNew(test.lake, sourceDecoder(sourceThat(rowsOfBad)))).toMatchObject({ payloadCount: 0 })
  })
})

describe('a value that a column cannot hold', () => {
  const yahoo = (symbol: string, stamps: readonly number[], volumes: readonly unknown[]) =>
    JSON.stringify({
      chart: {
        error: null,
        result: [
          {
            meta: { symbol },
            timestamp: stamps,
            indicators: {
              quote: [
                {
                  open: stamps.map(() => 6000),
                  high: stamps.map(() => 6050),
                  low: stamps.map(() => 5990),
                  close: stamps.map(() => 6040),
                  volume: volumes,
                },
              ],
            },
          },
        ],
      },
    })
  const [wednesday, thursday] = [1763562600, 1763649000]

  it.each([
    ['a fraction of a share', 4000000000.5, /volume: expected a whole number up to 2\^53 - 1, got 4000000000.5/],
    ['more than 2^53 shares', 2 ** 53, /volume: expected a whole number up to 2\^53 - 1/],
  ])('%s sets the row aside by name, and nothing after it is stopped', async (_, volume, reason) => {
    const test = await openTestLake()
    const body = yahoo('^GSPC', [wednesday, thursday], [1, volume])
    expect(await takeText(test, 'yahoo_bars', body, 'GSPC', evening)).toMatchObject({
      status: 'rejections',
      rowCount: 1,
      rejectedCount: 1,
    })
    expect(await rows(test, 'select row_number, reason from rejected_rows')).toEqual([
      { row_number: 2, reason: expect.stringMatching(reason) },
    ])
    const good = yahoo('^GSPC', [thursday], [7])
    expect(await takeText(test, 'yahoo_bars', good, 'GSPC', '2025-11-21T23:00:00Z')).toMatchObject({ status: 'ok' })
    expect(await rebuild(test.lake, ['yahoo_bars'])).toMatchObject([{ status: 'rejections', rowCount: 2 }])
  })

  it('a split by zero is set aside, not stored as infinity', async () => {
    const test = await openTestLake()
    const answer = JSON.parse(yahoo('^GSPC', [wednesday], [1]))
    answer.chart.result[0].events = { splits: { x: { date: wednesday, numerator: 2, denominator: 0 } } }
    await takeText(test, 'yahoo_bars', JSON.stringify(answer), 'GSPC', evening)
    expect(await rows(test, 'select table_name, reason from rejected_rows')).toEqual([
      { table_name: 'corporate_actions', reason: 'split_factor: expected a finite number, got Infinity' },
    ])
  })

  it.each(['1e19', '1e308', '9e-31', '5e-324'])('a figure of the size %s is rejected by name', async (high) => {
    const test = await openTestLake()
    const row = (session: string, value: string) => `${session},all,tape_a,0,${value},\n`
    const body = `session,venue,segment,shares,notional,trade_count\n${row('2025-11-17', high)}${row('2025-11-18', '0')}`
    const file = writeInput('volume.csv', body)
    expect(await importFiles(test.lake, 'market_volume', [file], {})).toMatchObject({ error: null, rejectedCount: 1 })
    expect(await rows(test, 'select notional from market_volume')).toEqual([{ notional: 0 }])
    expect(await rows(test, 'select reason from rejected_rows')).toEqual([
      { reason: expect.stringMatching(/^notional \S+ is outside the sizes that a figure can have, 1e-30 to 1e\+18$/) },
    ])
  })

  it('a number beyond the doubles is rejected by name', async () => {
    const test = await openTestLake()
    const body = 'DATE,OPEN,HIGH,LOW,CLOSE\n11/17/2025,20,1e999,19,22\n11/18/2025,20,25,19,22\n'
    await takeText(test, 'cboe_volatility', body, 'VIX', evening)
    expect(await rows(test, 'select session from volatility_indices')).toEqual([{ session: '2025-11-18' }])
    expect(await rows(test, 'select reason from rejected_rows')).toEqual([
      { reason: 'high: expected a finite number, got Infinity' },
    ])
  })

  it('a text with a NUL is rejected by name', async () => {
    const test = await openTestLake()
    const bars = JSON.parse(nasdaqJson('SPY', [{ session: '2025-11-20', close: 1 }]))
    bars.data.symbol = 'S\0Y'
    await takeText(test, 'nasdaq_bars', JSON.stringify(bars), 'S\0Y', evening)
    expect(await rows(test, 'select reason from rejected_rows')).toEqual([
      { reason: 'symbol: expected text without NUL, got "S\\u0000Y"' },
    ])
  })
})

describe('rows that must not vanish', () => {
  it('a date outside the calendar and a weekend are rejected rows, a holiday stays in bronze', async () => {
    const test = await openTestLake()
    const body =
      'DATE,OPEN,HIGH,LOW,CLOSE\n11/19/0001,20,25,19,22\n11/22/2025,20,25,19,22\n11/27/2025,20,25,19,22\n11/26/2025,20,25,19,22\n'
    expect(await takeText(test, 'cboe_volatility', body, 'VIX', '2025-11-29T00:00:00Z')).toMatchObject({
      rowCount: 1,
      rejectedCount: 2,
    })
    expect(await rows(test, 'select row_number, reason from rejected_rows order by row_number')).toEqual([
      { row_number: 1, reason: 'session 0001-11-19 is outside the calendar, 1957-01-01 to 2027-12-31' },
      { row_number: 2, reason: 'session 2025-11-22 is no XNYS session: weekend' },
    ])
  })

  it('a period that has not begun and a period of another century are rejected rows', async () => {
    const test = await openTestLake()
    const body = 'observation_date,UNRATE_20260103\n0202-09-01,4.4\n2026-11-01,4.5\n2025-11-01,4.6\n'
    expect(await takeText(test, 'fred_macro', body, 'UNRATE', '2026-01-03T12:00:00Z')).toMatchObject({ rowCount: 1 })
    expect(await rows(test, 'select reason from rejected_rows order by row_number')).toEqual([
      { reason: 'reference_period 0202-09-01 is outside 1900-01-01 to 2099-12-31' },
      { reason: expect.stringMatching(/^reference_period must not begin after the row was fetched: .*2026-11-01/) },
    ])
  })
})

describe('an answer about something else', () => {
  it.each([
    [
      'nasdaq_bars',
      nasdaqJson('QQQ', [{ session: '2025-11-20', close: 1 }]),
      'SPY',
      /asked for SPY, the answer is about QQQ/,
    ],
    [
      'cboe_market_volume',
      'Day,Market Participant,Tape A Shares,Tape B Shares,Tape C Shares,Total Shares,Tape A Notional,Tape B Notional,Tape C Notional,Total Notional,Tape A Trade Count,Tape B Trade Count,Tape C Trade Count,Total Trade Count\n2024-11-20,X,1,1,1,3,1,1,1,3,1,1,1,3\n',
      '2025',
      /asked for 2025, the answer is about 2024/,
    ],
    [
      'sec_facts',
      '{"cik":1,"facts":{"us-gaap":{}}}',
      '0001045810',
      /asked for 0001045810, the answer is about 0000000001/,
    ],
  ])('%s is refused', async (source, body, key, reason) => {
    const test = await openTestLake()
    expect(await takeText(test, source, body, key, evening)).toMatchObject({
      status: 'failed',
      error: expect.stringMatching(reason),
    })
  })

  it('lands as what it says it is where nobody said what was asked for', async () => {
    const test = await openTestLake()
    const file = writeInput('anything.json', nasdaqJson('QQQ', [{ session: '2025-11-20', close: 1 }]))
    await ingestPayload(test.lake, sourceNamed('nasdaq_bars'), file, { fetchedAt: new Date(evening) })
    expect(await rows(test, 'select symbol from daily_bars')).toEqual([{ symbol: 'QQQ' }])
  })
})

describe('a last line without its end', () => {
  it('refuses the file of a source', async () => {
    const test = await openTestLake()
    const body = 'observation_date,PAYEMS_20260103\n2025-09-01,158638\n2025-10-01,158'
    expect(await takeText(test, 'fred_macro', body, 'PAYEMS', '2026-01-03T12:00:00Z')).toMatchObject({
      status: 'failed',
      rowCount: 0,
      error: expect.stringMatching(/PAYEMS: the last line has no line end, so the file may be cut off/),
    })
  })

  it.each(['2025-11-18,11,12,9,11,', '2025-11-18,11,12,9,11,10', '2025-11-18,11,12,9,11,1_0'])(
    'refuses an import that ends in %s',
    async (last) => {
      const test = await openTestLake()
      const text = `session,open,high,low,close,volume\n2025-11-17,10,12,9,11,100\n${last}`
      const input = writeInput('cut.csv', text)
      expect(await importFiles(test.lake, 'daily_bars', [input], { symbol: 'CUT' })).toMatchObject({
        status: 'failed',
        rowCount: 0,
        error: expect.stringMatching(
          /^ContractError: daily_bars(: cut.csv: the last line has no line end|.volume row 2)/,
        ),
      })
    },
  )
})

describe('slips and doubts', () => {
  let lake: Promise<TestLake> | undefined
  const bars = (symbol: string, closes: readonly number[]) =>
    nasdaqJson(
      symbol,
      closes.map((close, i) => ({
        session: `2025-11-${String(3 + i + 2 * Math.floor(i / 5)).padStart(2, '0')}`,
        close,
      })),
    )
  const landed = async (symbol: string, closes: readonly number[]) => {
    lake ??= openTestLake()
    const test = await lake
    await takeText(test, 'nasdaq_bars', bars(symbol, closes), symbol, evening)
    const found = await rows(test, `select close from daily_bars where symbol = '${symbol}' order by session`)
    return found.map(({ close }) => close)
  }

  it.each([
    ['a slip of two places that goes back is rejected', [100, 101, 10200, 103, 104], [100, 101, 103, 104]],
    ['a slip downwards that goes back is rejected', [100, 101, 1.02, 103, 104], [100, 101, 103, 104]],
    ['a crash at the end of a payload lands', [130, 126, 118, 99, 7.35], [130, 126, 118, 99, 7.35]],
    ['a new level lands', [2447, 2451, 2449, 122, 123, 124], [2447, 2451, 2449, 122, 123, 124]],
    ['a slip of two places at the end is rejected', [100, 101, 102, 10300], [100, 101, 102]],
    ['a fall to a hundredth at the end lands', [100, 101, 102, 1.03], [100, 101, 102, 1.03]],
    ['a fall to a hundredth after the first row lands', [101, 1.02, 1.03, 1.04], [101, 1.02, 1.03, 1.04]],
    ['a slip of two places at the beginning is rejected', [1.01, 101, 102, 103], [101, 102, 103]],
  ])('%s', async (what, closes, expected) => {
    expect(await landed(what.replaceAll(' ', '_'), closes)).toEqual(expected)
  })

  it('a row known before its session opened is rejected; a split announced ahead is not', async () => {
    const test = await openTestLake()
    const header = 'session,metric,value,known_at\n'
    const depth = writeInput('d.csv', `${header}2025-11-20,spread_bps,1,2025-11-19T17:00:00-05:00\n`)
    await importFiles(test.lake, 'market_depth', [depth], { source: 'desk' })
    expect(await rows(test, 'select reason from rejected_rows')).toEqual([
      { reason: 'known_at 2025-11-19T22:00:00Z is before session 2025-11-20 opened' },
    ])
    const split = writeInput(
      's.csv',
      'symbol,session,action,split_factor,dividend,known_at\nX,2025-11-20,split,2,,2025-11-01T09:00:00-05:00\n',
    )
    expect(await importFiles(test.lake, 'corporate_actions', [split], { source: 'desk' })).toMatchObject({
      status: 'ok',
    })
  })
})

describe('what an import says of a row', () => {
  const depth = (known: string) =>
    writeInput('d.csv', `session,metric,value,known_at\n2025-11-19,spread_bps,1,\n2025-11-20,spread_bps,1,${known}\n`)

  it.each([
    ['0001-01-01T00:00:00Z', 'known_at 0001-01-01 00:00:00 is outside 1900-01-01 to 2099-12-31'],
    ['2099-01-01T00:00:00Z', 'known_at 2099-01-01T00:00:00Z is after the row was imported, 2026-11-23T15:00:00Z'],
  ])('known_at %s sets that row aside, and the others land', async (known, reason) => {
    const test = await openTestLake()
    expect(await importFiles(test.lake, 'market_depth', [depth(known)], { source: 'desk' })).toMatchObject({
      status: 'rejections',
      rowCount: 1,
    })
    expect(await rows(test, 'select reason from rejected_rows')).toEqual([{ reason }])
  })

  it.each(['2025-11-20T21:00:00-05', '2025-11-20 21:00:00-05:00', '2025-11-21T02:00:00+00'])(
    'known_at %s has an offset',
    async (known) => {
      const test = await openTestLake()
      expect(await importFiles(test.lake, 'market_depth', [depth(known)], { source: 'desk' })).toMatchObject({
        status: 'ok',
      })
      expect(await rows(test, `select known_at from market_depth where session = date '2025-11-20'`)).toEqual([
        { known_at: '2025-11-21T02:00:00.000Z' },
      ])
    },
  )

  it('of a dividend below zero sets it aside', async () => {
    const test = await openTestLake()
    const file = writeInput('a.csv', 'symbol,session,action,split_factor,dividend\nX,2025-11-20,dividend,,-1\n')
    await importFiles(test.lake, 'corporate_actions', [file], { source: 'desk' })
    expect(await rows(test, 'select reason from rejected_rows')).toEqual([
      { reason: 'dividend must be above zero: dividend -1.0' },
    ])
  })

  it('with marks around a text that are not seen is the text without them', async () => {
    const test = await openTestLake()
    const file = writeInput(
      'b.csv',
      'symbol,session,open,high,low,close,volume\n\ufeffA\u00a0,2025-11-20,1,3,1,\u200b2,5\n',
    )
    await importFiles(test.lake, 'daily_bars', [file], { source: 'desk' })
    expect(await rows(test, 'select symbol, close from daily_bars')).toEqual([{ symbol: 'A', close: 2 }])
  })
})

describe('a Parquet file', () => {
  const bars = async (select: string) => {
    const test = await openTestLake()
    const file = writeInput('bars.parquet', '')
    await test.lake.engine.run(
      `copy (select date '2025-11-20' as session, 1.5 as open, 3.0 as high, 1.0 as low, 2.0 as close, 7 as volume, ${select}) to '${file}' (format parquet)`,
    )
    return { test, outcome: await importFiles(test.lake, 'daily_bars', [file], { source: 'desk' }) }
  }

  it.each([
    ["{'a': 'X'} as symbol", 'STRUCT\\("a" VARCHAR\\) in its column symbol'],
    ["['X'] as symbol", 'VARCHAR\\[\\] in its column symbol'],
    ["map {'a': 'X'} as symbol", 'MAP\\(VARCHAR, VARCHAR\\) in its column symbol'],
  ])('with a nested column is refused: %s', async (select, type) => {
    const { outcome } = await bars(select)
    expect(outcome).toMatchObject({
      status: 'failed',
      error: expect.stringMatching(
        new RegExp(
          `^ContractError: daily_bars: bars.parquet has values of the type ${type}; expected plain values \\(bronze/`,
        ),
      ),
    })
  })

  it('may have other nested columns, text that is not marked as text, and instants with a zone', async () => {
    const { test, outcome } = await bars(
      `encode('É') as symbol, ['x'] as notes, timestamptz '2025-11-20 22:00:00-05' as known_at`,
    )
    expect(outcome).toMatchObject({ status: 'ok' })
    expect(await rows(test, 'select symbol, known_at from daily_bars')).toEqual([
      { symbol: 'É', known_at: '2025-11-21T03:00:00.000Z' },
    ])
  })

  it('whose unmarked text is not UTF-8 is refused', async () => {
    const { outcome } = await bars(`'\\xFF\\x00'::blob as symbol`)
    expect(outcome).toMatchObject({
      status: 'failed',
      error: expect.stringMatching(/^ContractError: daily_bars.*\(bronze\//),
    })
  })
})

describe('an answer with far fewer rows than the last one', () => {
  it('lands, with a finding', async () => {
    const test = await openTestLake({ at: '2025-11-22T01:00:00Z' })
    const history = Array.from({ length: 20 }, (_, i) => sessionOffset('2025-11-20', -i)!.session).reverse()
    const answer = (sessions: readonly string[]) => vixCsv(sessions.map((session) => [session, 20]))
    await takeText(test, 'cboe_volatility', answer(history), 'VIX', evening)
    const findings = async () => {
      await check(test.lake, '2025-11-20')
      return rows(test, `select subject, finding_count, detail from checks where rule = 'fewer_rows'`)
    }
    expect(await findings()).toEqual([])
    expect(
      await takeText(test, 'cboe_volatility', answer(history.slice(0, 4)), 'VIX', '2025-11-22T00:00:00Z'),
    ).toMatchObject({
      status: 'ok',
    })
    expect(await findings()).toEqual([
      {
        subject: 'cboe_volatility VIX',
        finding_count: 16,
        detail: '4 rows at 2025-11-22T00:00:00Z, 20 in the answer before',
      },
    ])
  })
})

describe('size', () => {
  const tooMuch = ' '.repeat(33 * 1024 * 1024)

  it('a payload above the limit of its source is not taken, and one that inflates beyond it is refused', async () => {
    const test = await openTestLake()
    await expect(takeText(test, 'tiingo_bars', tooMuch, 'SPY')).rejects.toThrow(
      /payload has 34603008 bytes, more than the limit of 33554432/,
    )
    expect(await takeText(test, 'tiingo_bars', gzipSync(tooMuch), 'SPY')).toMatchObject({
      status: 'failed',
      error: expect.stringMatching(
        /^SourceChangedError: tiingo_bars SPY: larger than the limit of 33554432 bytes \(bronze/,
      ),
    })
  })

  it('leaves no scratch files, also after a refusal', async () => {
    const test = await openTestLake()
    const header = 'session,metric,value'
    for (const value of ['1', 'x', '2'])
      await importFiles(
        test.lake,
        'market_depth',
        [writeInput('d.csv', `${header}\n2025-11-20,spread_bps,${value}\n`)],
        {
          source: 'desk',
        },
      )
    await test.lake.close()
    expect(readdirSync(join(test.folder, '.tmp'))).toEqual([])
  })
})

describe('a workbook', () => {
  it.each([
    ['A6', 'ZZZZZZZ6', /a sheet of \d+ rows and 8353082582 columns/],
    ['A6', 'XFD1048576', /a sheet of 1048576 rows and 16384 columns/],
  ])('with a cell far away is refused before its places are made: %s is %s', async (from, to, reason) => {
    const test = await openTestLake()
    const parts = unzipSync((await payloadSeeds()).find(({ origin }) => origin === 'ssga_fund_shares')!.body)
    const name = Object.keys(parts).find((each) => /sheet1\.xml$/.test(each))!
    const xml = Buffer.from(parts[name]!).toString('utf8').replace(`r="${from}"`, `r="${to}"`)
    const body = zipSync({ ...parts, [name]: Buffer.from(xml) })
    expect(await takeText(test, 'ssga_fund_shares', body, 'SPY')).toMatchObject({
      status: 'failed',
      error: expect.stringMatching(reason),
    })
  })

  it('with a row that is not whole loses none of the rows after it', async () => {
    const test = await openTestLake()
    const seeds = await payloadSeeds()
    const takeWith = async (source: string, change: (xml: string) => string) => {
      const parts = unzipSync(seeds.find(({ origin }) => origin === source)!.body)
      const name = Object.keys(parts).find((each) => /sheet1\.xml$/.test(each))!
      const xml = Buffer.from(parts[name]!).toString('utf8')
      expect(change(xml)).not.toBe(xml)
      return takeText(test, source, zipSync({ ...parts, [name]: Buffer.from(change(xml)) }), 'SPY', evening)
    }
    const outcome = await takeWith('ssga_fund_holdings', (xml) => xml.replace(/(<c r="C7"[^>]*>).*?<\/c>/, '$1</c>'))
    expect(outcome).toMatchObject({ status: 'rejections', rejectedCount: 1 })
    expect(outcome.rowCount).toBeGreaterThan(1)
    expect(await rows(test, 'select reason from rejected_rows')).toEqual([{ reason: 'identifier is missing' }])
    expect(
      await takeWith('ssga_fund_shares', (xml) => xml.replace(/(<c r="A6"[^>]*>).*?<\/c>/, '$1</c>')),
    ).toMatchObject({
      status: 'failed',
      error: expect.stringMatching(/fund_shares.session row 2 .*expected a date as dd-MMM-yyyy, got ""/),
    })
  })

  it('that is a ZIP of something else, or has its end cut off, is refused', async () => {
    const test = await openTestLake()
    const zip = zipSync({ 'a.txt': Buffer.from('hello') })
    for (const body of [zip, zip.subarray(0, zip.length - 5), Buffer.concat([zip, Buffer.from('\n')])]) {
      expect(await takeText(test, 'ssga_fund_holdings', body, 'SPY')).toMatchObject({
        status: 'failed',
        error: expect.stringMatching(/^SourceChangedError: ssga_fund_holdings SPY: .*XLSX.*\(bronze\//),
      })
    }
  })
})
