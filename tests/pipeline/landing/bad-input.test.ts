/** Bad input loses nothing and stops nothing else: what breaks the shape lands nothing, a bad row is set aside by name. */
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { SourceUnavailableError } from '../../../core/errors.ts'
import { importFiles, ingestPayload } from '../../../pipeline/ingest/import-files.ts'
import { ingest } from '../../../pipeline/ingest/ingest.ts'
import { rebuild } from '../../../pipeline/ingest/rebuild.ts'
import { sourceNamed } from '../../../sources/index.ts'
import { nasdaqJson, vixCsv } from '../../support/answers.ts'
import { derivedHashes, openTestLake, type TestLake, writeInput } from '../../support/lake.ts'

const good = vixCsv([
  ['2025-11-18', 24.69],
  ['2025-11-19', 23.66],
  ['2025-11-20', 26.42],
])

const takeVix = (test: TestLake, body: string | Uint8Array, at = '2025-11-21T15:00:00Z') =>
  ingestPayload(test.lake, sourceNamed('cboe_volatility'), writeInput('VIX_History.csv', body), {
    key: 'VIX',
    fetchedAt: new Date(at),
  })

const rows = async (test: TestLake, sql: string) => {
  await test.lake.refresh()
  return test.lake.engine.rows(sql)
}

