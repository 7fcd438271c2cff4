/** Features whose inputs are in the golden files: option chain, depth, impact, implied correlation. */
import { describe, expect, it } from 'vitest'
import { compute } from '../../pipeline/compute/compute.ts'
import { isSameNumber } from '../support/golden.ts'
import { land } from '../support/import.ts'
import { openTestLake } from '../support/lake.ts'
import { describeShared, sharedCsv } from '../support/shared.ts'

const session = '2025-11-20'
const daysAfter = (days: number) => new Date(Date.parse(session) + days * 86_400_000).toISOString().slice(0, 10)

describeShared('golden inputs', () => {
  it('gamma of each option, net exposure by call and put, and the flip level', async () => {
    const { lake } = await openTestLake()
    const golden = sharedCsv('golden/gex_chain.csv')
    const options = golden.map((row) => ({
      session,
      strike: row.strike,
      option_type: row.type === 'C' ? 'call' : 'put',
      expires_on: daysAfter(Number(row.dte)),
      implied_volatility: row.iv,
      open_interest: row.oi,
      underlying_price: row.spot,
      rate: row.r,
      dividend_yield: row.q,
    }))
    await land(lake, 'option_chains', options, { symbol: 'SPX' })
    await compute(lake)
    for (const row of golden) {
      const [found] = await lake.engine.rows<{ gamma: number; dealer_gamma: number }>(
        `select gamma, dealer_gamma from option_gamma where strike = ${row.strike} and expires_on = date '${daysAfter(Number(row.dte))}' and option_type = '${row.type === 'C' ? 'call' : 'put'}'`,
      )
      expect(isSameNumber(found?.gamma, row.gamma), `${row.strike} ${row.type}`).toBe(true)
      expect(isSameNumber(found?.dealer_gamma, row.gex_usd_per_1pct), `${row.strike} ${row.type}`).toBe(true)
    }
    const summary = Object.fromEntries(sharedCsv('golden/gex_summary.csv').map((row) => [row.metric, row.value]))
    const [exposure] = await lake.engine.rows<Record<string, number>>('select * from gamma_exposure')
    expect(isSameNumber(exposure?.net_gamma, summary.net_gex_usd_per_1pct)).toBe(true)
    expect(isSameNumber(exposure?.call_gamma, summary.call_gex)).toBe(true)
    expect(isSameNumber(exposure?.put_gamma, summary.put_gex)).toBe(true)
    expect(isSameNumber(exposure?.gamma_flip, summary.flip_0)).toBe(true)
    expect(exposure).toMatchObject({
      sign_convention: 'calls_long_puts_short',
      option_count: 8,
      is_negative_gamma: false,
    })
  })

  it('depth ratio, severity and vacuum: exactly one half is not a vacuum', async () => {
    for (const row of sharedCsv('golden/depth_vacuum.csv')) {
      const state = await depthAfter(Number(row.avg) * 1e6, Number(row.depth) * 1e6)
      expect(isSameNumber(state.depth_ratio as number, row.depth_ratio)).toBe(true)
      expect(isSameNumber(state.vacuum_severity as number, row.shrink)).toBe(true)
      expect(state.is_depth_vacuum).toBe(row.vacuum_flag === 'True')
    }
  })

  it('price impact of every calibration, and which of them reproduce the published explanation', async () => {
    const { lake } = await openTestLake()
    const depths = [25, 20, 11, 5].map((depth, i) => ({
      session: `2025-11-${17 + i}`,
      metric: 'top_of_book_usd',
      value: depth * 1e6,
    }))
    await land(lake, 'market_depth', depths)
    const forms: Record<string, string> = {
      sqrt: 'square_root',
      linear: 'linear',
      fitted_power: 'fitted_power',
      linear_with_depletion_D0: 'linear_with_unusable_depth',
    }
    for (const row of sharedCsv('golden/impact_calibration.csv')) {
      const normal = Number(row.normal_depth_musd)
      const impacts = await lake.engine.rows<Record<string, number>>(
        `select * from price_impact where form = '${forms[row.form!]}' and normal_depth_usd = ${normal * 1e6}`,
      )
      const at = (depth: number) => impacts.find(({ depth_usd }) => depth_usd === depth * 1e6)!
      expect(isSameNumber(at(5).impact_bps, row.impact_bps_at_5m), `${normal} ${row.form}`).toBe(true)
      expect(isSameNumber(at(normal).impact_bps, row.impact_bps_normal), `${normal} ${row.form}`).toBe(true)
      expect(isSameNumber(at(5).gamma, row.gamma)).toBe(true)
      expect(Math.abs(at(5).impact_bps! - 50) < 1e-6).toBe(row['reproduces_0.5pct'] === 'True')
    }
    const [quoted] = await lake.engine.rows('select impact_bps from price_impact where is_default and depth_usd = 5e6')
    expect(quoted?.impact_bps).toBeCloseTo(50, 9)
  })
})

