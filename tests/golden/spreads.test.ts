/** Spread and volatility estimators on the series that registries ship: GOOG 2004 to 2013, S&P 500 2000 to 2020. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { beforeAll, describe, expect, it } from 'vitest'
import { compute } from '../../pipeline/compute/compute.ts'
import { importFiles } from '../../pipeline/ingest/import-files.ts'
import type { Lake } from '../../pipeline/lake/lake.ts'
import { candleColumns, expectGolden, horizonColumns, isSameNumber } from '../support/golden.ts'
import { openTestLake, writeInput } from '../support/lake.ts'
import { describeShared, sharedCsv, sharedText } from '../support/shared.ts'

/** The file of the package has no end of its last line, which landing takes for a cut. */
const vega = () =>
  `${readFileSync(createRequire(import.meta.url).resolve('vega-datasets/data/sp500-2000.csv'), 'utf8')}\n`

/** The vendor's open equals the previous close on a third of all days, so values derived from it are NULL here. */
const lakeOf = async (symbol: string, csv: string): Promise<Lake> => {
  const { lake } = await openTestLake()
  expect(await importFiles(lake, 'daily_bars', [writeInput('bars.csv', csv)], { symbol })).toMatchObject({
    error: null,
  })
  for (const { error } of await compute(lake)) expect(error).toBeNull()
  return lake
}

const spreads = {
  cs_2day_neg: 'corwin_schultz_two_day',
  cs_21_mean_zero: 'corwin_schultz_21',
  chl_21: 'abdi_ranaldo_21',
  chl_2day_21: 'abdi_ranaldo_two_day_21',
  roll_21: 'roll_21',
  amihud_21_x1e6: 'amihud_illiquidity_21',
}

/** Summary statistics by name: the view and column that they summarise. */
const summarised: Readonly<Record<string, readonly [view: string, expression: string]>> = {
  vol_cc_20: ['realized_volatility', 'close_to_close_20'],
  vol_cc0_20: ['realized_volatility', 'zero_mean_20'],
  vol_parkinson_20: ['realized_volatility', 'parkinson_20'],
  vol_gk_20: ['realized_volatility', 'garman_klass_20'],
  vol_rs_20: ['realized_volatility', 'rogers_satchell_20'],
  vol_yz_20: ['realized_volatility', 'yang_zhang_20'],
  gap_pct: ['intraday_reversal', 'gap_return'],
  ret_cc: ['intraday_reversal', 'close_return'],
  range_pct_prev: ['intraday_reversal', 'range_fraction'],
  tr_pct: ['intraday_reversal', 'true_range_fraction'],
  clv: ['intraday_reversal', 'close_location'],
  amihud_21_x1e6: ['spread_estimates', 'amihud_illiquidity_21'],
  cs_2day_zero: [
    'spread_estimates',
    'case when corwin_schultz_two_day > 0 then corwin_schultz_two_day when corwin_schultz_two_day <= 0 then 0 end',
  ],
  cs_2day_neg: ['spread_estimates', 'corwin_schultz_two_day'],
  cs_2day_neg_noovernight: ['spread_estimates', 'corwin_schultz_two_day_raw'],
  cs_21_mean_zero: ['spread_estimates', 'corwin_schultz_21'],
  chl_21: ['spread_estimates', 'abdi_ranaldo_21'],
  chl_2day_21: ['spread_estimates', 'abdi_ranaldo_two_day_21'],
  roll_21: ['spread_estimates', 'roll_21'],
}
const counted: Readonly<Record<string, string>> = {
  gap_and_reverse_sum: 'is_gap_and_reverse',
  bear_engulf_sum: 'is_bearish_engulfing',
  is_stale_open_sum: 'is_stale_open',
}
const usesOpens = ['vol_gk_20', 'vol_rs_20', 'vol_yz_20', 'gap_pct', 'gap_and_reverse_sum', 'bear_engulf_sum']

const expectSummary = async (lake: Lake, dataset: string, features: (name: string) => boolean) => {
  const golden = sharedCsv('golden/summary_stats.csv').filter(
    (row) => row.dataset === dataset && features(row.feature!),
  )
  expect(golden.length).toBeGreaterThan(10)
  for (const row of golden) {
    const flag = counted[row.feature!]
    if (flag) {
      const [found] = await lake.engine.rows(
        `select sum(case when ${flag} then 1 else 0 end) as n from intraday_reversal`,
      )
      expect(found?.n, row.feature).toBe(Number(row.mean))
      continue
    }
    const [view, expression] = summarised[row.feature!]!
    const [found] = await lake.engine.rows<Record<string, number>>(
      `select count(x) as n, avg(x) as mean, stddev_samp(x) as std, min(x) as min, max(x) as max from (select ${expression} as x from ${view})`,
    )
    for (const statistic of ['n', 'mean', 'std', 'min', 'max']) {
      expect(
        isSameNumber(found?.[statistic], row[statistic]),
        `${row.feature} ${statistic}: ${found?.[statistic]}`,
      ).toBe(true)
    }
    const [at] = await lake.engine.rows(
      `select session from (select session, ${expression} as x from ${view}) where x is not null order by x desc, session limit 1`,
    )
    expect(at?.session, row.feature).toBe(row.argmax_date)
  }
}

