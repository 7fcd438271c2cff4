/** The score and its evaluation: its components, when it is NULL, and that a riskier value never lowers it. */
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { knowledgeOf } from '../../../calendar/knowledge.ts'
import { alarmRecord } from '../../../evaluate/alarms.ts'
import { evaluate } from '../../../evaluate/evaluate.ts'
import { areaIntervals, areaUnderCurve } from '../../../evaluate/ranking.ts'
import { evaluationReport } from '../../../evaluate/report.ts'
import { brierSkill, isotonic, walkForward } from '../../../evaluate/walk-forward.ts'
import { placesOf } from '../../../pipeline/compute/percentiles.ts'
import type { Lake } from '../../../pipeline/lake/lake.ts'
import { fewestCovered, fewestGroups, precursors } from '../../../schemas/precursors.ts'
import { precursorPercentiles } from '../../../schemas/tables/precursor_percentiles.ts'
import { openTestLake } from '../../support/lake.ts'
import { describeShared, sharedCsv } from '../../support/shared.ts'
import { episodeLake, realLake } from '../../support/shared-lakes.ts'

const knowledge = knowledgeOf({ source: 'compute', known_at: '2025-11-21T01:00:00.000Z', known_basis: 'assumed' })

/** Scores of one session from the percentiles of its precursors, through the views. */
const scoring = async () => {
  const { lake } = await openTestLake()
  await lake.refresh()
  return async (percentiles: readonly (number | null)[]) => {
    const rows = precursors.map(({ column, group, direction }, i) => ({
      session: '2025-11-20',
      precursor: column,
      precursor_group: group,
      direction,
      value: 1,
      observation_count: 300,
      percentile: percentiles[i] ?? null,
      rarity: 0.5,
      ...knowledge,
    }))
    await lake.engine.load(`${precursorPercentiles.name}_given`, precursorPercentiles.columns, rows)
    await lake.engine.run(
      `create or replace view ${precursorPercentiles.name} as select *, 2025 as year from ${precursorPercentiles.name}_given`,
    )
    const [row] = await lake.engine.rows<{ score: number | null; coverage: number; group_count: number }>(
      `select s.*, c.total from precursor_score s
       cross join (select sum(contribution) as total from precursor_contributions where level = 'group') c`,
    )
    return row
  }
}

describe('the score', () => {
  let scoreOf: Awaited<ReturnType<typeof scoring>>
  beforeAll(async () => {
    scoreOf = await scoring()
  })

  it('is 100 if every precursor is at its highest, and gives groups of any size equal weights', async () => {
    expect(await scoreOf(precursors.map(() => 1))).toMatchObject({ score: 100, coverage: 1, group_count: 7 })
    const onlyPrice = await scoreOf(precursors.map(({ group }) => (group === 'price' ? 1 : 0)))
    expect(onlyPrice?.score).toBeCloseTo(100 / 7, 10)
    const onlyMacro = await scoreOf(precursors.map(({ group }) => (group === 'macro' ? 1 : 0)))
    expect(onlyMacro?.score).toBeCloseTo(100 / 7, 10)
  })

  it('leaves a group of which nothing is known out of the mean and names it, and contributions still add up', async () => {
    const without = (...groups: string[]) =>
      scoreOf(precursors.map(({ group }) => (groups.includes(group) ? null : group === 'price' ? 1 : 0.25)))
    expect(await without('macro')).toMatchObject({
      group_count: 6,
      score: expect.closeTo((100 * (1 + 5 * 0.25)) / 6, 10),
      total: expect.closeTo((100 * (1 + 5 * 0.25)) / 6, 10),
      macro_percentile: null,
      missing_groups: 'macro',
    })
    expect(await without('flow', 'macro')).toMatchObject({
      score: expect.closeTo((100 * (1 + 4 * 0.25)) / 5, 10),
      total: expect.closeTo((100 * (1 + 4 * 0.25)) / 5, 10),
      missing_groups: 'flow, macro',
    })
    expect(await without()).toMatchObject({ missing_groups: null })
  })

  it('is NULL below 60 % of its precursors and below three groups', async () => {
    const enough = Math.ceil(fewestCovered * precursors.length)
    const known = (n: number) => precursors.map((_, i) => (i < n ? 0.5 : null))
    expect((await scoreOf(known(enough)))?.score).toBeCloseTo(50, 10)
    expect((await scoreOf(known(enough - 1)))?.score).toBeNull()
    expect(fewestGroups).toBe(3)
    const twoGroups = precursors.map(({ group }) => (group === 'price' || group === 'volatility' ? 0.5 : null))
    expect((await scoreOf(twoGroups))?.score).toBeNull()
  })

  it('never falls if the percentile of a precursor rises', async () => {
    const place = fc.oneof({ weight: 5, arbitrary: fc.double({ min: 0, max: 1, noNaN: true }) }, fc.constant(null))
    await fc.assert(
      fc.asyncProperty(
        fc.array(place, { minLength: precursors.length, maxLength: precursors.length }),
        fc.nat(precursors.length - 1),
        fc.double({ min: 0, max: 1, noNaN: true }),
        async (percentiles, raised, by) => {
          const before = await scoreOf(percentiles)
          if (!before || before.score === null || percentiles[raised] == null) return
          const higher = percentiles.map((each, i) => (i === raised ? each! + (1 - each!) * by : each))
          expect((await scoreOf(higher))!.score!).toBeGreaterThanOrEqual(before.score - 1e-9)
        },
      ),
      { numRuns: 60, seed: 20251120 },
    )
  })
})

