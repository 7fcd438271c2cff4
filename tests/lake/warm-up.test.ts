/** Warm-up: a feature is NULL until its whole window is there, and not a session longer. */

import { beforeAll, describe, expect, it } from 'vitest'
import type { Lake } from '../../pipeline/lake/lake.ts'
import { land } from '../support/import.ts'
import { openTestLake } from '../support/lake.ts'
import { episodeLake } from '../support/shared-lakes.ts'

/** Of a view restricted to one series, the position of the first row that has the column, counted from 0. */
const warmUps: readonly (readonly [view: string, where: string, columns: Readonly<Record<string, number>>])[] = [
  [
    'intraday_reversal',
    "symbol = 'SPY'",
    { close_return: 1, gap_return: 1, true_range: 1, close_location: 0, average_true_range_14: 14 },
  ],
  [
    'realized_volatility',
    "symbol = 'SPY'",
    {
      close_to_close_20: 20,
      zero_mean_20: 20,
      parkinson_20: 19,
      garman_klass_20: 19,
      rogers_satchell_20: 19,
      yang_zhang_20: 20,
      close_to_close_60: 60,
      parkinson_60: 59,
      yang_zhang_60: 60,
    },
  ],
  [
    'spread_estimates',
    "symbol = 'SPY'",
    {
      corwin_schultz_two_day: 1,
      amihud_illiquidity_21: 21,
      corwin_schultz_21: 21,
      abdi_ranaldo_21: 21,
      roll_21: 22,
      edge_21: 20,
    },
  ],
  ['volatility_index_levels', "symbol = 'VIX'", { change: 1, percentile_expanding: 251, percentile_252: 251 }],
  ['variance_risk_premium', 'true', { realized_volatility_21: 21, variance_risk_premium: 21 }],
  [
    'negative_gamma_proxy',
    'true',
    { is_below_mean_50: 49, is_volatility_rising: 20, is_vix_up: 1, is_negative_gamma_proxy: 49 },
  ],
  [
    'basket_comovement',
    "basket = 'sectors'",
    { dispersion: 1, average_correlation_20: 20, average_correlation_60: 60, beta_dominance_60: 60 },
  ],
  ['market_depth_state', "instrument = 'ES'", { depth_ratio: 20, depth_ratio_252: 252, depth_percentile_252: 251 }],
  ['etf_share_of_volume', "source = 'desk_report'", { etf_share: 0, etf_share_z: 60, etf_share_percentile_252: 251 }],
  ['fund_flows', "symbol = 'SPY'", { net_flow: 1, net_flow_5: 5, net_flow_fraction_5: 5 }],
  ['crowding', 'true', { mega_cap_return_20: 20, mega_cap_spread_20: 20 }],
  ['crash_precursors', 'true', { index_drawdown_252: 251, index_realized_volatility_20: 20 }],
  ['precursor_percentiles', "precursor = 'vix_close'", { percentile: 251, rarity: 0 }],
]

describe('the episode', () => {
  let lake: Lake
  beforeAll(async () => {
    lake = (await openTestLake({ folder: await episodeLake() })).lake
    await lake.refresh()
  })

  it.each(warmUps)('%s where %s', async (view, where, columns) => {
    const rows = await lake.engine.rows(`select * from ${view} where ${where} order by session`)
    const found = Object.keys(columns).map((name) => [name, rows.findIndex((row) => row[name] !== null)])
    expect(Object.fromEntries(found)).toEqual(columns)
  })

  it('has turbulence from the 253rd return on and no absorption ratio before 500', async () => {
    const rows = await lake.engine.rows(
      `select * from basket_comovement c left join systemic_risk r using (basket, session) where basket = 'sectors' order by session`,
    )
    expect(rows.findIndex(({ turbulence }) => turbulence !== null)).toBe(253)
    expect(rows.every(({ absorption_ratio }) => absorption_ratio === null)).toBe(true)
  })
})

describe('zero denominators and missing inputs', () => {
  const lakeWith = async (table: string, rows: readonly Record<string, unknown>[]) => {
    const { lake } = await openTestLake()
    await land(lake, table, rows)
    return lake
  }

  it('give NULL, neither zero nor infinity', async () => {
    const breadth = await lakeWith('market_breadth', [{ session: '2025-11-20', up_volume: 0, down_volume: 0 }])
    expect(await breadth.engine.rows('select down_volume_share, is_90_percent_down_day from breadth')).toEqual([
      { down_volume_share: null, is_90_percent_down_day: null },
    ])
    const depth = await lakeWith('market_depth', [
      { session: '2025-11-19', metric: 'top_of_book_usd', value: 0, sample_count: '' },
      { session: '2025-11-20', metric: 'top_of_book_usd', value: 5e6, sample_count: 59 },
    ])
    expect(
      await depth.engine.rows(
        'select depth_usd, depth_ratio, is_depth_vacuum from market_depth_state order by session',
      ),
    ).toEqual([
      { depth_usd: 0, depth_ratio: null, is_depth_vacuum: null },
      { depth_usd: null, depth_ratio: null, is_depth_vacuum: null },
    ])
    const [none] = await depth.engine.rows(`select impact_bps from price_impact where is_default and depth_usd = 0`)
    expect(none).toEqual({ impact_bps: null })
  })
})
