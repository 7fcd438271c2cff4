/** A series with a missing session: nothing on one side of it is compared with, or joined to, the other side. */
import { expect, it } from 'vitest'
import type { Lake } from '../../pipeline/lake/lake.ts'
import { land } from '../support/import.ts'
import { openTestLake } from '../support/lake.ts'

const sessionsFrom = async ({ engine }: Lake, first: string, count: number): Promise<string[]> => {
  const rows = await engine.rows<{ session: string }>(
    `select session from calendar where session >= date '${first}' order by session limit ${count}`,
  )
  return rows.map(({ session }) => session)
}

const flat = (session: string, close: number) => ({
  session,
  open: close,
  high: close,
  low: close,
  close,
  volume: 1000,
})

it('two drawdowns with a missing session between them are two runs', async () => {
  const { lake } = await openTestLake()
  const days = await sessionsFrom(lake, '2020-01-02', 30)
  const runs = async (symbol: string, missing: number) => {
    const bars = days.map((session, i) => flat(session, 100 * 0.98 ** i)).filter((_, i) => i !== missing)
    await land(lake, 'daily_bars', bars, { symbol, source: symbol })
    const rows = await lake.engine.rows(
      `select session_count, drawdown_count, run_count from label_base_rates where symbol = '${symbol}' and horizon = 5 and depth = 0.05`,
    )
    return rows[0]
  }
  expect(await runs('GSPC', days.length)).toEqual({ session_count: 25, drawdown_count: 25, run_count: 1 })
  // The session itself is missing, and the five before it have no complete horizon.
  expect(await runs('SPY', 12)).toEqual({ session_count: 19, drawdown_count: 19, run_count: 2 })
})

it('a split is found in the prices after a gap in which the price moved by as much', async () => {
  const { lake } = await openTestLake({ at: '2026-11-23T15:00:00Z' })
  const days = await sessionsFrom(lake, '2025-01-02', 12)
  // Three sessions are missing, over which the price rises from 60 to 100. The split is told for the first session after
  // them; the prices show it one session later.
  const closes = [60, 60, 60, null, null, null, 100, 25, 25, 25, 25, 25]
  const bars = days.flatMap((session, i) => (closes[i] == null ? [] : [flat(session, closes[i])]))
  await land(lake, 'daily_bars', bars, { symbol: 'GAPX', source: 'desk' })
  const split = { symbol: 'GAPX', session: days[6], action: 'split', split_factor: 4, dividend: '' }
  await land(lake, 'corporate_actions', [split], { source: 'desk' })
  const rows = await lake.engine.rows(
    `select session, previous_close, price_basis from daily_bars_as_known where symbol = 'GAPX' and session between date '${days[6]}' and date '${days[8]}' order by session`,
  )
  expect(rows).toEqual([
    { session: days[6], previous_close: null, price_basis: null },
    { session: days[7], previous_close: 25, price_basis: 0.25 },
    { session: days[8], previous_close: 25, price_basis: 1 },
  ])
})
