/** Bronze and silver: exact bytes, vintages, what is known when, and the same bytes however they came about. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sessionsBetween } from '../../../calendar/sessions.ts'
import { importFiles, ingestPayload } from '../../../pipeline/ingest/import-files.ts'
import { ingest } from '../../../pipeline/ingest/ingest.ts'
import { rebuild } from '../../../pipeline/ingest/rebuild.ts'
import { sourceNamed } from '../../../sources/index.ts'
import { nasdaqJson, vixCsv } from '../../support/answers.ts'
import { derivedHashes, hashes, openTestLake, type TestLake, writeInput } from '../../support/lake.ts'

const take = (test: TestLake, source: string, body: string | Uint8Array, key: string, at: string) =>
  ingestPayload(test.lake, sourceNamed(source), writeInput('payload', body), { key, fetchedAt: new Date(at) })

const vix = (test: TestLake, rows: Parameters<typeof vixCsv>[0], at: string) =>
  take(test, 'cboe_volatility', vixCsv(rows), 'VIX', at)

const rowsOf = async ({ lake }: TestLake, sql: string) => {
  await lake.refresh()
  return lake.engine.rows(sql)
}

const vintages = (test: TestLake) =>
  rowsOf(
    test,
    'select session, close, known_at, known_basis, known_session from volatility_indices order by session, known_at',
  )

describe('bronze', () => {
  it('keeps the exact bytes with request, status and hash, and the same payload twice is one object', async () => {
    const test = await openTestLake()
    const body = vixCsv([['2025-11-20', 26.42]])
    for (let i = 0; i < 2; i++) await take(test, 'cboe_volatility', body, 'VIX', '2025-11-21T00:00:00Z')
    const keys = Object.keys(hashes(test.folder, 'bronze'))
    const record = JSON.parse(readFileSync(join(test.folder, keys.find((key) => key.endsWith('.json'))!), 'utf8'))
    expect(keys).toHaveLength(2)
    expect(gunzipSync(readFileSync(join(test.folder, record.body))).toString()).toBe(body)
    expect(record).toMatchObject({
      source: 'cboe_volatility',
      key: 'VIX',
      status: 200,
      fetched_at: '2025-11-21T00:00:00.000Z',
    })
    expect(record.body).toContain(record.sha256)
  })

  it('keeps no secret: the address in bronze is without the key', async () => {
    const asked: string[] = []
    const test = await openTestLake({
      at: '2025-11-21T00:00:00Z',
      platform: {
        environment: { FRED_API_KEY: 'top-secret' },
        fetch: async (request) => {
          asked.push(JSON.stringify(request))
          return {
            status: 200,
            headers: {},
            body: Buffer.from(
              request.url.includes('vintagedates')
                ? '{"vintage_dates":["2025-09-05","2025-11-20"]}'
                : '{"observations":[{"realtime_start":"2025-11-20","date":"2025-09-01","value":"159626"}]}',
            ),
          }
        },
      },
    })
    await ingest(test.lake, [sourceNamed('fred_macro')], () => ({ from: '2025-11-20', to: '2025-11-20' }))
    // Of each series the list of its vintages, then the one that is new.
    expect(asked).toHaveLength(2 * test.lake.universe.releases.length)
    expect(asked.join()).toContain('api.stlouisfed.org')
    const kept = Object.keys(hashes(test.folder, 'bronze')).map((key) => readFileSync(join(test.folder, key), 'utf8'))
    expect([...asked, ...kept].join()).not.toContain('top-secret')
  })
})

describe('vintages', () => {
  it('a re-fetch adds a row only where a value changed', async () => {
    const test = await openTestLake()
    await vix(
      test,
      [
        ['2025-11-19', 23.66],
        ['2025-11-20', 26.42],
      ],
      '2025-11-21T15:00:00Z',
    )
    await vix(
      test,
      [
        ['2025-11-19', 23.66],
        ['2025-11-20', 26.5],
      ],
      '2025-11-22T15:00:00Z',
    )
    await vix(
      test,
      [
        ['2025-11-19', 23.66],
        ['2025-11-20', 26.5],
      ],
      '2025-11-23T15:00:00Z',
    )
    expect(await vintages(test)).toEqual([
      {
        session: '2025-11-19',
        close: 23.66,
        known_at: '2025-11-19T22:00:00.000Z',
        known_basis: 'assumed',
        known_session: '2025-11-19',
      },
      {
        session: '2025-11-20',
        close: 26.42,
        known_at: '2025-11-20T22:00:00.000Z',
        known_basis: 'assumed',
        known_session: '2025-11-20',
      },
      {
        session: '2025-11-20',
        close: 26.5,
        known_at: '2025-11-22T15:00:00.000Z',
        known_basis: 'observed',
        known_session: '2025-11-24',
      },
    ])
  })

  it('a value seen before its declared lag is observed', async () => {
    const test = await openTestLake()
    await vix(test, [['2025-11-20', 26.42]], '2025-11-20T21:30:00Z')
    expect(await vintages(test)).toMatchObject([{ known_at: '2025-11-20T21:30:00.000Z', known_basis: 'observed' }])
  })

  it('a row missing from an answer that should have had it is known only when it appears', async () => {
    let answer = ''
    const test = await openTestLake({
      platform: { fetch: async () => ({ status: 200, headers: {}, body: Buffer.from(answer) }) },
    })
    const evening = async (at: string, to: string, rows: Parameters<typeof vixCsv>[0]) => {
      test.clock.set(at)
      answer = vixCsv(rows)
      await ingest(
        { ...test.lake, universe: { ...test.lake.universe, volatilityIndices: ['VIX'] } },
        [sourceNamed('cboe_volatility')],
        () => ({ from: to, to }),
      )
    }
    await evening('2025-11-20T00:30:00Z', '2025-11-19', [
      ['2025-11-18', 24.69],
      ['2025-11-19', 23.66],
    ])
    await evening('2025-11-21T00:30:00Z', '2025-11-20', [
      ['2025-11-18', 24.69],
      ['2025-11-19', 23.66],
    ])
    await evening('2025-11-22T00:30:00Z', '2025-11-21', [
      ['2025-11-18', 24.69],
      ['2025-11-19', 23.66],
      ['2025-11-20', 26.42],
      ['2025-11-21', 23.43],
    ])
    expect(await vintages(test)).toMatchObject([
      { session: '2025-11-18', known_basis: 'assumed' },
      { session: '2025-11-19', known_basis: 'assumed' },
      {
        session: '2025-11-20',
        known_basis: 'observed',
        known_at: '2025-11-22T00:30:00.000Z',
        known_session: '2025-11-21',
      },
      { session: '2025-11-21', known_basis: 'assumed' },
    ])
  })

  it('published vintages come in whatever order and stand in theirs', async () => {
    const graph = (stamp: string, level: number) => `observation_date,PAYEMS_${stamp}\n2025-08-01,${level}\n`
    const orders = [
      ['20250905', '20251120', '20251216'],
      ['20251216', '20250905', '20251120'],
      ['20251120', '20251216', '20250905'],
    ]
    // The first and last vintage agree; the one between differs: dropping a repetition too early would lose the last.
    const levels: Record<string, number> = { '20250905': 159540, '20251120': 159507, '20251216': 159540 }
    const results = []
    for (const order of orders) {
      const test = await openTestLake()
      for (const [i, stamp] of order.entries())
        await take(test, 'fred_macro', graph(stamp, levels[stamp]!), 'PAYEMS', `2026-01-0${i + 1}T12:00:00Z`)
      results.push(await rowsOf(test, 'select value, known_at, known_basis from macro_releases order by known_at'))
    }
    expect(results[0]).toEqual([
      { value: 159540, known_at: '2025-09-05T12:30:00.000Z', known_basis: 'published' },
      { value: 159507, known_at: '2025-11-20T13:30:00.000Z', known_basis: 'published' },
      { value: 159540, known_at: '2025-12-16T13:30:00.000Z', known_basis: 'published' },
    ])
    expect(results[1]).toEqual(results[0])
    expect(results[2]).toEqual(results[0])
  })
})

describe('the same bytes', () => {
  const payloads: [string, string][] = [
    [
      '2025-11-21T15:00:00Z',
      vixCsv([
        ['2024-12-31', 17.35],
        ['2025-01-02', 17.93],
        ['2025-11-20', 26.42],
      ]),
    ],
    [
      '2025-11-22T15:00:00Z',
      vixCsv([
        ['2024-12-31', 17.4],
        ['2025-11-20', 26.5],
      ]),
    ],
    [
      '2025-11-23T15:00:00Z',
      vixCsv([
        ['2024-12-31', 17.35],
        ['2025-11-20', 26.5],
        ['2025-11-27', 17],
        ['2025-11-21', 'nope'],
      ]),
    ],
    [
      '2025-11-24T15:00:00Z',
      vixCsv([
        ['2025-11-21', 23.43],
        ['2025-11-21', 23.43],
      ]),
    ],
  ]
  const inOrder = async (order: readonly number[]) => {
    const test = await openTestLake()
    for (const i of order) await take(test, 'cboe_volatility', payloads[i]![1], 'VIX', payloads[i]![0])
    return test
  }

  it('incremental, rebuilt, repeated and out of order', async () => {
    const test = await inOrder([0, 1, 2, 3])
    const incremental = derivedHashes(test.folder)
    expect(Object.keys(incremental)).toEqual(
      expect.arrayContaining([
        'silver/volatility_indices/year=2024/data.parquet',
        'silver/rejected_rows/year=2025/data.parquet',
      ]),
    )
    await rebuild(test.lake, [])
    expect(derivedHashes(test.folder)).toEqual(incremental)
    for (const order of [
      [3, 2, 1, 0],
      [1, 3, 0, 2],
      [0, 0, 1, 2, 2, 3],
    ])
      expect(derivedHashes((await inOrder(order)).folder)).toEqual(incremental)
  })

  it('whatever the payloads say and in whatever order they come (property)', async () => {
    const sessions = ['2024-12-30', '2024-12-31', '2025-01-02', '2025-01-03']
    const payload = fc.uniqueArray(fc.tuple(fc.constantFrom(...sessions), fc.constantFrom(17, 18, 19.5)), {
      selector: ([session]) => session,
      minLength: 1,
    })
    const history = fc.uniqueArray(payload, { minLength: 2, maxLength: 4, comparator: () => false })
    const arrivals = history.chain((bodies) =>
      fc.tuple(
        fc.constant(bodies),
        fc.shuffledSubarray(
          bodies.map((_, i) => i),
          { minLength: bodies.length },
        ),
      ),
    )
    await fc.assert(
      fc.asyncProperty(arrivals, async ([bodies, order]) => {
        const land = async (indices: readonly number[]) => {
          const test = await openTestLake()
          for (const i of indices) await vix(test, bodies[i]!, `2025-02-0${i + 1}T15:00:00Z`)
          const found = derivedHashes(test.folder)
          await test.lake.close()
          return found
        }
        expect(await land(order)).toEqual(await land(bodies.map((_, i) => i)))
      }),
      { numRuns: 8, seed: 20251120 },
    )
  })

  it('an import and its repetition', async () => {
    const test = await openTestLake()
    const file = writeInput('bars.csv', 'symbol,session,open,high,low,close,volume\nA,2025-11-20,1,2,1,2,5\n')
    await importFiles(test.lake, 'daily_bars', [file], {})
    const before = derivedHashes(test.folder)
    test.clock.set('2026-11-24T15:00:00Z')
    await importFiles(test.lake, 'daily_bars', [file], {})
    const changed = Object.entries(derivedHashes(test.folder))
      .filter(([key, hash]) => before[key] !== hash)
      .map(([key]) => key)
    expect(changed).toEqual(['silver/payloads/year=2026/data.parquet'])
  })
})

describe('a split is not a revision', () => {
  const sessions = ['2024-06-03', '2024-06-04', '2024-06-05', '2024-06-06', '2024-06-07']
  const before = sessions.map((session, i) => ({ session, close: 1150 + 10 * i, open: 1145 + 10 * i }))
  const after = [
    ...before.map(({ session, close, open }) => ({ session, close: close / 10, open: open / 10 })),
    { session: '2024-06-10', close: 121.8, open: 120.4 },
  ]
  const play = async () => {
    const test = await openTestLake()
    await take(test, 'nasdaq_bars', nasdaqJson('NVDA', before), 'NVDA', '2024-06-07T23:00:00Z')
    await take(test, 'nasdaq_bars', nasdaqJson('NVDA', after), 'NVDA', '2024-06-10T23:00:00Z')
    await take(
      test,
      'nasdaq_bars',
      nasdaqJson('NVDA', [...after.slice(2), { session: '2024-06-11', close: 120.9, open: 121.8 }]),
      'NVDA',
      '2024-06-11T23:00:00Z',
    )
    return test
  }

  it('a restated history becomes one corporate action, and the return across it uses the factor', async () => {
    const test = await play()
    expect(
      await rowsOf(test, 'select symbol, session, action, split_factor, known_at, known_basis from corporate_actions'),
    ).toEqual([
      {
        symbol: 'NVDA',
        session: '2024-06-10',
        action: 'split',
        split_factor: 10,
        known_at: '2024-06-10T13:30:00.000Z',
        known_basis: 'assumed',
      },
    ])
    expect(await rowsOf(test, 'select count(*) as n, count(distinct session) as sessions from daily_bars')).toEqual([
      { n: 7, sessions: 7 },
    ])
    const [boundary] = await rowsOf(
      test,
      `select previous_close from daily_bars_as_known where session = date '2024-06-10'`,
    )
    expect(boundary?.previous_close).toBeCloseTo(119, 9)
    const latest = await rowsOf(test, 'select session, close from latest_bars order by session')
    expect(latest.map((row) => Number(Number(row.close).toFixed(6)))).toEqual([115, 116, 117, 118, 119, 121.8, 120.9])
  })

  it('is settled alike when everything is rebuilt at once', async () => {
    const test = await play()
    const incremental = derivedHashes(test.folder)
    await rebuild(test.lake, [])
    expect(derivedHashes(test.folder)).toEqual(incremental)
  })

  /** Forty sessions that end on 2024-06-07, at prices that grow by so much from session to session. */
  const fortySessions = sessionsBetween('2024-04-11', '2024-06-07').map(({ session }) => session)
  const cents = (price: number) => Math.round(price * 100) / 100
  const history = (from: number, growth: number) => fortySessions.map((_, i) => from * growth ** i)

  it.each([
    ['ten for one, of a share that cost cents when its history begins', history(0.41, 1.25), 10],
    ['one for fifty, of a share that costs cents', history(0.21, 0.995), 1 / 50],
    ['one for thirty', history(1.1, 1.003), 1 / 30],
    ['three for two', history(12, 1.01), 3 / 2],
  ])('a history in cents becomes one corporate action: %s', async (_, prices, factor) => {
    const test = await openTestLake()
    const as = (divisor: number) =>
      prices.map((price, i) => ({
        session: fortySessions[i]!,
        close: cents(price / divisor),
        open: cents(price / divisor),
      }))
    await take(test, 'nasdaq_bars', nasdaqJson('X', as(1)), 'X', '2024-06-07T23:00:00Z')
    const last = { session: '2024-06-10', close: cents(prices.at(-1)! / factor), open: cents(prices.at(-1)! / factor) }
    await take(test, 'nasdaq_bars', nasdaqJson('X', [...as(factor), last]), 'X', '2024-06-10T23:00:00Z')
    expect(await rowsOf(test, 'select session, split_factor from corporate_actions')).toEqual([
      { session: '2024-06-10', split_factor: factor },
    ])
    expect(await rowsOf(test, 'select count(*) as n from daily_bars')).toEqual([{ n: fortySessions.length + 1 }])
  })

  it('corrections of some bars of a share that costs cents are vintages, not a split', async () => {
    const test = await openTestLake()
    const bars = fortySessions.map((session) => ({ session, close: 0.12, open: 0.12 }))
    const corrected = bars.map((bar, i) => (i % 13 === 5 ? { ...bar, close: 0.08 } : bar))
    await take(test, 'nasdaq_bars', nasdaqJson('X', bars), 'X', '2024-06-07T23:00:00Z')
    await take(test, 'nasdaq_bars', nasdaqJson('X', corrected), 'X', '2024-06-10T23:00:00Z')
    expect(await rowsOf(test, 'select * from corporate_actions')).toEqual([])
    expect(await rowsOf(test, 'select count(*) as n from daily_bars')).toEqual([{ n: fortySessions.length + 3 }])
  })

  it('a correction of one bar is a vintage, not a split', async () => {
    const test = await openTestLake()
    await take(test, 'nasdaq_bars', nasdaqJson('NVDA', before), 'NVDA', '2024-06-07T23:00:00Z')
    const corrected = before.map((bar, i) => (i === 2 ? { ...bar, close: bar.close + 1 } : bar))
    await take(test, 'nasdaq_bars', nasdaqJson('NVDA', corrected), 'NVDA', '2024-06-10T23:00:00Z')
    expect(
      await rowsOf(
        test,
        'select session, close, known_basis from daily_bars where session in (select session from daily_bars group by session having count(*) > 1) order by known_at',
      ),
    ).toEqual([
      { session: '2024-06-05', close: 1170, known_basis: 'assumed' },
      { session: '2024-06-05', close: 1171, known_basis: 'observed' },
    ])
    expect(await rowsOf(test, 'select * from corporate_actions')).toEqual([])
  })
})
