/** Bars inside a session: where they lie in time, which are stored, and when they were known. */
import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { importFiles } from '../../../pipeline/ingest/import-files.ts'
import { rebuild } from '../../../pipeline/ingest/rebuild.ts'
import type { Lake } from '../../../pipeline/lake/lake.ts'
import { damagedObjects } from '../../../pipeline/silver/integrity.ts'
import { barsOf, csvOf, importBars } from '../../support/intraday.ts'
import { type Clock, derivedHashes, newFolder, openTestLake, writeInput } from '../../support/lake.ts'

const friday = '2025-11-21'
const thursday = '2025-11-20'

describe('bars inside a session', () => {
  let lake: Lake
  let folder: string
  let clock: Clock
  beforeEach(async () => {
    ;({ lake, folder, clock } = await openTestLake())
    return () => lake.close()
  })

  const rows = async (sql: string) => {
    await lake.refresh()
    return lake.engine.rows(sql)
  }
  const shape = async () =>
    (await rows('select * from intraday_shape order by session, feed')) as Record<string, unknown>[]
  const rejections = async () =>
    (await rows('select reason from rejected_rows order by row_number')).map((row) => row.reason)

  it('have one object per session', async () => {
    await importBars(lake, [...barsOf(thursday, 390), ...barsOf(friday, 390)])
    expect(readdirSync(join(folder, 'silver/intraday_bars'))).toEqual([`session=${thursday}`, `session=${friday}`])
  })

  it('outside the regular hours are counted and not stored, also on a half day', async () => {
    const bars = [
      { time: `${thursday} 09:29:00`, close: 100 },
      ...barsOf(thursday, 390),
      { time: `${thursday} 16:00:00`, close: 100 },
      { time: `${thursday} 19:59:00`, close: 100 },
      ...barsOf('2025-11-28', 391),
    ]
    const outcome = await importBars(lake, bars)
    expect(outcome).toMatchObject({ status: 'ok', rowCount: 600, rejectedCount: 0, leftOutCount: 184 })
    expect(await shape()).toMatchObject([
      { session: thursday, bar_count: 390, expected_bar_count: 390, close: expect.closeTo(103.89, 9) },
      { session: '2025-11-28', bar_count: 210, expected_bar_count: 210, session_minutes: 210, minutes_to_high: 209 },
    ])
    expect(await rows('select left_out_count, row_count from payloads')).toEqual([
      { left_out_count: 184, row_count: 784 },
    ])
    expect(await rejections()).toEqual([])
  })

  it('have local times of New York on both sides of a change of the clocks, or of a zone that is named', async () => {
    const sessions = ['2025-03-07', '2025-03-10', '2025-10-31', '2025-11-03']
    await importBars(
      lake,
      sessions.flatMap((session) => barsOf(session, 1)),
    )
    const starts = async () =>
      (await rows('select session, bar_start from intraday_bars order by session')).map(
        ({ session, bar_start }) => `${session} ${bar_start}`,
      )
    expect(await starts()).toEqual([
      '2025-03-07 2025-03-07T14:30:00.000Z',
      '2025-03-10 2025-03-10T13:30:00.000Z',
      '2025-10-31 2025-10-31T13:30:00.000Z',
      '2025-11-03 2025-11-03T14:30:00.000Z',
    ])
    clock.set('2026-11-23T15:01:00Z')
    await importBars(lake, [{ time: '2025-11-04 23:45:00', close: 100 }], {}, { zone: 'Asia/Tokyo' })
    await importBars(lake, [{ time: '1762354800', close: 100 }])
    await importBars(lake, [{ time: '2025-11-06T09:30:00-05:00', close: 100 }])
    expect((await starts()).slice(-3)).toEqual([
      '2025-11-04 2025-11-04T14:45:00.000Z',
      '2025-11-05 2025-11-05T15:00:00.000Z',
      '2025-11-06 2025-11-06T14:30:00.000Z',
    ])
    await rebuild(lake, [])
    expect((await starts()).slice(-3, -2)).toEqual(['2025-11-04 2025-11-04T14:45:00.000Z'])
    await expect(importBars(lake, barsOf(friday, 1), {}, { zone: 'Mars/Olympus' })).rejects.toThrow(
      '--zone Mars/Olympus: expected a time zone',
    )
    expect(await importBars(lake, [{ time: '11/21/2025 09:30', close: 100 }])).toMatchObject({
      status: 'failed',
      error: expect.stringMatching(/bar_start row 1 .*expected an instant with its offset, a local time as yyyy-mm-dd/),
    })
  })

  it('come from Parquet with instants, or with local times', async () => {
    const file = join(newFolder(), 'bars.parquet')
    const write = (start: string) =>
      lake.engine.run(
        `copy (select ${start} as datetime, 1e0 as open, 1e0 as high, 1e0 as low, 1e0 as close, 5 as volume) to '${file}' (format parquet)`,
      )
    const set = { symbol: 'SPY', feed: 'iex', interval_minutes: '1', source: 'desk' }
    for (const [i, start] of [
      "timestamptz '2025-11-20 14:31:00+00'",
      "timestamp '2025-11-20 09:32:00'",
      '1763649180',
    ].entries()) {
      await write(start)
      clock.set(`2026-11-23T15:0${i}:00Z`)
      expect(await importFiles(lake, 'intraday_bars', [file], set)).toMatchObject({ error: null, rowCount: 1 })
    }
    expect(await rows('select bar_start from intraday_bars order by bar_start')).toEqual(
      ['31', '32', '33'].map((minute) => ({ bar_start: `2025-11-20T14:${minute}:00.000Z` })),
    )
  })

  it('may come with columns of other facts, and without average prices', async () => {
    const [head, ...lines] = csvOf(barsOf(thursday, 390)).trimEnd().split('\n')
    const file = (more: string) =>
      writeInput('bars.csv', [`${head},${more}`, ...lines.map((line) => `${line},1`), ''].join('\r\n'))
    const set = { symbol: 'SPY', feed: 'iex', interval_minutes: '1', source: 'desk' }
    const imported = (more: string) => importFiles(lake, 'intraday_bars', [file(more)], set)
    expect(await imported('trade_count')).toMatchObject({ status: 'ok', rowCount: 390 })
    clock.set('2026-11-23T15:01:00Z')
    expect(await imported('VWAP (USD)')).toMatchObject({
      status: 'failed',
      error: expect.stringMatching(/has no column vwap; its header is "datetime,.*VWAP \(USD\)"/),
    })
    clock.set('2026-11-23T15:02:00Z')
    const moved = writeInput('bars.csv', csvOf(barsOf(thursday, 1)).replace('datetime', 'begin'))
    expect(await importFiles(lake, 'intraday_bars', [moved], set)).toMatchObject({
      error: expect.stringMatching(/bars\.csv has no column bar_start; its header/),
    })
  })

  it('are set aside with a reason if they repeat, contradict, or lie between the intervals', async () => {
    const [first, second, third, ...others] = barsOf(thursday, 390)
    const outcome = await importBars(lake, [
      first!,
      first!,
      second!,
      { ...second!, close: 99 },
      { ...third!, time: `${thursday} 09:32:30` },
      ...others,
      { time: '2025-11-22 10:00:00', close: 100 },
    ])
    expect(outcome).toMatchObject({ status: 'rejections', rowCount: 388, rejectedCount: 5 })
    expect(await rejections()).toEqual([
      'repeats row 1',
      expect.stringMatching(/^contradicts another row of this payload about the same .*bar_start/),
      expect.stringMatching(/^contradicts another row/),
      expect.stringMatching(
        /^bar_start 2025-11-20T14:32:30Z is not a whole number of 1-minute bars after the opening bell/,
      ),
      expect.stringMatching(/^session 2025-11-22 is no XNYS session/),
    ])
    clock.set('2026-11-23T15:01:00Z')
    await importBars(lake, [{ time: `${thursday} 10:00:00`, close: 100 }], { session: friday })
    expect(await rejections()).toContain('bar_start 2025-11-20T15:00:00Z is not on session 2025-11-21')
  })

  it('give the same shape in any order, and one for each feed', async () => {
    const bars = barsOf(thursday, 390, (minute) => 100 + Math.sin(minute / 20))
    await importBars(lake, bars)
    await importBars(lake, bars.toReversed(), { feed: 'consolidated' })
    const [consolidated, iex] = await shape()
    expect([consolidated!.feed, iex!.feed]).toEqual(['consolidated', 'iex'])
    expect(consolidated!.vwap).toBeCloseTo(100 + bars.reduce((sum, { close }) => sum + close - 100, 0) / 390, 9)
    expect(consolidated!.last_30_volume_share).toBeCloseTo(30 / 390, 12)
    const ofVolume = { feed: 'iex', vwap: null, close_against_vwap: null, last_30_volume_share: null }
    expect({ ...consolidated, ...ofVolume }).toEqual(iex)
  })

  it('have features only with the first bar and 90 % of all', async () => {
    const bars = barsOf(thursday, 390)
    await importBars(lake, bars.slice(0, 351), { symbol: 'ENOUGH' })
    await importBars(lake, bars.slice(0, 350), { symbol: 'TOOFEW' })
    await importBars(lake, bars.slice(1), { symbol: 'UNOPENED' })
    await importBars(
      lake,
      bars.filter((_, i) => i % 30 !== 4),
      { symbol: 'HOLES' },
    )
    const found = await rows(
      `select symbol, bar_count, open, minutes_to_high, first_30_return, realized_variance, vwap from intraday_shape order by symbol`,
    )
    expect(found).toMatchObject([
      { symbol: 'ENOUGH', bar_count: 351, minutes_to_high: 350, realized_variance: expect.any(Number) },
      // The price at minute 5 is that of the bar before the missing one.
      { symbol: 'HOLES', bar_count: 377, first_30_return: expect.closeTo(0.0029, 12) },
      {
        symbol: 'TOOFEW',
        bar_count: 350,
        open: null,
        minutes_to_high: null,
        first_30_return: null,
        realized_variance: null,
      },
      { symbol: 'UNOPENED', bar_count: 389, open: null, minutes_to_high: null, realized_variance: null },
    ])
    const [path] = await rows(`select count(*) as n, min(at_minute) as first from intraday_path where symbol = 'HOLES'`)
    expect(path).toEqual({ n: 378, first: 0 })
  })

  it('use the shortest interval that covers the session', async () => {
    await importBars(lake, barsOf(thursday, 200), { interval_minutes: '1' })
    await importBars(
      lake,
      barsOf(thursday, 78, (minute) => 100 + minute / 100, 5),
      { interval_minutes: '5' },
    )
    expect(await shape()).toMatchObject([
      { interval_minutes: 5, bar_count: 78, expected_bar_count: 78, minutes_to_high: 385 },
    ])
    clock.set('2026-11-23T15:01:00Z')
    await importBars(lake, barsOf(thursday, 390), { interval_minutes: '1', source: 'other_desk' })
    expect(await shape()).toMatchObject([{ interval_minutes: 1, source: 'other_desk', minutes_to_high: 389 }])
  })

  it('keep each vintage, and the shape uses the first that its evening knew', async () => {
    await importBars(lake, barsOf(thursday, 390))
    clock.set('2026-11-24T15:00:00Z')
    await importBars(
      lake,
      barsOf(thursday, 390).map((bar, i) => (i === 100 ? { ...bar, close: 500 } : bar)),
    )
    expect(
      await rows(
        `select close, known_basis, known_at from intraday_bars where bar_start = timestamp '2025-11-20 16:10:00' order by known_at`,
      ),
    ).toEqual([
      { close: 101, known_basis: 'assumed', known_at: '2025-11-20T23:00:00.000Z' },
      { close: 500, known_basis: 'observed', known_at: '2026-11-24T15:00:00.000Z' },
    ])
    expect(await rows('select count(*) as n from intraday_bars')).toEqual([{ n: 391 }])
    expect(await shape()).toMatchObject([{ high: expect.closeTo(103.89, 9) }])
  })

  it('are not known before they end, and not before the source publishes them', async () => {
    await importBars(lake, barsOf('2025-11-28', 210))
    expect(await rows('select distinct known_at, known_basis, known_session from intraday_bars')).toEqual([
      { known_at: '2025-11-28T20:00:00.000Z', known_basis: 'assumed', known_session: '2025-11-28' },
    ])
    clock.set(`${thursday}T18:00:00Z`)
    await importBars(lake, barsOf(thursday, 1), { source: 'early' })
    expect(await rejections()).toEqual([expect.stringMatching(/^session 2025-11-20 had not closed at/)])
    clock.set('2026-11-24T15:00:00Z')
    await importBars(lake, barsOf(thursday, 1), { source: 'own', known_at: '2025-11-20T14:30:59Z' })
    expect(await rejections()).toContain(
      'known_at 2025-11-20T14:30:59Z is before the end of the bar that starts at 2025-11-20T14:30:00Z',
    )
    clock.set('2026-11-24T15:01:00Z')
    await importBars(lake, barsOf(thursday, 390), { source: 'late', known_at: '2025-11-21T14:00:00Z' })
    expect(await rows(`select session from intraday_shape`)).toEqual([{ session: '2025-11-28' }])
  })

  it('are derived again with the same bytes, also after damage to one session', async () => {
    await importBars(lake, [...barsOf(thursday, 390), ...barsOf(friday, 390)])
    clock.set('2026-11-24T15:00:00Z')
    await importBars(
      lake,
      barsOf(friday, 390, (minute) => 100 - minute / 100),
    )
    const before = derivedHashes(folder)
    const key = `silver/intraday_bars/session=${friday}/data.parquet`
    expect(Object.keys(before)).toContain(key)
    writeFileSync(join(folder, key), 'torn')
    expect((await damagedObjects(lake)).damages).toMatchObject([{ key }])
    await rebuild(lake, ['import'])
    expect((await damagedObjects(lake)).damages).toEqual([])
    expect(derivedHashes(folder)).toEqual(before)
  })
})
