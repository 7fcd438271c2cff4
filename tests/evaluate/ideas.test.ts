/** `evaluate` for any target and idea: golden areas, planted predictors, random predictors, and the ledger of tries. */
import { randomLcg, randomNormal } from 'd3-random'
import { beforeAll, describe, expect, it } from 'vitest'
import { sessionsBetween } from '../../calendar/sessions.ts'
import { refuseCondition } from '../../evaluate/condition.ts'
import { corrected } from '../../evaluate/correction.ts'
import { averagePrecision, precisionAtTop, reliability, rocCurve } from '../../evaluate/curves.ts'
import { evaluateIdea, fieldsOf } from '../../evaluate/evaluate-idea.ts'
import { drawdownsOf, outcomesOf, parseLabel } from '../../evaluate/question.ts'
import { areaUnderCurve } from '../../evaluate/ranking.ts'
import { trialOf } from '../../evaluate/trial.ts'
import type { Lake } from '../../pipeline/lake/lake.ts'
import { land } from '../support/import.ts'
import { copyFolder, newFolder, openTestLake } from '../support/lake.ts'
import { describeShared, sharedCsv } from '../support/shared.ts'
import { realLake } from '../support/shared-lakes.ts'

const idea = { target: 'GSPC', label: '0.05x20', subset: 'all', predictors: ['early_warning'] }

describeShared('early warning on real series', () => {
  it('ranks falls with the areas and intervals of the golden file', async () => {
    const folder = newFolder()
    copyFolder(await realLake(), folder)
    const { lake } = await openTestLake({ folder })
    for (const golden of sharedCsv('golden/early_warning_evaluation.csv')) {
      const [answer] = await evaluateIdea(lake, { ...idea, subset: golden.subset! })
      const found = fieldsOf(answer!)
      expect(found).toMatchObject({ from: golden.from_session, sessions: Number(golden.sessions) })
      expect(found.base_rate).toBeCloseTo(Number(golden.base_rate), 9)
      for (const [ours, theirs] of [
        [found.auc, golden.auc_early_warning],
        [found.auc_vix, golden.auc_vix],
        [found.difference, golden.difference],
      ] as const)
        expect(Math.abs(ours - Number(theirs))).toBeLessThan(0.002)
      expect(Math.abs(found.low - Number(golden.low))).toBeLessThan(0.01)
      expect(Math.abs(found.high - Number(golden.high))).toBeLessThan(0.01)
      expect(found.corrected_low).toBeLessThan(found.low)
      expect(found.corrected_high).toBeGreaterThan(found.high)
    }
    await lake.close()
  })
})

/** A simulated market of some years in which nothing ranks falls. */
const simulated = (seed: number) => {
  const random = randomLcg(seed)
  const normal = randomNormal.source(random)(0, 1)
  const days = sessionsBetween('2015-01-02', '2025-11-20').map(({ session }) => session)
  let [level, volatility] = [100, 0.01]
  const closes = days.map(() => {
    volatility = Math.exp(0.97 * Math.log(volatility) + 0.03 * Math.log(0.011) + 0.08 * normal())
    level *= Math.exp(0.0003 + volatility * normal())
    return level
  })
  const numbers = Float64Array.from(days.keys())
  return { days, random, normal, series: { sessions: days, numbers, closes: Float64Array.from(closes) } }
}

describe('a random predictor', () => {
  it('is significant in about one of twenty raw tries and in none after the correction', () => {
    const { days, normal, series } = simulated(0.11)
    const outcomes = outcomesOf(series, parseLabel('0.05x20'))
    const tries = 60
    const trials = Array.from({ length: tries }, () => {
      const values = series.closes.map(() => normal())
      const vix = series.closes.map(() => normal())
      const trial = trialOf({ ...series, outcomes, vix, values, isWanted: days.map(() => true) }, 20)
      if (typeof trial === 'string') throw new Error(trial)
      return trial
    })
    const isAway = ([low, high]: readonly [number, number], from: number) => low > from || high < from
    const raw = trials.filter((each) => isAway(each.differenceInterval, 0)).length
    const afterwards = trials.filter((each) => isAway(corrected(each.difference, each.differenceInterval, tries), 0))
    expect(raw).toBeLessThan(tries * 0.15)
    expect(afterwards).toEqual([])
    const againstNoise = trials.filter((each) => isAway(each.areaInterval, 0.5)).length
    expect(againstNoise).toBeGreaterThan(0)
    expect(againstNoise).toBeLessThan(tries * 0.15)
    expect(trials.filter((each) => isAway(corrected(each.area, each.areaInterval, tries), 0.5))).toEqual([])
  })
})

