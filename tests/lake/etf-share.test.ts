/** The ETF share of volume by each of its definitions: measured by symbol, by tape, as reported, and off exchange. */
import { describe, expect, it } from 'vitest'
import { sessionsBetween } from '../../calendar/sessions.ts'
import { compute } from '../../pipeline/compute/compute.ts'
import { ingest } from '../../pipeline/ingest/ingest.ts'
import type { Lake } from '../../pipeline/lake/lake.ts'
import { sourceNamed } from '../../sources/index.ts'
import { bar, land } from '../support/import.ts'
import { openTestLake } from '../support/lake.ts'
import {
  groupedBars,
  ingestText,
  nasdaqListed,
  offExchange,
  otherListed,
  type Traded,
} from '../support/symbol-volumes.ts'

const session = '2025-11-20'
const [directory, massive, finra] = ['nasdaq_symbol_directory', 'massive_grouped_bars', 'finra_off_exchange_volume']
const evening = '2025-11-20T23:30:00Z'
const morning = '2025-11-21T14:00:00Z'

const traded: readonly Traded[] = [
  { symbol: 'SPY', shares: 100, price: 600 },
  { symbol: 'QQQ', shares: 50, price: 500 },
  { symbol: 'AAPL', shares: 350, price: 300 },
  { symbol: 'BRK.B', shares: 20, price: 500 },
  { symbol: 'ZTST', shares: 1000, price: 1000 },
]

const ok = { status: 'ok', error: null, rejectedCount: 0 }

const withDirectory = async (flags: Parameters<typeof nasdaqListed>[0] = { QQQ: 'Y', AAPL: 'N' }) => {
  const { lake } = await openTestLake()
  const made = '1119202517:30'
  const at = '2025-11-19T23:00:00Z'
  expect(await ingestText(lake, directory, nasdaqListed(flags, made), 'nasdaqlisted', at)).toMatchObject(ok)
  expect(await ingestText(lake, directory, otherListed(made), 'otherlisted', at)).toMatchObject(ok)
  return lake
}
const ingestVolumes = async (lake: Lake, rows = traded) => {
  expect(await ingestText(lake, finra, offExchange(session, rows), session, evening)).toMatchObject(ok)
  expect(await ingestText(lake, massive, groupedBars(session, rows), session, morning)).toMatchObject(ok)
}
const shares = async (lake: Lake) => {
  await lake.refresh()
  return lake.engine.rows('select * from etf_share_of_volume order by session, definition')
}

