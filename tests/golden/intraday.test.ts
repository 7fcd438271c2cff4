/** The shape of sessions on real one-minute bars against golden values. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { importFiles } from '../../pipeline/ingest/import-files.ts'
import type { Lake } from '../../pipeline/lake/lake.ts'
import { expectGolden } from '../support/golden.ts'
import { openTestLake } from '../support/lake.ts'
import { describeShared, sharedCsv, sharedPath } from '../support/shared.ts'

const symbols = ['SPY', 'QQQ', 'NVDA'] as const

const volumeColumns = ['vwap', 'close_against_vwap', 'last_30_volume_share']

const imported = async (lake: Lake, symbol: string, feed: string) =>
  importFiles(lake, 'intraday_bars', [sharedPath(`data/intraday/${symbol}_1min_2025-11.csv`)], {
    symbol,
    feed,
    interval_minutes: '1',
    source: 'desk',
  })

const columnsOf = (golden: readonly Record<string, string>[], wanted: (name: string) => boolean) =>
  Object.fromEntries(
    Object.keys(golden[0]!)
      .filter((name) => !['symbol', 'session', 'opening_range_break'].includes(name) && wanted(name))
      .map((name) => [name, name]),
  )

describeShared('intraday_shape', () => {
  let lake: Lake
  beforeAll(async () => {
    const opened = await openTestLake()
    lake = opened.lake
    for (const symbol of symbols) {
      const outcome = await imported(lake, symbol, 'iex')
      expect(outcome).toMatchObject({ status: 'ok', error: null, rejectedCount: 0 })
    }
    opened.clock.set('2026-11-23T15:01:00Z')
    expect(await imported(lake, 'SPY', 'consolidated')).toMatchObject({ status: 'ok', leftOutCount: 3 })
    await lake.refresh()
  })
  afterAll(() => lake.close())

  it.each(symbols)('%s equals the golden file', async (symbol) => {
    const golden = sharedCsv(`golden/intraday_shape_${symbol}.csv`)
    const of = (feed: string) => `select * from intraday_shape where symbol = '${symbol}' and feed = '${feed}'`
    const priceColumns = columnsOf(golden, (name) => !volumeColumns.includes(name))
    await expectGolden(lake, of('iex'), golden, priceColumns)
    const rows = await lake.engine.rows(`${of('iex')} order by session`)
    expect(rows.map((row) => row.opening_range_break ?? '')).toEqual(golden.map((row) => row.opening_range_break))
    expect(rows.flatMap((row) => volumeColumns.map((name) => row[name]))).toEqual(
      golden.flatMap(() => volumeColumns.map(() => null)),
    )
    if (symbol === 'SPY')
      await expectGolden(
        lake,
        of('consolidated'),
        golden,
        columnsOf(golden, () => true),
      )
  })
})
