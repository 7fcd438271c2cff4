/** A symbol that no longer trades is not missing: its last session is declared, or found in filings or in empty answers. */
import { describe, expect, it } from 'vitest'
import { freshness } from '../../cli/lake-findings.ts'
import { parseUniverse, tradedSince } from '../../core/universe.ts'
import { check } from '../../pipeline/check/check.ts'
import { findGaps } from '../../pipeline/check/gaps.ts'
import { lateness } from '../../pipeline/check/lateness.ts'
import { ingestPayload } from '../../pipeline/ingest/import-files.ts'
import type { Lake } from '../../pipeline/lake/lake.ts'
import { declareLastSessions } from '../../pipeline/silver/last-sessions-table.ts'
import { sourceNamed } from '../../sources/index.ts'
import { bar, filing, land } from '../support/import.ts'
import { openTestLake, sampleUniverse, writeInput } from '../support/lake.ts'

const days = [
  '2025-11-03',
  '2025-11-04',
  '2025-11-05',
  '2025-11-06',
  '2025-11-07',
  '2025-11-10',
  '2025-11-11',
  '2025-11-12',
] as const
const newest = days.at(-1)!
/** GONE trades until the third day, LIVE goes on. */
const landBars = async (lake: Lake, set: { readonly gone?: readonly string[] } = {}) => {
  await land(lake, 'daily_bars', days.map(bar), { symbol: 'LIVE', source: 'desk' })
  const gone = (set.gone ?? days.slice(0, 3)).map(bar)
  if (gone.length) await land(lake, 'daily_bars', gone, { symbol: 'GONE', source: 'desk' })
}
const at = '2025-11-12T23:30:00Z'

/** Sessions of GONE that the lake calls missing: the view, the command and the check agree. */
const missing = async (lake: Lake): Promise<string[]> => {
  await declareLastSessions(lake)
  await check(lake, newest)
  const rows = await lake.engine.rows<{ subject: string; session: string }>(
    "select subject, session from meta_gaps where table_name = 'daily_bars' order by session",
  )
  const gaps = await findGaps(lake, { to: newest })
  expect(gaps.map(({ subject, session }) => ({ subject, session }))).toEqual(rows)
  const findings = await lake.engine.rows<{ n: number }>(
    "select finding_count as n from checks where rule = 'missing_session'",
  )
  expect(findings.map(({ n }) => n)).toEqual(rows.length ? [rows.length] : [])
  return rows.filter(({ subject }) => subject === 'GONE').map(({ session }) => session)
}
const found = (lake: Lake) => lake.engine.rows('select symbol, last_session, evidence, detail from last_sessions')

const declaring = (lake: Lake, lastSessions: Readonly<Record<string, string>>): Lake => {
  const declared = Object.create(lake, { universe: { value: { ...lake.universe, lastSessions } } })
  return declared as Lake
}