describe('measured by symbol', () => {
  it('dollars on all venues, known next morning; shares off exchange, known the same evening', async () => {
    const lake = await withDirectory()
    await ingestVolumes(lake)
    expect(await shares(lake)).toMatchObject([
      {
        session,
        source: massive,
        definition: 'measured',
        known_session: '2025-11-21',
        // SPY and QQQ of SPY, QQQ, AAPL and BRK.B. The test issue counts for nothing.
        etf_notional: 85_000,
        total_notional: 200_000,
        flag_coverage: 1,
        etf_share: 0.425,
        is_etf_share_high: true,
      },
      {
        session,
        source: finra,
        definition: 'off_exchange',
        known_session: session,
        etf_notional: null,
        total_notional: null,
        etf_shares: 150,
        total_shares: 520,
        flag_coverage: 1,
        etf_share: 150 / 520,
        is_etf_share_high: null,
      },
    ])
  })

  it('the same rows come out of the stored view and of its SQL', async () => {
    const lake = await withDirectory()
    await ingestVolumes(lake)
    const bySql = await shares(lake)
    for (const { error } of await compute(lake)) expect(error).toBeNull()
    expect(await shares(lake)).toEqual(bySql)
  })

  it('a symbol without a flag is not taken for a stock: it lowers the coverage', async () => {
    const lake = await withDirectory({ QQQ: 'Y', AAPL: 'N', NEW: '' })
    const small = { symbol: 'NEW', shares: 10, price: 500 }
    await ingestVolumes(lake, [...traded, small, { symbol: 'UNLISTED', shares: 10, price: 500 }])
    const [measured] = await shares(lake)
    expect(measured).toMatchObject({ flag_coverage: 200 / 210, etf_share: 0.425, total_notional: 210_000 })
  })

  it('is unknown if the flag is known for less than 95 % of the volume', async () => {
    const lake = await withDirectory({ QQQ: 'Y' })
    await ingestVolumes(lake)
    expect(await shares(lake)).toMatchObject([
      { definition: 'measured', etf_share: null, flag_coverage: 95_000 / 200_000, is_etf_share_high: null },
      { definition: 'off_exchange', etf_share: null, flag_coverage: 170 / 520 },
    ])
  })

  it('without a directory of that evening it is unknown, and a later directory does not change that', async () => {
    const { lake } = await openTestLake()
    await ingestVolumes(lake)
    const unknown = await shares(lake)
    expect(unknown.map(({ etf_share, flag_coverage }) => [etf_share, flag_coverage])).toEqual([
      [null, 0],
      [null, 0],
    ])
    const made = '1121202517:30'
    await ingestText(
      lake,
      directory,
      nasdaqListed({ QQQ: 'Y', AAPL: 'N' }, made),
      'nasdaqlisted',
      '2025-11-21T23:00:00Z',
    )
    expect(await shares(lake)).toEqual(unknown)
  })

  it('a flag that changes counts from the evening on which it was known', async () => {
    const lake = await withDirectory({ QQQ: 'N', AAPL: 'N' })
    await ingestVolumes(lake)
    const next = '2025-11-21'
    const later = nasdaqListed({ QQQ: 'Y', AAPL: 'N' }, '1121202516:30')
    await ingestText(lake, directory, later, 'nasdaqlisted', '2025-11-21T22:00:00Z')
    await ingestText(lake, finra, offExchange(next, traded), next, '2025-11-21T23:30:00Z')
    const offShares = (await shares(lake)).filter(({ definition }) => definition === 'off_exchange')
    expect(offShares.map(({ session, etf_shares }) => [session, etf_shares])).toEqual([
      [session, 100],
      [next, 150],
    ])
  })

  it('a corrected file that comes later does not change the evening, whatever it adds', async () => {
    let served = offExchange(session, traded)
    const fetch = async () => ({ status: 200, headers: {}, body: Buffer.from(served) })
    const { lake, clock } = await openTestLake({ at: evening, platform: { fetch } })
    await land(lake, 'symbol_directory', [
      {
        symbol: 'SPY',
        name: 'SPY',
        exchange: 'P',
        is_etf: 'true',
        is_test_issue: 'false',
        known_at: '2025-11-19T22:30:00Z',
      },
    ])
    const followed = { ...lake, universe: { ...lake.universe, symbolVolumes: true } }
    const fetchAgain = () => ingest(followed, [sourceNamed(finra)], () => ({ from: session, to: session }))
    expect(await fetchAgain()).toMatchObject([ok])
    const before = await shares(lake)
    expect(before).toMatchObject([{ etf_shares: 100, total_shares: 1520 }])
    clock.set('2025-11-21T23:30:00Z')
    const corrected = traded.map((each) => ({ ...each, shares: each.shares * 2 }))
    served = offExchange(session, [...corrected, { symbol: 'QQQ2', shares: 500 }])
    expect(await fetchAgain()).toMatchObject([ok])
    expect(await shares(lake)).toEqual(before)
  })
})

describe('two definitions', () => {
  const days = sessionsBetween('2025-08-01', session).map((each) => each.session)
  const tapes = (day: string, tapeB: number) =>
    [
      ['tape_a', 60],
      ['tape_b', tapeB],
      ['tape_c', 100 - 60 - tapeB],
    ].map(([segment, notional]) => ({ session: day, segment, notional, venue: 'all' }))

  it('are series of their own: neither a mean nor a deviation joins them', async () => {
    const lake = await withDirectory()
    const wiggle = (i: number) => 20 + (i % 2)
    await land(
      lake,
      'market_volume',
      days.flatMap((day, i) => tapes(day, wiggle(i))),
      { source: 'tape' },
    )
    await land(
      lake,
      'market_volume',
      ['etf', 'total'].map((segment) => ({ session, segment, notional: segment === 'etf' ? 41 : 100, venue: 'all' })),
      { source: 'desk' },
    )
    await ingestVolumes(lake)
    const rows = (await shares(lake)).filter((row) => row.session === session)
    expect(rows.map((row) => [row.definition, row.etf_share_mean_60 !== null, row.prior_count])).toEqual([
      ['measured', false, 0],
      ['off_exchange', false, 0],
      ['reported', false, 0],
      ['tape_b_proxy', true, 60],
    ])
    // The figure of one day is not put into the series of the proxy.
    await land(
      lake,
      'daily_bars',
      [bar(session)].map((each) => ({ ...each, symbol: 'SPY' })),
    )
    const [facts] = await lake.engine.rows(
      `select etf_share_definition from session_facts where session = '${session}'`,
    )
    expect(facts).toEqual({ etf_share_definition: 'tape_b_proxy' })
  })
})