describeShared('GOOG 2004 to 2013', () => {
  let lake: Lake
  beforeAll(async () => {
    lake = await lakeOf('GOOG', sharedText('data/panel/GOOG_2004_2013.csv').replace(/^,/, 'session,'))
  })

  it('spreads equal the golden file', async () => {
    await expectGolden(lake, 'select * from spread_estimates', sharedCsv('golden/liquidity_goog_2008.csv'), spreads)
  })

  it('EDGE equals the golden file of its authors', async () => {
    await expectGolden(lake, 'select * from spread_estimates', sharedCsv('golden/edge_goog_2008.csv'), {
      edge_21: 'edge_21',
    })
    const [row] = await lake.engine.rows(`select edge_21 from spread_estimates where session = date '2008-10-10'`)
    expect(row?.edge_21).toBeCloseTo(0.021291, 6)
  })

  it('summary statistics are the golden ones', async () => {
    await expectSummary(lake, 'goog', () => true)
  })
})

describeShared('S&P 500 2000 to 2020, whose vendor has no real opens before about 2008', () => {
  let lake: Lake
  beforeAll(async () => {
    lake = await lakeOf('SPX', vega())
  })

  it('volatility over 20 and 60 sessions equals the golden file', async () => {
    const columns = Object.fromEntries(
      [20, 60].flatMap((n) => [
        [`cc_${n}`, `close_to_close_${n}`],
        [`cc0_${n}`, `zero_mean_${n}`],
        [`parkinson_${n}`, `parkinson_${n}`],
        [`gk_${n}`, `garman_klass_${n}`],
        [`rs_${n}`, `rogers_satchell_${n}`],
        [`yz_${n}`, `yang_zhang_${n}`],
      ]),
    )
    await expectGolden(lake, 'select * from realized_volatility', sharedCsv('golden/vol_spx_vega_2020.csv'), columns)
  })

  it('candles equal the golden file', async () => {
    await expectGolden(
      lake,
      'select * from intraday_reversal',
      sharedCsv('golden/candle_spx_vega_2020.csv'),
      candleColumns,
    )
  })

  it('gap and reverse: two sessions, the returns after them, and the distance between them', async () => {
    const golden = sharedCsv('golden/gap_reverse_vega.csv')
    await expectGolden(lake, 'select * from gap_and_reverse where threshold = 0.01', golden, {
      ordinal: 'ordinal',
      sessions_since_prev: 'sessions_since_previous',
      gap_pct: 'gap_return',
      ret_cc: 'close_return',
    })
    await expectGolden(lake, 'select * from label_forward_drawdown', golden, horizonColumns)
  })

  it('summary statistics that need no open equal the golden ones', async () => {
    await expectSummary(lake, 'vega_spx', (name) => !usesOpens.includes(name))
  })

  it('values that need an open are fewer than in the golden statistics, which count stale opens too', async () => {
    const golden = sharedCsv('golden/summary_stats.csv').find(
      (row) => row.dataset === 'vega_spx' && row.feature === 'gap_pct',
    )
    const [found] = await lake.engine.rows(
      'select count(gap_return) as n, count(case when year(session) between 2001 and 2006 then gap_return end) as stale from intraday_reversal',
    )
    expect(Number(found?.n)).toBeLessThan(Number(golden?.n))
    expect(found?.stale).toBe(0)
  })
})

describe('spread estimates', () => {
  it('are NULL until their window is complete, and after a missing session', async () => {
    const days = (
      await (
        await openTestLake()
      ).lake.engine.rows<{ session: string }>(
        `select session from calendar where session >= date '2025-10-01' order by session limit 24`,
      )
    ).map(({ session }) => session)
    const csv = (sessions: readonly string[]) =>
      [
        'session,open,high,low,close,volume',
        ...sessions.map((day, i) => `${day},${100.5 + (i % 3)},${104 + (i % 2)},97,${101 + (i % 2)},1000`),
        '',
      ].join('\n')
    const whole = await lakeOf('AAA', csv(days))
    const filled = await whole.engine.rows<Record<string, number | null>>(
      'select * from spread_estimates order by session',
    )
    const first = (name: string) => filled.findIndex((row) => row[name] !== null)
    expect(first('corwin_schultz_two_day')).toBe(1)
    expect(first('amihud_illiquidity_21')).toBe(21)
    expect(first('corwin_schultz_21')).toBe(21)
    expect(first('abdi_ranaldo_21')).toBe(21)
    expect(first('roll_21')).toBe(22)
    expect(first('edge_21')).toBe(20)
    const broken = await lakeOf('AAA', csv(days.filter((day) => day !== '2025-10-15')))
    const [left] = await broken.engine.rows(
      'select count(amihud_illiquidity_21) + count(corwin_schultz_21) + count(abdi_ranaldo_21) + count(roll_21) + count(edge_21) as n from spread_estimates',
    )
    expect(left?.n).toBe(0)
  })

  it('leave Amihud NULL over a session without volume', async () => {
    const sessions = Array.from({ length: 30 }, (_, i) => i)
    const calendar = await (await openTestLake()).lake.engine.rows<{ session: string }>(
      `select session from calendar where session >= date '2025-09-02' order by session limit 30`,
    )
    const csv = [
      'session,open,high,low,close,volume',
      ...sessions.map((i) => `${calendar[i]!.session},100,102,99,${100 + (i % 2)},${i === 25 ? 0 : 1000}`),
      '',
    ].join('\n')
    const lake = await lakeOf('AAA', csv)
    const found = await lake.engine.rows('select amihud_illiquidity_21 as x from spread_estimates order by session')
    expect(found.map(({ x }) => x !== null)).toEqual(sessions.map((i) => i >= 21 && i < 25))
  })
})