describe('a broken shape', () => {
  it.each([
    ['HTML instead of CSV', '<!DOCTYPE html><html>Access denied</html>', /expected CSV, got markup: "<!DOCTYPE html>/],
    ['an empty body', '', /empty body/],
    ['a body of blanks', ' \n \n', /empty body/],
    ['a truncated gzip', gzipSync(good).subarray(0, 40), /gzip cannot be read/],
    ['a renamed column', good.replace('CLOSE', 'LAST'), /no column CLOSE; the header is "date,open,high,low,last"/],
    ['a missing column', good.replace(/,[^,\n]*$/gm, ''), /no column CLOSE/],
    ['a cell too many', good.replace('24.69,24.69', '24.69,24.69,1'), /CSV cannot be read/],
    [
      'not a number',
      vixCsv([
        ['2025-11-19', 23.66],
        ['2025-11-20', 'NaN'],
      ]),
      /volatility_indices\.open row 2 \(VIX, 11\/20\/2025\): expected double, got "NaN" \(bronze\/cboe_volatility/,
    ],
    ['a locale decimal', vixCsv([['2025-11-20', '"26,42"']]), /expected double, got "26,42"/],
    [
      'a date in another order',
      good.replaceAll('11/20/2025', '2025-11-20'),
      /volatility_indices\.session row 3 .*expected a date as MM\/dd\/yyyy, got "2025-11-20"/,
    ],
    ['a header only', 'DATE,OPEN,HIGH,LOW,CLOSE\n', /no rows/],
  ])('%s lands nothing, keeps the bytes and says where', async (_, body, reason) => {
    const test = await openTestLake()
    await takeVix(test, good, '2025-11-20T23:00:00Z')
    const before = await rows(test, 'select * from volatility_indices order by session')
    const outcome = await takeVix(test, body)
    expect(outcome).toMatchObject({ status: 'failed', rowCount: 0, error: expect.stringMatching(reason) })
    expect(outcome.error).toMatch(/^(SourceChangedError|ContractError): .*\(bronze\/cboe_volatility\/2025-11-21\//s)
    expect(await rows(test, 'select * from volatility_indices order by session')).toEqual(before)
    expect(await rows(test, `select status, error from payloads where status = 'refused'`)).toEqual([
      { status: 'refused', error: outcome.error },
    ])
  })

  it.each([
    ['a byte-order mark', `﻿${good}`],
    ['other line ends', good.replaceAll('\n', '\r\n')],
    ['a gzip', gzipSync(good)],
    [
      'columns in another order',
      good
        .split('\n')
        .map((line) => line.split(',').reverse().join())
        .join('\n'),
    ],
    [
      'a column more',
      good
        .split('\n')
        .map((line, i) => (line ? `${line},${i ? 1 : 'EXTRA'}` : ''))
        .join('\n'),
    ],
  ])('%s changes nothing', async (_, body) => {
    const plain = await openTestLake()
    await takeVix(plain, good)
    const test = await openTestLake()
    expect(await takeVix(test, body)).toMatchObject({ status: 'ok', rowCount: 3 })
    const columns = 'select session, open, high, low, close, known_at from volatility_indices order by session'
    expect(await rows(test, columns)).toEqual(await rows(plain, columns))
  })
})

describe('a bad row', () => {
  const bars = [
    { session: '2025-11-13', close: 100 },
    { session: '2025-11-14', close: 101 },
    { session: '2025-11-17', close: 102 },
    { session: '2025-11-18', close: 103 },
    { session: '2025-11-19', close: 104 },
  ]
  const last = { session: '2025-11-20', close: 105 }

  it.each([
    [
      'a price a hundred times its neighbours',
      { ...last, close: 10500, open: 10500 },
      /close 10500.0 is 102.94 times the median of its neighbours, 102.0/,
    ],
    [
      'a close alone a hundred times',
      { ...last, close: 10500, open: 105, high: 10501, low: 100 },
      /high must be below ten times low: high 10501.0, low 100.0/,
    ],
    [
      'high below low',
      { ...last, high: 90, low: 110 },
      /high must not be below open or close: open 105.0, high 90.0, close 105.0/,
    ],
    ['a bar for a holiday', { ...last, session: '2025-11-27' }, /session 2025-11-27 is no XNYS session: Thanksgiving/],
    ['a bar for a Sunday', { ...last, session: '2025-11-23' }, /session 2025-11-23 is no XNYS session: weekend/],
    [
      'a session outside the calendar',
      { ...last, session: '1956-12-31' },
      /session 1956-12-31 is outside the calendar, 1957-01-01 to 2027-12-31/,
    ],
    [
      'a session that has not closed',
      { ...last, session: '2025-12-01' },
      /session 2025-12-01 had not closed at 2025-11-28T23:00:00Z/,
    ],
    ['a price of zero', { ...last, close: 0, open: 0, high: 0, low: 0 }, /low must be above zero: low 0.0/],
  ])('%s is set aside with its reason while the others land', async (_, bad, reason) => {
    const test = await openTestLake()
    const body = writeInput('nasdaq.json', nasdaqJson('SPY', [...bars, bad]))
    const outcome = await ingestPayload(test.lake, sourceNamed('nasdaq_bars'), body, {
      key: 'SPY',
      fetchedAt: new Date('2025-11-28T23:00:00Z'),
    })
    expect(outcome).toMatchObject({ status: 'rejections', rowCount: 5, rejectedCount: 1, error: null })
    const [rejected] = await rows(test, 'select table_name, row_number, reason, content from rejected_rows')
    expect(rejected).toMatchObject({ table_name: 'daily_bars', row_number: 1, reason: expect.stringMatching(reason) })
    expect(JSON.parse(String(rejected?.content))).toMatchObject({ symbol: 'SPY', session: bad.session })
    expect(await rows(test, 'select count(*) as n from daily_bars')).toEqual([{ n: 5 }])
  })

  it('an equal copy is set aside, contradicting rows all are', async () => {
    const test = await openTestLake()
    await takeVix(
      test,
      vixCsv([
        ['2025-11-18', 24.69],
        ['2025-11-19', 23.66],
        ['2025-11-19', 23.66],
        ['2025-11-20', 26.42],
        ['2025-11-20', 27],
      ]),
    )
    expect(await rows(test, 'select session from volatility_indices order by session')).toEqual([
      { session: '2025-11-18' },
      { session: '2025-11-19' },
    ])
    expect(await rows(test, 'select row_number, reason from rejected_rows order by row_number')).toEqual([
      { row_number: 3, reason: 'repeats row 2' },
      {
        row_number: 4,
        reason: 'contradicts another row of this payload about the same symbol, session, source (first: row 4)',
      },
      {
        row_number: 5,
        reason: 'contradicts another row of this payload about the same symbol, session, source (first: row 4)',
      },
    ])
  })

  it('a rebuild after the rule changed recovers it', async () => {
    const test = await openTestLake()
    const source = sourceNamed('nasdaq_bars')
    const body = writeInput('nasdaq.json', nasdaqJson('SPY', [...bars, { ...last, high: 90, low: 110 }]))
    await ingestPayload(test.lake, source, body, { key: 'SPY', fetchedAt: new Date('2025-11-28T23:00:00Z') })
    const table = source.tables[0] as { invariants: unknown }
    const { invariants } = table
    try {
      table.invariants = []
      await rebuild(test.lake, [])
    } finally {
      table.invariants = invariants
    }
    expect(await rows(test, 'select count(*) as n from daily_bars')).toEqual([{ n: 6 }])
    expect(await rows(test, 'select count(*) as n from rejected_rows')).toEqual([{ n: 0 }])
  })
})

describe('imports', () => {
  const header = 'session,open,high,low,close,volume'
  const land = async (text: string, set: Record<string, string> = { symbol: 'A' }) => {
    const test = await openTestLake()
    return { test, outcome: await importFiles(test.lake, 'daily_bars', [writeInput('bars.csv', text)], set) }
  }

  it.each([
    [
      'not a number',
      `${header}\n2025-11-19,1,1,1,1,1\n2025-11-20,1,1,1,N/A,1`,
      /daily_bars\.close row 2 \(A, 2025-11-20\): expected double, got "N\/A" \(bronze\/import/,
    ],
    ['NaN', `${header}\n2025-11-20,1,1,1,NaN,1`, /expected double, got "NaN"/],
    ['infinity', `${header}\n2025-11-20,1,inf,1,1,1`, /daily_bars\.high .* got "inf"/],
    ['a number with underscores', `${header}\n2025-11-20,1_0,10,1,10,1`, /got "1_0"/],
    [
      'a fraction of a share',
      `${header}\n2025-11-20,1,1,1,1,1.5`,
      /daily_bars\.volume row 1 .*expected a whole number, got "1.5"/,
    ],
    ['an American date', `${header}\n11/20/2025,1,1,1,1,1`, /expected a date as yyyy-mm-dd, got "11\/20\/2025"/],
    [
      'a missing column',
      'session,open,high,low\n2025-11-20,1,1,1',
      /no column close, volume; its header is "session,open,high,low"/,
    ],
    ['a renamed column', `${header.replace('volume', 'vol')}\n2025-11-20,1,1,1,1,1`, /no column volume; its header is/],
    ['HTML', '<html>', /expected CSV, got markup/],
    ['nothing', '', /empty body/],
    ['a header alone', header, /has a header and no rows/],
    ['a ragged row', `${header}\n2025-11-20,1,1,1,1`, /cannot be read/],
  ])('%s lands nothing and names the cell', async (_, text, reason) => {
    const { test, outcome } = await land(text)
    expect(outcome).toMatchObject({ status: 'failed', error: expect.stringMatching(reason) })
    expect(await rows(test, 'select count(*) as n from daily_bars')).toEqual([{ n: 0 }])
  })

  it('understands date for session, any case, a blank as NULL and a column more', async () => {
    const { test, outcome } = await land(
      'Date,Open,High,Low,Close,Volume,Adj Close\n2025-11-20,1,2,1,2,,9\n2025-11-21,,2,1,2,5,9\n',
      { symbol: 'A', source: 'desk' },
    )
    expect(outcome).toMatchObject({ status: 'rejections', rowCount: 1, rejectedCount: 1 })
    expect(await rows(test, 'select symbol, session, volume, source, known_basis from daily_bars')).toEqual([
      { symbol: 'A', session: '2025-11-20', volume: null, source: 'desk', known_basis: 'assumed' },
    ])
    expect(await rows(test, 'select reason from rejected_rows')).toEqual([{ reason: 'open is missing' }])
  })

  it('takes the instant at which a row became known from the file', async () => {
    const test = await openTestLake()
    const file = writeInput(
      'depth.csv',
      'date,metric,value,known_at\n2025-11-20,top_of_book_usd,5000000,2025-11-20T17:30:00-05:00\n',
    )
    await importFiles(test.lake, 'market_depth', [file], { source: 'desk' })
    expect(await rows(test, 'select instrument, value, known_at, known_basis from market_depth')).toEqual([
      { instrument: 'ES', value: 5_000_000, known_at: '2025-11-20T22:30:00.000Z', known_basis: 'published' },
    ])
  })

  it("takes an analyst's consensus as documented", async () => {
    const test = await openTestLake()
    const header = 'release,ref_period,scheduled_at,released_at,actual,consensus,source,known_at'
    const line =
      'nonfarm_payrolls,2025-09-01,2025-11-20T08:30:00-05:00,2025-11-20T08:30:00-05:00,119,50,desk,2025-11-19T18:00:00-05:00'
    await importFiles(test.lake, 'consensus', [writeInput('consensus.csv', `${header}\n${line}\n`)], {})
    expect(
      await rows(test, 'select release, scheduled_at, consensus, actual, prior, source, known_at from consensus'),
    ).toEqual([
      {
        release: 'nonfarm_payrolls',
        scheduled_at: '2025-11-20T13:30:00.000Z',
        consensus: 50,
        actual: 119,
        prior: null,
        source: 'desk',
        known_at: '2025-11-19T23:00:00.000Z',
      },
    ])
  })

  it('cannot pass for a source of the lake', async () => {
    await expect(land(`${header}\n2025-11-20,1,1,1,1,1`, { symbol: 'A', source: 'nasdaq_bars' })).rejects.toThrow(
      'nasdaq_bars is a live source',
    )
  })

  it('reads Parquet as it reads CSV', async () => {
    const { test } = await land(`${header}\n2025-11-20,1,2,1,2,5`)
    const file = writeInput('bars.parquet', '')
    await test.lake.engine.run(
      `copy (select 'B' as symbol, date '2025-11-20' as session, 1.5 as open, 2.0 as high, 1.0 as low, 2.0 as close, 7 as volume) to '${file}' (format parquet)`,
    )
    expect(await importFiles(test.lake, 'daily_bars', [file], {})).toMatchObject({ status: 'ok', rowCount: 1 })
    expect(await rows(test, `select session, open, volume from daily_bars where symbol = 'B'`)).toEqual([
      { session: '2025-11-20', open: 1.5, volume: 7 },
    ])
  })
})

describe('one source in trouble', () => {
  it('stops no other, and the lake says which it was', async () => {
    const test = await openTestLake({
      at: '2025-11-21T00:30:00Z',
      platform: {
        fetch: async ({ url }) => {
          if (url.includes('cdn.cboe.com')) return { status: 503, headers: {}, body: Buffer.from('') }
          if (url.includes('squeezemetrics')) return { status: 403, headers: {}, body: Buffer.from('Forbidden') }
          return {
            status: 200,
            headers: {},
            body: Buffer.from(nasdaqJson('SPY', [{ session: '2025-11-20', close: 652.53 }])),
          }
        },
      },
    })
    const lake = {
      ...test.lake,
      universe: { ...test.lake.universe, etfs: ['SPY'], stocks: [], volatilityIndices: ['VIX'] },
    }
    const outcomes = await ingest(
      lake,
      ['cboe_volatility', 'nasdaq_bars', 'squeezemetrics_gamma'].map(sourceNamed),
      () => ({ from: '2025-11-20', to: '2025-11-20' }),
    )
    expect(outcomes).toMatchObject([
      {
        subject: 'cboe_volatility',
        status: 'failed',
        error: expect.stringMatching(/SourceUnavailableError: cboe_volatility VIX: HTTP 503 .*try again later/),
      },
      { subject: 'nasdaq_bars', status: 'ok', rowCount: 1 },
      { subject: 'squeezemetrics_gamma', status: 'failed', error: expect.stringMatching(/HTTP 403/) },
    ])
    expect(Object.keys(derivedHashes(test.folder)).some((key) => key.startsWith('silver/daily_bars/'))).toBe(true)
  })

  it('is not asked again and again when it cannot be reached', async () => {
    const asked: string[] = []
    const test = await openTestLake({
      at: '2025-11-21T00:30:00Z',
      platform: {
        fetch: async ({ url }) => {
          asked.push(url)
          throw new SourceUnavailableError(`${url}: ENOTFOUND; try again later`, false)
        },
      },
    })
    const [outcome] = await ingest(test.lake, [sourceNamed('nasdaq_bars')], () => ({
      from: '2025-11-20',
      to: '2025-11-20',
    }))
    expect(asked).toHaveLength(1)
    expect(outcome).toMatchObject({
      status: 'failed',
      error: expect.stringMatching(/ENOTFOUND; try again later \(and 1 more/),
    })
  })
})
