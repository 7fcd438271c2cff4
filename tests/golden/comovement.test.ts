/** Correlation, absorption and turbulence of real baskets against golden values. */
import { gunzipSync } from 'node:zlib'
import { parse } from 'csv-parse/sync'
import { stringify } from 'csv-stringify/sync'
import { expect, it } from 'vitest'
import { compute } from '../../pipeline/compute/compute.ts'
import { importFiles } from '../../pipeline/ingest/import-files.ts'
import { expectGolden } from '../support/golden.ts'
import { openTestLake, writeInput } from '../support/lake.ts'
import { describeShared, sharedBytes, sharedCsv } from '../support/shared.ts'
import { realLake } from '../support/shared-lakes.ts'

const eigenvalues = 1e-7

describeShared('comovement of real series', () => {
  it('equals the golden file for eight sectors, including percentiles', async () => {
    const { lake } = await openTestLake({ folder: await realLake() })
    await lake.refresh()
    const golden = sharedCsv('golden/sectors_8.csv')
    await expectGolden(lake, "select * from basket_comovement where basket = 'sectors'", golden, {
      avg_corr_20: 'average_correlation_20',
      avg_corr_60: 'average_correlation_60',
      dispersion: 'dispersion',
      mean_r2_60_spy: 'beta_dominance_60',
    })
    await expectGolden(lake, "select * from systemic_risk where basket = 'sectors'", golden, {
      turbulence_252: 'turbulence',
    })
    const absorption = { absorption_500_hl250_k2: 'absorption_ratio', ar_shift_15_252: 'absorption_shift' }
    const shift = "select * from absorption_shift where basket = 'sectors'"
    await expectGolden(lake, shift, golden, absorption, eigenvalues)
    await expectGolden(lake, "select * from comovement_percentiles where basket = 'sectors'", golden, {
      avg_corr_20_percentile: 'average_correlation_20_percentile',
      turbulence_percentile: 'turbulence_percentile',
    })
    const [event] = await lake.engine.rows(
      `select * from comovement_percentiles where basket = 'sectors' and session = date '2025-11-20'`,
    )
    expect(event?.average_correlation_20).toBeCloseTo(0.27, 3)
    expect(Number(event?.average_correlation_20_percentile)).toBeLessThan(0.11)
  })

  it('equals the golden file for an imported basket of twenty stocks with closes only', async () => {
    const { lake } = await openTestLake()
    const closes = parse(gunzipSync(sharedBytes('data/panel/stocks_20_close_1990_2022.csv.gz')), {
      columns: true,
    }) as Record<string, string>[]
    const symbols = Object.keys(closes[0]!).filter((name) => name !== 'Date')
    const bars = closes
      .filter(({ Date: day }) => day! >= '2004-01-01' && day! <= '2009-01-31')
      .flatMap((row) =>
        symbols.map((symbol) => {
          const close = row[symbol]
          return { symbol, session: row.Date, open: close, high: close, low: close, close }
        }),
      )
    const file = writeInput('bars.csv', stringify(bars, { header: true }))
    expect(await importFiles(lake, 'daily_bars', [file], { source: 'panel' })).toMatchObject({ status: 'ok' })
    const members = writeInput(
      'basket.csv',
      stringify(
        symbols.map((symbol) => ({ symbol })),
        { header: true },
      ),
    )
    expect(await importFiles(lake, 'baskets', [members], { basket: 'stocks_20' })).toMatchObject({ status: 'ok' })
    for (const { error } of await compute(lake)) expect(error).toBeNull()
    const golden = sharedCsv('golden/panel_20stocks_2008.csv')
    const of = (view: string) => `select * from ${view} where basket = 'stocks_20'`
    await expectGolden(lake, of('basket_comovement'), golden, {
      avg_corr_20: 'average_correlation_20',
      avg_corr_60: 'average_correlation_60',
      dispersion_ew: 'dispersion',
      mean_r2_60: 'beta_dominance_60',
    })
    await expectGolden(lake, of('systemic_risk'), golden, { turbulence_252: 'turbulence' })
    const absorption = {
      absorption_500_hl250_k4: 'absorption_ratio',
      absorption_500_equal_k4: 'absorption_ratio_unweighted',
    }
    await expectGolden(lake, of('systemic_risk'), golden, absorption, eigenvalues)
    const shift = { ar_shift_15_252: 'absorption_shift' }
    await expectGolden(lake, of('absorption_shift'), golden, shift, eigenvalues)
  })
})