describe('a planted predictor', () => {
  let lake: Lake
  const { days, normal, series } = simulated(0.29)
  const outcomes = outcomesOf(series, parseLabel('0.05x20'))
  const evening = (session: string) => `${session}T23:00:00Z`
  const known = (name: string, value: (i: number) => number) =>
    days.flatMap((session, i) => {
      const each = value(i)
      return Number.isNaN(each) ? [] : [{ series: name, session, value: each, known_at: evening(session) }]
    })
  const noise = days.map(() => normal())

  beforeAll(async () => {
    lake = (await openTestLake()).lake
    const bars = days.map((session, i) => {
      const close = series.closes[i]!
      return { session, open: close, high: close, low: close, close, volume: 1000 }
    })
    await land(lake, 'daily_bars', bars, { symbol: 'GSPC', source: 'desk' })
    const closes = days.map((session, i) => ({ session, close: 15 * Math.exp(0.3 * noise[i]!) }))
    await land(lake, 'volatility_indices', closes, { symbol: 'VIX', source: 'desk' })
    const order = [...series.closes].sort((a, b) => a - b)
    await land(lake, 'analyst_series', [
      ...known('label_of_tomorrow', (i) => outcomes[i + 1] ?? Number.NaN),
      ...known('label_of_yesterday', (i) => outcomes[i - 1] ?? Number.NaN),
      ...known('full_sample_percentile', (i) => (order.indexOf(series.closes[i]!) + 1) / order.length),
      ...known('honest', () => normal()),
      ...known('other', () => normal()),
    ])
    const today = days.map((session) => ({ series: 'estimated_today', session, value: normal() }))
    await land(lake, 'analyst_series', today)
  })

  it.each([
    ['analyst_series.label_of_tomorrow', /is refused: it ranks falls with an area of at least 0\.[89]/],
    ['analyst_series.label_of_yesterday', /is refused: it ranks falls with an area of at least 0\.[89]/],
    ['analyst_series.full_sample_percentile', /is refused: its values are the percentiles of the whole sample/],
    ['analyst_series.estimated_today', /has no value that was known on the evening of a session/],
    ['label_forward_drawdown.is_drawdown_5', /is a label view, which shows what became known later/],
    ['session_facts.index_close', /is a fact view, which shows what became known later/],
  ])('%s is refused as looking ahead', async (name, message) => {
    const asked = evaluateIdea(lake, { ...idea, predictors: [name] })
    await expect(asked).rejects.toMatchObject({ name: 'LookAheadError', message: expect.stringMatching(message) })
  })

  it.each([
    ['fund_shares.nav', /fund_shares is a table: it holds every vintage/],
    ['nothing', /crash_precursors has no column of numbers nothing/],
    ['breadth.declining_share', /has a row per exchange, session, source, and not one per session/],
  ])('%s is refused as a wrong question', async (name, message) => {
    await expect(evaluateIdea(lake, { ...idea, predictors: [name] })).rejects.toThrow(message)
  })

  it.each([
    ['vix_close < 0', /honest: no session of the sample has a value .* and lies in the subset$/],
    ['foo > 1', /^--subset foo > 1 is not a condition on columns of crash_precursors .*: [^\n]*"foo"[^\n]*$/],
    ['vix_close <', /^--subset vix_close < is not a condition on columns of crash_precursors/],
  ])('is refused for the subset %s, with the reason in one line', async (subset, message) => {
    await expect(evaluateIdea(lake, { ...idea, predictors: ['analyst_series.honest'], subset })).rejects.toThrow(
      message,
    )
  })

  it.each([
    'lead(vix_close, 20) over (order by session) < 20',
    'avg(vix_close) over (order by session rows between 251 preceding and current row) > 20',
    'vix_close > avg(vix_close)',
    "vix_close > max(vix_close) filter (session < date '2020-01-01')",
    'count(*) > 1',
    'case when vix_close > 1 then row_number() over () > 5 end',
  ])('is refused for the subset %s, which reads other sessions', async (subset) => {
    const asked = evaluateIdea(lake, { ...idea, predictors: ['analyst_series.honest'], subset })
    await expect(asked).rejects.toMatchObject({
      name: 'LookAheadError',
      message: expect.stringMatching(/reads other sessions, and could look ahead\. For a trailing window use a column/),
    })
  })

  it.each([
    ...['random() < 0.5', 'session < now()', 'session < current_date', 'session < CURRENT_TIMESTAMP'],
    ...['vix_close > length(cast(uuid() as varchar))', "vix_close > nextval('a')", 'session < today()'],
  ])('is refused for the subset %s, which another run would answer differently', async (subset) => {
    const asked = evaluateIdea(lake, { ...idea, predictors: ['analyst_series.honest'], subset })
    await expect(asked).rejects.toThrow(/has another value in another run, so that the result could not be repeated/)
  })

  it.each([
    ['age(session) > interval 1 day', /the function age\(\) is not allowed/],
    ["getenv('HOME') = 'x'", /the function getenv\(\) is not allowed/],
    ['columns(*) > 1', /an expression of the kind star is not allowed/],
    ['rowid > 5', /no column "rowid"/],
    ['vix_close > 1, vix_close > 2', /is not a condition on columns of crash_precursors/],
    ['vix_close > 1) or (vix_close > 2) from crash_precursors where (true', /without a query in it/],
    ['true) using sample (5', /without a query in it/],
    ['', /^--subset is empty: give all, calm, or a condition/],
    [' ', /^--subset is empty/],
  ])('is refused for the subset "%s"', async (subset, message) => {
    await expect(evaluateIdea(lake, { ...idea, predictors: ['analyst_series.honest'], subset })).rejects.toThrow(
      message,
    )
  })

  it.each(['target', 'label'])('is refused for an empty %s', async (option) => {
    const asked = { ...idea, predictors: ['analyst_series.honest'], [option]: '' }
    await expect(evaluateIdea(lake, asked)).rejects.toThrow(new RegExp(`^--${option} is empty`))
  })

  it.each([
    'vix_close between 10 and 20 and not (index_drawdown_252 < -0.03 or vix_close is null)',
    "year(session) >= 2017 and session > date '2017-01-01' - interval 3 days -- a comment",
    'coalesce(abs(vix_close), 0) + 2 * 3 > 9 and month(session) in (1, 2, 3) and crash_precursors.VIX_CLOSE % 2 >= 0',
    'case when extract(year from session) > 2018 then round(vix_close) > 3 else true end',
  ])('accepts the subset %s', async (subset) => {
    await expect(refuseCondition(lake.engine, subset)).resolves.toBeUndefined()
    await expect(
      lake.engine.rows(`select count(case when (${subset}\n) then 1 end) as n from crash_precursors`),
    ).resolves.toHaveLength(1)
  })

  it('in a subset cannot be smuggled in by a query', async () => {
    const subset = 'session in (select session from label_forward_drawdown where is_drawdown_5)'
    await expect(evaluateIdea(lake, { ...idea, predictors: ['analyst_series.honest'], subset })).rejects.toThrow(
      /must be a condition on columns of crash_precursors/,
    )
  })

  it('that is honest is evaluated, every question stays in the ledger once, and the correction widens with it', async () => {
    const asked = { ...idea, predictors: ['analyst_series.honest'] }
    const [first] = await evaluateIdea(lake, asked)
    expect(first).toMatchObject({ tries: 1, alternatives: 0 })
    expect(first!.correctedInterval).toEqual(first!.trial.differenceInterval)
    expect((await evaluateIdea(lake, asked))[0]!.tries).toBe(1)
    const [calm] = await evaluateIdea(lake, { ...asked, subset: 'calm' })
    expect(calm!.tries).toBe(2)
    expect(calm!.trial.sessions).toBeLessThan(first!.trial.sessions)
    const both = await evaluateIdea(lake, { ...idea, predictors: ['analyst_series.honest', '-analyst_series.other'] })
    expect(both.map(({ predictor, tries }) => [predictor, tries])).toEqual([
      ['analyst_series.honest', 3],
      ['-analyst_series.other', 3],
    ])
    expect(both[0]!.correctedInterval[0]).toBeLessThan(first!.correctedInterval[0])
    await lake.refresh()
    const [ledger] = await lake.engine.rows('select count(*) as n, min(source) as source from evaluation_tries')
    expect(ledger).toEqual({ n: 3, source: 'evaluate' })
  })
})