describe('a percentile against its own history', () => {
  it('never falls if the value is riskier, for either direction of risk', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -20, max: 20 }), { minLength: 2, maxLength: 60 }),
        fc.nat(20),
        fc.constantFrom(1 as const, -1 as const),
        (values, by, direction) => {
          const last = values.length - 1
          const placed = (all: readonly number[]) => placesOf(Float64Array.from(all), direction, 1)
          const before = placed(values)
          const after = placed(values.map((value, i) => (i === last ? value + by * direction : value)))
          expect(after.percentile[last]).toBeGreaterThanOrEqual(before.percentile[last]!)
          expect(after.rarity[last]).toBeLessThanOrEqual(before.rarity[last]!)
        },
      ),
      { seed: 20251120 },
    )
  })

  it('equals a direct count, skips unknown values, and is NULL until there is enough history', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.integer({ min: 0, max: 9 }), fc.constant(Number.NaN)), { maxLength: 50 }),
        fc.integer({ min: 1, max: 10 }),
        (values, fewest) => {
          const places = placesOf(Float64Array.from(values), 1, fewest)
          for (const [i, value] of values.entries()) {
            const past = values.slice(0, i + 1).filter((each) => !Number.isNaN(each))
            const isPlaced = !Number.isNaN(value) && past.length >= fewest
            const [below, equal] = [
              past.filter((each) => each < value).length,
              past.filter((each) => each === value).length,
            ]
            if (isPlaced) expect(places.percentile[i]).toBeCloseTo((below + equal / 2) / past.length, 12)
            else expect(places.percentile[i]).toBeNaN()
          }
        },
      ),
      { seed: 20251120 },
    )
  })
})

describe('contributions', () => {
  it('of the groups sum to the score, and of the precursors to their group', async () => {
    const { lake } = await openTestLake({ folder: await episodeLake() })
    await lake.refresh()
    const off = await lake.engine.rows(
      `select session, level, score, sum(contribution) as total from precursor_contributions where score is not null
       group by session, level, score having abs(sum(contribution) - score) > 1e-9`,
    )
    expect(off).toEqual([])
    const [scored] = await lake.engine.rows(`select count(score) as n from precursor_score`)
    expect(Number(scored?.n)).toBeGreaterThan(50)
    const apart = await lake.engine.rows(
      `select g.session, g.component from precursor_contributions g
       join (select session, precursor_group, sum(contribution) as total from precursor_contributions where level = 'precursor' group by session, precursor_group) p
         on p.session = g.session and p.precursor_group = g.component
       where g.level = 'group' and abs(g.contribution - p.total) > 1e-9`,
    )
    expect(apart).toEqual([])
  })
})