describe('the last session of a symbol', () => {
  it('is unknown without evidence: its sessions are missing', async () => {
    const { lake } = await openTestLake({ at })
    await landBars(lake)
    expect(await missing(lake)).toEqual(days.slice(3))
    expect(await found(lake)).toEqual([])
  })

  it('can be declared in the universe', async () => {
    const opened = await openTestLake({ at })
    await landBars(opened.lake)
    const lake = declaring(opened.lake, { GONE: days[3] })
    // It traded one session longer than the lake has bars.
    expect(await missing(lake)).toEqual([days[3]])
    expect(await found(lake)).toEqual([
      { symbol: 'GONE', last_session: days[3], evidence: 'declared', detail: 'universe.json' },
    ])
    // The declaration counts until it is taken back.
    expect(await missing(opened.lake)).toEqual(days.slice(3))
  })

  it.each([
    ['25-NSE', days[2]],
    ['25', days[4]],
    ['15-12G', days[5]],
  ])('is found by a Form %s filed on %s', async (form, filed) => {
    const { lake } = await openTestLake({ at })
    await landBars(lake)
    await land(lake, 'filings', [filing('GONE', 'x-1', form, 'none', `${filed}T15:00:00Z`)])
    expect(await missing(lake)).toEqual([])
    expect(await found(lake)).toEqual([
      { symbol: 'GONE', last_session: days[2], evidence: 'filing', detail: `Form ${form}, x-1` },
    ])
  })

  it.each([
    ['another form', filing('GONE', 'x-1', '10-Q', 'none', `${days[2]}T15:00:00Z`), days.slice(0, 3), days.slice(3)],
    [
      'the form of another filer',
      filing('LIVE', 'x-1', '25', 'none', `${days[2]}T15:00:00Z`),
      days.slice(0, 3),
      days.slice(3),
    ],
    [
      'a form about another security, with bars to this day',
      filing('GONE', 'x-1', '25-NSE', 'none', `${days[1]}T15:00:00Z`),
      [...days.slice(0, 3), newest],
      days.slice(3, -1),
    ],
    [
      'a form long before the last bar',
      filing('GONE', 'x-1', '25-NSE', 'none', '2025-08-01T15:00:00Z'),
      days.slice(0, 3),
      days.slice(3),
    ],
  ])('is not found by %s', async (_, form, gone, expected) => {
    const { lake } = await openTestLake({ at })
    await landBars(lake, { gone })
    await land(lake, 'filings', [form])
    expect(await missing(lake)).toEqual(expected)
  })

  it('is that of the filing if the bars ended long before', async () => {
    const { lake } = await openTestLake({ at: '2025-12-31T23:30:00Z' })
    await landBars(lake)
    await land(lake, 'filings', [filing('GONE', 'x-1', '25', 'none', '2025-12-06T15:00:00Z')])
    await land(lake, 'daily_bars', [bar('2025-12-30')], { symbol: 'LIVE', source: 'desk' })
    expect(await found(lake)).toEqual([
      { symbol: 'GONE', last_session: '2025-12-05', evidence: 'filing', detail: 'Form 25, x-1' },
    ])
  })

  const answer = (sessions: readonly string[]) =>
    JSON.stringify(
      sessions.map((session) => ({
        date: `${session}T00:00:00.000Z`,
        ...{ open: 10, high: 10, low: 10, close: 10, volume: 1000, divCash: 0, splitFactor: 1 },
      })),
    )
  const evenings = async (emptyDays: number, gone: (day: string) => string) => {
    const { lake } = await openTestLake({ at: '2025-11-13T15:00:00Z' })
    const ask = async (key: string, day: string, text: string) => {
      const fetchedAt = new Date(`${day}T22:30:00Z`)
      return ingestPayload(lake, sourceNamed('tiingo_bars'), writeInput(`${key}-${day}.json`, text), { key, fetchedAt })
    }
    for (const day of days) expect(await ask('LIVE', day, answer([day]))).toMatchObject({ error: null })
    for (const day of days.slice(0, 8 - emptyDays)) await ask('GONE', day, answer([day]))
    for (const day of days.slice(8 - emptyDays)) await ask('GONE', day, gone(day))
    return lake
  }

  it('is found by five days of empty answers', async () => {
    const lake = await evenings(5, () => '[]')
    expect(await missing(lake)).toEqual([])
    expect(await found(lake)).toEqual([
      { symbol: 'GONE', last_session: days[2], evidence: 'empty_answers', detail: 'tiingo_bars' },
    ])
    // Answers that are empty for a reason are not damage.
    expect(await lake.engine.rows("select * from checks where rule = 'refused_payload'")).toEqual([])
    expect(await lake.engine.rows("select refused_count from meta_freshness where source = 'tiingo_bars'")).toEqual([
      { refused_count: 0 },
    ])
  })

  it('is not found by four days of them, or by answers that are damaged', async () => {
    expect(await missing(await evenings(4, () => '[]'))).toEqual(days.slice(4))
    expect(await missing(await evenings(5, () => '{"detail": "a new format"}'))).toEqual(days.slice(3))
  })

  it('makes a source of only such symbols not late', async () => {
    const opened = await openTestLake({ at })
    await landBars(opened.lake, { gone: [] })
    await land(opened.lake, 'daily_bars', days.slice(0, 3).map(bar), { symbol: 'GONE', source: 'old_vendor' })
    const datasets = [{ source: 'old_vendor', table: 'daily_bars', lag: { kind: 'after_close', minutes: 0 } }] as const
    const behind = async (lake: Lake) => {
      await declareLastSessions(lake)
      await lake.refresh()
      const [fresh] = await lake.engine.rows<{ sessions_behind: number }>(
        "select sessions_behind from meta_freshness where source = 'old_vendor'",
      )
      const [late] = await lateness(lake, datasets, '18:00')
      const doctor = (await freshness(lake)).find(({ text }) => text.startsWith('old_vendor'))
      return [fresh?.sessions_behind, late?.sessionsBehind, doctor?.mark]
    }
    expect(await behind(opened.lake)).toEqual([5, 5, 'note'])
    expect(await behind(declaring(opened.lake, { GONE: days[2] }))).toEqual([0, undefined, 'ok'])
  })
})

describe('the universe', () => {
  const universe = { ...sampleUniverse, etfs: ['SPY', 'GONE'], tiingo: ['GONE'], funds: ['GONE'] }
  it('asks sources for a symbol up to its last session', () => {
    const declared = { ...universe, lastSessions: { GONE: '2025-11-05' } }
    expect(tradedSince(declared, '2025-11-05')).toEqual(declared)
    expect(tradedSince(declared, '2025-11-06')).toMatchObject({ etfs: ['SPY'], tiingo: [], funds: [] })
  })

  it('refuses a last session that is not a date', () => {
    const text = JSON.stringify({ ...universe, lastSessions: { GONE: 'last year' } })
    expect(() => parseUniverse(text, 'universe.json')).toThrow('lastSessions')
  })
})
