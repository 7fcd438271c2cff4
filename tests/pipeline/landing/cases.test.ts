/** Inputs that once stopped, tore or corrupted a lake, each with its right outcome. */
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { importFiles, ingestPayload } from '../../../pipeline/ingest/import-files.ts'
import { rebuild } from '../../../pipeline/ingest/rebuild.ts'
import { sourceNamed } from '../../../sources/index.ts'
import { newFolder, openTestLake, type TestLake } from '../../support/lake.ts'
import { describeShared, sharedPath } from '../../support/shared.ts'

const rows = async (test: TestLake, sql: string) => {
  await test.lake.refresh()
  return test.lake.engine.rows(sql)
}

const take = (test: TestLake, source: string, path: string, key: string, at?: string) =>
  ingestPayload(test.lake, sourceNamed(source), path, { key, ...(at ? { fetchedAt: new Date(at) } : {}) })

describeShared('the cases of the shared folder', () => {
  const shared = (...parts: string[]) => sharedPath('cases', ...parts)

  it('workbook-newline: exit code 1 and a refusal, and whatever comes after lands', { timeout: 120_000 }, () => {
    const lake = newFolder()
    const precursor = (...args: string[]) =>
      spawnSync(
        process.execPath,
        [fileURLToPath(new URL('../../../bin/precursor.mjs', import.meta.url)), '--lake', lake, ...args],
        { encoding: 'utf8', timeout: 100_000 },
      )
    const taken = precursor(
      'ingest',
      'ssga_fund_holdings',
      '--payload',
      shared('workbook-newline', 'holdings.xlsx'),
      '--for',
      'SPY',
    )
    expect(taken.status).toBe(1)
    expect(taken.stdout).toMatch(/SourceChangedError: ssga_fund_holdings SPY: .*\(bronze\/ssga_fund_holdings\//)
    const { stdout } = precursor('query', 'select request_key, status from payloads', '--format', 'json')
    expect(JSON.parse(stdout)).toEqual([{ request_key: 'SPY', status: 'refused' }])
  })

  it('poison: the row is set aside, the others land', async () => {
    const test = await openTestLake()
    expect(await take(test, 'tiingo_bars', shared('poison', 'tiingo-fraction.json'), 'XX')).toMatchObject({
      status: 'rejections',
      rowCount: 2,
      rejectedCount: 1,
    })
  })

  it('yahoo: a fractional volume, then a good payload, then a rebuild', async () => {
    const test = await openTestLake()
    const at = '2025-11-20T18:00:00-05:00'
    await take(test, 'yahoo_bars', shared('yahoo', 'float-volume.json'), 'GSPC', at)
    expect(await take(test, 'yahoo_bars', shared('yahoo', 'dst.json'), 'GSPC', at)).toMatchObject({
      status: 'ok',
      rowCount: 4,
    })
    expect(await rebuild(test.lake, ['yahoo_bars'])).toMatchObject([{ status: 'rejections', rowCount: 5 }])
    expect(await rows(test, 'select session from daily_bars order by session')).toEqual(
      ['2025-03-07', '2025-03-10', '2025-10-31', '2025-11-03', '2025-11-19'].map((session) => ({ session })),
    )
  })

  it('yahoo: of the two rows of the live day the later counts', async () => {
    const test = await openTestLake()
    await take(test, 'yahoo_bars', shared('yahoo', 'live-row.json'), 'GSPC', '2025-11-20T18:00:00-05:00')
    expect(await rows(test, `select close, volume from daily_bars where session = date '2025-11-20'`)).toEqual([
      { close: 6040.01, volume: 4000100000 },
    ])
    expect(await rows(test, 'select count(*) as n from rejected_rows')).toEqual([{ n: 0 }])
  })

  it('duplicate-column: refused by its name', async () => {
    const test = await openTestLake()
    expect(await take(test, 'cboe_volatility', shared('duplicate-column', 'VIX.csv'), 'VIX')).toMatchObject({
      status: 'failed',
      error: expect.stringMatching(/the header names CLOSE twice/),
    })
  })

  it('truncated: refused, since it ends inside of a line', async () => {
    const test = await openTestLake()
    const set = { symbol: 'CUT', source: 'desk' }
    expect(await importFiles(test.lake, 'daily_bars', [shared('truncated', 'bars.csv')], set)).toMatchObject({
      status: 'failed',
      rowCount: 0,
      error: expect.stringMatching(/the last line has no line end, so the file may be cut off/),
    })
  })

  it('chat-escape: the row with control characters is set aside by name', async () => {
    const test = await openTestLake()
    const file = shared('chat-escape', 'events.csv')
    expect(await importFiles(test.lake, 'reported_events', [file], { source: 'desk' })).toMatchObject({
      status: 'rejections',
      rowCount: 1,
      rejectedCount: 1,
    })
    expect(await rows(test, 'select row_number, reason from rejected_rows')).toEqual([
      { row_number: 1, reason: 'title has a control character' },
    ])
  })

  it('split20 and crash-rejected: a split that the payload names and a crash land whole', async () => {
    const split = await openTestLake()
    await take(split, 'tiingo_bars', shared('split20', 'amzn-like.json'), 'AMZZ', '2022-07-30T18:00:00-05:00')
    expect(await rows(split, 'select count(*) as n from daily_bars')).toEqual([{ n: 40 }])
    const crash = await openTestLake({ at: '2018-02-07T00:30:00Z' })
    await importFiles(crash.lake, 'daily_bars', [shared('crash-rejected', 'etn.csv')], { symbol: 'ETNX', source: 'v' })
    expect(await rows(crash, 'select count(*) as n, max_by(close, session) as last from daily_bars')).toEqual([
      { n: 8, last: 7.35 },
    ])
  })

  let dialects: Promise<TestLake> | undefined
  /** Per dialect: the closes that land, or why the file is refused. */
  it.each<[string, readonly number[] | RegExp]>([
    ['bigvol', /daily_bars\.volume row 1 .*expected a whole number up to 2\^53 - 1, got "9223372036854775808"/],
    ['bigvol2', /expected a whole number up to 2\^53 - 1, got "9007199254740993"/],
    ['blank-lines', [100, 100.5]],
    ['bom-crlf', [100, 100.5]],
    ['cr', /ends its lines with CR alone/],
    ['crlf', [100, 100.5]],
    ['datetime', /expected a date as yyyy-mm-dd, got "2025-01-02 00:00:00-05:00"/],
    ['dup-header', /names date twice in its header/],
    ['excel-date', /expected a date as yyyy-mm-dd, got "45659"/],
    ['fracvol', /expected a whole number, got "1000.5"/],
    ['nan', /expected double, got "nan"/],
    ['nul', /has a NUL byte in row 3/],
    ['quoted-all', [100, 100.5]],
    ['sci', [100]],
    ['semicolon', /its header is "symbol;date;open;high;low;close;volume"/],
    ['semicolon-decimal-comma', /its header is "symbol;date;open;high;low;close;volume"/],
    ['sep-line', /its header is "sep=,"|a column without a name/],
    ['slashdate', /expected a date as yyyy-mm-dd, got "2025\/01\/02"/],
    ['tab', /has no column/],
    ['thousands', /expected double, got "1,234.5"/],
    ['trailing-comma', /has a column without a name/],
    ['truncated', /cannot be read/],
    ['usdate', /expected a date as yyyy-mm-dd, got "01\/02\/2025"/],
    ['utf16', /is not text in UTF-8/],
    ['yfmulti', /has no column/],
  ])('enc/%s.csv is parsed right or refused by name', async (name, right) => {
    dialects ??= openTestLake()
    const test = await dialects
    const outcome = await importFiles(test.lake, 'daily_bars', [shared('enc', `${name}.csv`)], { source: name })
    const stored = await rows(test, `select close from daily_bars where source = '${name}' order by session`)
    const closes = stored.map(({ close }) => close)
    if (right instanceof RegExp)
      expect(outcome).toMatchObject({ status: 'failed', error: expect.stringMatching(right) })
    else expect(outcome).toMatchObject({ status: 'ok', error: null })
    expect(closes).toEqual(right instanceof RegExp ? [] : right)
    expect(outcome.error ?? '').not.toMatch(/select |LINE \d/)
  })

  it('enc/yf.csv: the close is the close, not the adjusted one', async () => {
    const test = await openTestLake()
    await importFiles(test.lake, 'daily_bars', [shared('enc', 'yf.csv')], { source: 'desk', symbol: 'SPY' })
    expect(await rows(test, 'select close, volume from daily_bars')).toEqual([{ close: 100, volume: 1000 }])
  })
})