/** A session of `depth` after twenty of `mean`. */
const depthAfter = async (mean: number, depth: number) => {
  const { lake } = await openTestLake()
  const days = await lake.engine.rows<{ session: string }>(
    `select session from calendar where session <= date '${session}' order by session desc limit 21`,
  )
  const rows = days.map((day, i) => ({
    session: day.session,
    metric: 'top_of_book_usd',
    value: i === 0 ? depth : mean,
  }))
  await land(lake, 'market_depth', rows)
  const [state] = await lake.engine.rows(`select * from market_depth_state where session = date '${session}'`)
  return state!
}

describe('given inputs', () => {
  it('implied correlation of two stocks of weight one half: 0.458333', async () => {
    const { lake } = await openTestLake()
    const members = ['AAA', 'BBB'].map((symbol) => ({ basket: 'pair', symbol, weight: 0.5, benchmark: 'IDX' }))
    await land(lake, 'baskets', members)
    const volatilities = { AAA: 0.3, BBB: 0.4, IDX: 0.3 }
    const rows = Object.entries(volatilities).map(([symbol, implied_volatility]) => ({
      symbol,
      session,
      implied_volatility,
    }))
    await land(lake, 'implied_volatilities', rows)
    const [found] = await lake.engine.rows('select * from implied_correlation')
    expect(found).toMatchObject({ basket: 'pair', symbol_count: 2, is_outside_bounds: false })
    expect(found?.implied_correlation).toBeCloseTo(0.458333, 6)
  })

  it('breadth of the event: declining volume is 0.805, which is not a 90 % down day', async () => {
    const { lake } = await openTestLake()
    await land(lake, 'market_breadth', [
      { session, up_volume: 284e6, down_volume: 1174e6 },
      { session: '2025-11-19', up_volume: 100e6, down_volume: 900e6 },
    ])
    const rows = await lake.engine.rows('select * from breadth order by session')
    expect(rows).toMatchObject([
      { down_volume_share: 0.9, is_90_percent_down_day: true },
      { down_volume_share: expect.closeTo(0.805, 3), is_90_percent_down_day: false },
    ])
  })

  it('a chain without a change of sign has no flip level', async () => {
    const { lake } = await openTestLake()
    const option = {
      session,
      expires_on: '2025-12-19',
      implied_volatility: 0.2,
      open_interest: 100,
      underlying_price: 6500,
    }
    await land(lake, 'option_chains', [{ ...option, strike: 6500, option_type: 'call' }])
    await compute(lake)
    const [found] = await lake.engine.rows('select * from gamma_exposure')
    expect(found).toMatchObject({ gamma_flip: null, flip_distance: null, put_gamma: 0 })
  })

  it('an option that expires on the session or has no volatility is not counted', async () => {
    const { lake } = await openTestLake()
    const option = { session, open_interest: 100, underlying_price: 6500, option_type: 'put', strike: 6400 }
    await land(lake, 'option_chains', [
      { ...option, expires_on: session, implied_volatility: 0.3 },
      { ...option, expires_on: '2025-12-19', implied_volatility: '' },
      { ...option, expires_on: '2025-12-31', implied_volatility: 0.3 },
    ])
    const [found] = await lake.engine.rows('select option_count, is_negative_gamma from gamma_exposure')
    expect(found).toEqual({ option_count: 1, is_negative_gamma: true })
  })
})