describe('the measures', () => {
  const values = Float64Array.from([1, 2, 2, 3, 5, 4])
  const outcomes = Uint8Array.from([0, 1, 0, 0, 1, 1])

  it('agree with counts by hand', () => {
    const curve = rocCurve(values, outcomes)
    const area = curve
      .slice(1)
      .reduce(
        (sum, each, i) =>
          sum + ((each.falseAlarmRate - curve[i]!.falseAlarmRate) * (each.hitRate + curve[i]!.hitRate)) / 2,
        0,
      )
    expect(area).toBeCloseTo(areaUnderCurve({ values, outcomes }), 12)
    expect(averagePrecision(values, outcomes)).toBeCloseTo(1 / 3 + 1 / 3 + (1 / 3) * (3 / 5), 12)
    expect(precisionAtTop(values, outcomes, 0.05)).toBe(1)
    expect(precisionAtTop(values, outcomes, 0.75)).toBeCloseTo(3 / 5, 12)
    expect(reliability(Float64Array.from([0.1, 0.2, 0.8, 0.9]), [0, 0, 1, 0], 2)).toEqual([
      { count: 2, forecast: expect.closeTo(0.15, 12), observed: 0 },
      { count: 2, forecast: expect.closeTo(0.85, 12), observed: 0.5 },
    ])
  })

  it('stretch an interval by the quantile of Bonferroni', () => {
    expect(corrected(1, [0, 3], 1)).toEqual([0, 3])
    const [low, high] = corrected(0, [-1.959963985, 1.959963985], 20)
    expect(high).toBeCloseTo(3.0233414, 6)
    expect(low).toBeCloseTo(-high, 12)
    expect(corrected(0, [-1.959963985, 1.959963985], 1000)[1]).toBeCloseTo(4.055627, 6)
  })

  it('know a fall only when its horizon has passed and no close in it is missing', () => {
    const closes = (numbers: number[], values: number[]) => ({
      sessions: numbers.map(String),
      numbers: Float64Array.from(numbers),
      closes: Float64Array.from(values),
    })
    const label = parseLabel('0.05x2')
    expect([...outcomesOf(closes([1, 2, 3, 4], [100, 99, 95, 95]), label)]).toEqual([1, 0, Number.NaN, Number.NaN])
    expect([...outcomesOf(closes([1, 2, 4, 5], [100, 99, 95, 95]), label)]).toEqual(Array(4).fill(Number.NaN))
    const long = closes([...Array(253).keys()], [...Array(252).fill(100), 97])
    expect([...drawdownsOf(long).slice(250)]).toEqual([Number.NaN, 0, expect.closeTo(-0.03, 12)])
    expect(() => parseLabel('5x20')).toThrow(/no label 5x20/)
    expect(() => parseLabel('0.05x0')).toThrow(/no label/)
  })
})