describe('the evaluation', () => {
  it('ranks by the area under the curve: 1 for separated values, one half for ties and noise', () => {
    const area = (values: number[], outcomes: number[]) =>
      areaUnderCurve({ values: Float64Array.from(values), outcomes: Uint8Array.from(outcomes) })
    expect(area([1, 2, 3, 4], [0, 0, 1, 1])).toBe(1)
    expect(area([4, 3, 2, 1], [0, 0, 1, 1])).toBe(0)
    expect(area([1, 1, 1, 1], [0, 1, 0, 1])).toBe(0.5)
    expect(area([1, 2, 2, 3], [0, 1, 0, 1])).toBe(0.875)
  })

  it('finds no difference between a predictor and itself', () => {
    const values = Float64Array.from({ length: 300 }, (_, i) => Math.sin(i))
    const outcomes = Uint8Array.from(values, (_, i) => (i % 7 === 0 ? 1 : 0))
    let state = 1
    const random = () => {
      state = (state * 16807) % 2147483647
      return state / 2147483647
    }
    const { differences } = areaIntervals([values, values], outcomes, { block: 20, resamples: 50, random })
    expect(differences[0]).toEqual([0, 0])
  })

  it('fits non-decreasing probabilities, and uses no outcome that was not known', () => {
    const fit = isotonic([1, 2, 3, 4, 5, 5], [0, 1, 0, 1, 1, 0])
    expect([0, 1, 2, 3, 4, 5, 9].map(fit)).toEqual([0, 0, 0.5, 0.5, 2 / 3, 2 / 3, 2 / 3])
    const years = Array.from({ length: 40 }, (_, i) => 2000 + Math.floor(i / 10))
    const values = Float64Array.from(years, (_, i) => i % 5)
    const outcomes = Uint8Array.from(years, (_, i) => (i % 5 === 4 ? 1 : 0))
    const known = walkForward(values, outcomes, years, 3, 10)
    expect(known.positions[0]).toBe(20)
    expect(brierSkill(known, outcomes)).toBe(1)
    // Outcomes within the embargo and after it do not change the forecasts of the year.
    const later = outcomes.map((outcome, i) => (i >= 17 ? 1 - outcome : outcome))
    const changed = walkForward(values, later, years, 3, 10)
    expect([...changed.probabilities.slice(0, 10)]).toEqual([...known.probabilities.slice(0, 10)])
  })

  it('counts episodes, leads and false alarms', () => {
    const flags = (positions: readonly number[]) =>
      Uint8Array.from({ length: 252 }, (_, i) => (positions.includes(i) ? 1 : 0))
    const alarms = flags([45, 50, 120, 201])
    const outcomes = flags([50, 51, 55, 100, 200, 201])
    const numbers = Float64Array.from({ length: 252 }, (_, i) => 1000 + i)
    const record = { episodes: 3, caught: 2, caughtInTime: 1, medianLead: 2, alarms: 3, falseAlarmsPerYear: 1 }
    expect(alarmRecord(alarms, outcomes, numbers, 10, 10)).toEqual(record)
    // Thirty sessions are missing after position 50: the outcomes on both sides are two episodes.
    const missing = numbers.map((number, i) => (i > 50 ? number + 30 : number))
    expect(alarmRecord(alarms, outcomes, missing, 10, 10)).toMatchObject({ episodes: 4, caught: 2, medianLead: 2 })
    // With the missing sessions, the alarm at position 45 is more than ten sessions before the start at position 50.
    const before = numbers.map((number, i) => (i > 45 ? number + 30 : number))
    expect(alarmRecord(alarms, outcomes, before, 10, 10)).toMatchObject({
      caughtInTime: 1,
      medianLead: -0.5,
      alarms: 4,
    })
  })

  it('reports an error if a lake does not have both drawdowns and other sessions', async () => {
    const { lake } = await openTestLake()
    await expect(evaluate(lake)).rejects.toThrow(/holds 0 sessions of GSPC.*import or backfill a longer history/)
  })
})

