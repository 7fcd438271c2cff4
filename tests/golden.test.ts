/** Real series, imported and ingested as an analyst would, against golden values. */
import { readdirSync } from 'node:fs'
import { beforeAll, expect, it } from 'vitest'
import { compute } from '../pipeline/compute/compute.ts'
import { importFiles, ingestPayload, sourceNamed } from '../pipeline/ingest.ts'
import type { Lake } from '../pipeline/lake.ts'
import { openTestLake } from './support/lake.ts'
import { describeShared, sharedCsv, sharedPath } from './support/shared.ts'

const tolerance = 1e-9

const sameNumber = (found: number | null | undefined, expected: string | undefined) => {
  if (expected === '' || expected === undefined) return found === null
  const wanted = Number(expected)
  if (found === null || found === undefined) return false
  return Math.abs(found - wanted) <= tolerance * Math.max(Math.abs(wanted), 1e-6)
}

/** Golden column to ours; golden files write 12 digits, hence comparison at their precision. */
const reversalColumns = {
  gap_pct: 'gap_return',
  ret_cc: 'close_return',
  ret_oc: 'open_to_close_return',
  range_pct_prev: 'range_fraction',
  tr: 'true_range',
  clv: 'close_location',
  fade_from_high: 'fade_from_high',
  gap_retrace: 'gap_retrace',
}
const volatilityColumns = {
  vol_cc: 'close_to_close_20',
  vol_parkinson: 'parkinson_20',
  vol_gk: 'garman_klass_20',
  vol_rs: 'rogers_satchell_20',
  vol_yz: 'yang_zhang_20',
}
const indexColumns = {
  close: 'close',
  change: 'change',
  change_pct: 'change_fraction',
  percentile_expanding: 'percentile_expanding',
  percentile_252: 'percentile_252',
  sessions_since_ge: 'sessions_since_higher_close',
  sessions_since_ge_high: 'sessions_since_higher_high',
}

describeShared('features on real series', () => {
  let lake: Lake
  const goldenOf = (prefix: string) =>
    readdirSync(sharedPath('golden'))
      .filter((name) => name.startsWith(prefix) && name.endsWith('.csv'))
      .map((name) => name.slice(prefix.length, -'.csv'.length))

  beforeAll(async () => {
    lake = (await openTestLake()).lake
    for (const symbol of goldenOf('features_')) {
      const outcome = await importFiles(lake, 'daily_bars', [sharedPath('data/bars', `${symbol}.csv`)], {
        symbol,
        source: 'yahoo_adjusted',
      })
      expect(outcome.error).toBeNull()
    }
    for (const index of goldenOf('volatility_')) {
      const file = sharedPath('data/cboe', `${index}_History.csv`)
      const outcome = await ingestPayload(lake, sourceNamed('cboe_volatility'), file, { key: index })
      expect(outcome).toMatchObject({ status: 'ok', error: null })
    }
    await lake.refresh()
  })

  const compare = async (
    sql: string,
    golden: readonly Record<string, string>[],
    columns: Readonly<Record<string, string>>,
  ) => {
    const rows = new Map(
      (await lake.engine.rows<Record<string, number | null>>(sql)).map((row) => [String(row.session), row]),
    )
    const differences = golden.flatMap((expected) =>
      Object.entries(columns)
        .filter(
          ([theirs, ours]) => theirs in expected && !sameNumber(rows.get(expected.session!)?.[ours], expected[theirs]),
        )
        .map(
          ([theirs, ours]) =>
            `${expected.session} ${ours}: expected ${expected[theirs]}, got ${rows.get(expected.session!)?.[ours]}`,
        ),
    )
    expect(golden.length).toBeGreaterThan(0)
    expect(differences).toEqual([])
  }

  it.each(goldenOf('features_'))('%s: candles and volatility equal the golden file', async (symbol) => {
    const golden = sharedCsv(`golden/features_${symbol}.csv`)
    await compare(`select * from intraday_reversal where symbol = '${symbol}'`, golden, reversalColumns)
    await compare(`select * from realized_volatility where symbol = '${symbol}'`, golden, volatilityColumns)
    const flags = await lake.engine.rows<{
      session: string
      is_bearish_engulfing: boolean
      is_stale_open: boolean
      is_gap_and_reverse: boolean
    }>(`select * from intraday_reversal where symbol = '${symbol}'`)
    const byDay = new Map(flags.map((row) => [row.session, row]))
    for (const row of golden) {
      expect(byDay.get(row.session!)).toMatchObject({
        is_bearish_engulfing: row.bear_engulf === '1',
        is_gap_and_reverse: row.gap_and_reverse === '1',
        is_stale_open: row.is_stale_open === 'True',
      })
    }
  })

  it.each(goldenOf('volatility_'))('%s: levels and percentiles equal the golden file', async (index) => {
    const golden = sharedCsv(`golden/volatility_${index}.csv`)
    // Golden counts rows of the file; where the file lacks sessions between, ours counts sessions of the calendar.
    await compare(`select * from volatility_index_levels where symbol = '${index}'`, golden, indexColumns)
  })

  it.each(goldenOf('gap_and_reverse_'))(
    '%s: gap above 1 percent and lower close on exactly the golden sessions',
    async (symbol) => {
      const golden = sharedCsv(`golden/gap_and_reverse_${symbol}.csv`).map((row) => row.session)
      const found = await lake.engine.rows<{ session: string }>(
        `select session from intraday_reversal where symbol = '${symbol}' and gap_return > 0.01 and close_return < 0 order by session`,
      )
      expect(found.map((row) => row.session)).toEqual(golden)
    },
  )

  it('has no open-derived value of the S&P 500 while its opens were stale, before 2008', async () => {
    const [row] = await lake.engine.rows<{ bars: number; derived: number }>(
      `select count(*) as bars, count(gap_return) + count(open_to_close_return) + count(gap_retrace) + count(is_bearish_engulfing) as derived
       from intraday_reversal where symbol = 'GSPC' and session < date '2008-01-01'`,
    )
    expect(row).toEqual({ bars: 12_838, derived: 0 })
  })

  it('shows 2025-11-20 as published', async () => {
    const [vix] = await lake.engine.rows(`select * from volatility_regime where session = date '2025-11-20'`)
    expect(vix).toMatchObject({
      vix_close: 26.42,
      higher_close_on: '2025-04-24',
      sessions_since_higher_close: 146,
      higher_high_on: '2025-10-17',
      sessions_since_higher_high: 24,
    })
    expect(vix?.vix_term_structure).toBeCloseTo(1.0256, 4)
  })

  it('absorption ratio and turbulence of the sectors equal the golden file', async () => {
    expect(await compute(lake)).toMatchObject([{ status: 'ok' }])
    const columns = { absorption_500_hl250_k2: 'absorption_ratio', turbulence_252: 'turbulence' }
    await compare('select * from systemic_risk', sharedCsv('golden/sectors_8.csv'), columns)
  })

  it('rejects by name what the calendar and the bar rules refuse', async () => {
    const rejected = await lake.engine.rows<{ bronze_key: string; reason: string; n: number }>(
      `select any_value(reason) as reason, count(*) as n from rejected_rows group by regexp_replace(reason, '[0-9][0-9.:-]*', '#', 'g') order by n`,
    )
    expect(rejected.map((row) => [row.n, row.reason.replace(/[0-9][0-9.:-]*/g, '#')])).toEqual([
      [1, 'high must not be below open or close: open #, high #, close #'],
      [1754, 'session # is outside the calendar, # to #'],
    ])
  })
})