describeShared('the evaluation of the real series', () => {
  let lake: Lake
  beforeAll(async () => {
    lake = (await openTestLake({ folder: await realLake() })).lake
  })

  it('finds an area of 0.703 for VIX alone, and prints the paired difference of the score', async () => {
    const evaluation = await evaluate(lake)
    const golden = new Map(sharedCsv('golden/feature_auc_dd5_h20.csv').map((row) => [row.feature, row]))
    const found = new Map(evaluation.rankings.map((each) => [each.name, each]))
    const vix = found.get('vix_close')!
    expect(vix.from).toBe('1990-12-28')
    expect(Math.abs(vix.area - 0.703)).toBeLessThan(0.005)
    const expected = golden.get('vix')!
    expect(Math.abs(vix.area - Number(expected.auc))).toBeLessThan(0.001)
    expect(vix.interval[0]).toBeCloseTo(Number(expected.auc_lo95), 1)
    expect(vix.interval[1]).toBeCloseTo(Number(expected.auc_hi95), 1)
    expect(vix.precision).toBeCloseTo(Number(expected.precision_top5pct), 2)
    expect(Math.abs(found.get('vix_change')!.area - Number(golden.get('vix_chg_1d')?.auc))).toBeLessThan(0.005)
    const [all] = evaluation.comparisons
    expect(all?.difference).toBeCloseTo(all!.score - all!.vix, 12)
    expect(all!.differenceInterval[0]).toBeLessThan(all!.difference)
    expect(all!.differenceInterval[1]).toBeGreaterThan(all!.difference)
    expect(evaluation.event).toMatchObject({ is_drawdown_5: false })
    const report = evaluationReport(evaluation)
    expect(report).toMatch(
      /^# Evaluation\n\n\*\*The score (does not beat|ranks better than|ranks worse than) VIX alone\.\*\*/,
    )
    expect(report).toContain('this session does not precede a drawdown')
  })

  it('counts drawdowns like the measured base rates, up to small differences between index histories', async () => {
    const last = '2026-07-23'
    for (const row of sharedCsv('golden/label_base_rates_spx_1990_2026.csv')) {
      const [found] = await lake.engine.rows<{ n: number; positive: number }>(
        `with numbered as (
           select l.*, c.session_number, (select session_number from calendar where session = date '${last}') - c.session_number as left_over
           from label_forward_drawdown l join calendar c using (session) where symbol = 'GSPC' and session between date '1990-01-02' and date '${last}'
         )
         select count(*) as n, sum(case when forward_minimum_return_${row.H} <= ${row.thr} then 1 else 0 end) as positive from numbered where left_over >= ${row.H}`,
      )
      expect(found?.n, `${row.H} ${row.thr}`).toBe(Number(row.n))
      expect(Math.abs(found!.positive - Number(row.n_pos)), `${row.H} ${row.thr}`).toBeLessThanOrEqual(3)
    }
  })

  it('gives base rates for both benchmarks, and far fewer runs than sessions', async () => {
    const rates = await lake.engine.rows<Record<string, number>>(
      `select * from label_base_rates where horizon = 20 and depth = 0.05 order by symbol`,
    )
    expect(rates.map(({ symbol }) => symbol)).toEqual(['GSPC', 'SPY'])
    for (const rate of rates) {
      expect(rate.base_rate).toBeCloseTo(rate.drawdown_count! / rate.session_count!, 12)
      expect(rate.base_rate).toBeGreaterThan(0.1)
      expect(rate.run_count).toBeLessThan(rate.drawdown_count! / 5)
    }
  })
})
