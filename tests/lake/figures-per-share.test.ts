/** Results per share are derived and compared on one share basis: quarters, growth, surprises (../shared/cases). */
import { beforeAll, describe, expect, it } from 'vitest'
import { importFiles, ingestPayload } from '../../pipeline/ingest/import-files.ts'
import { sourceNamed } from '../../sources/index.ts'
import { land } from '../support/import.ts'
import { openTestLake, type TestLake } from '../support/lake.ts'
import { describeShared, sharedPath } from '../support/shared.ts'

const open = () => openTestLake({ at: '2026-11-23T15:00:00Z' })
const ask = async ({ lake }: TestLake, sql: string) => {
  await lake.refresh()
  return lake.engine.rows<Record<string, number | null>>(sql)
}

interface Figure {
  readonly concept: string
  readonly period_start: string
  readonly period_end: string
  readonly value: number
  readonly known_at: string
}
const figure = (concept: string, period: string, value: number, known_at: string): Figure => {
  const [period_start, period_end] = period.split('/') as [string, string]
  return { concept, period_start, period_end, value, known_at }
}
const split = (session: string, split_factor: number, known_at = `${session}T09:00:00-05:00`) => ({
  session,
  action: 'split',
  split_factor,
  dividend: '',
  known_at,
})
type Split = ReturnType<typeof split>

/** Lands the figures and splits of many cases at once, each under a symbol of its own. */
const landCases = async (
  { lake }: TestLake,
  cases: readonly { figures: readonly Figure[]; splits: readonly Split[]; estimates?: readonly object[] }[],
) => {
  const named = <T extends object>(of: (each: (typeof cases)[number]) => readonly T[]) =>
    cases.flatMap((each, i) => of(each).map((row) => ({ symbol: `CASE${i}`, ...row })))
  await land(
    lake,
    'earnings',
    named(({ figures }) => figures.map((row) => ({ ...row, accession: row.known_at }))),
    {
      source: 'desk',
    },
  )
  await land(
    lake,
    'corporate_actions',
    named(({ splits }) => splits),
    { source: 'bars' },
  )
  const estimates = named(({ estimates = [] }) => estimates)
  if (estimates.length) await land(lake, 'earnings_estimates', estimates, { source: 'street' })
}

describeShared('recorded figures', () => {
  it('a fourth quarter across a split', async () => {
    const test = await open()
    const file = sharedPath('cases', 'eps-derived/eps.csv')
    expect(await importFiles(test.lake, 'earnings', [file], {})).toMatchObject({ error: null, rejectedCount: 0 })
    const [quarter] = await ask(
      test,
      "select round(value, 9) as value, is_derived from quarterly_results where period_end = date '2020-09-26'",
    )
    expect(quarter).toEqual({ value: 0.74, is_derived: true })
    const [growth] = await ask(
      test,
      "select quarter_on_quarter from earnings_growth where period_end = date '2020-09-26'",
    )
    expect(growth?.quarter_on_quarter).toBeCloseTo(0.74 / (2.58 / 4) - 1, 9)
  })

  it('growth of NVDA across its splits of 2021 and 2024', async () => {
    const test = await open()
    const facts = { key: '0001045810' }
    const file = sharedPath('data', 'sec', 'companyfacts_CIK0001045810_subset.json')
    expect(await ingestPayload(test.lake, sourceNamed('sec_facts'), file, facts)).toMatchObject({ error: null })
    const rows = await ask(
      test,
      `select period_end, year_on_year, quarter_on_quarter from earnings_growth
       where symbol = 'NVDA' and concept = 'eps_diluted' and source = 'sec_facts' order by period_end`,
    )
    const of = (period: string) => rows.find(({ period_end }) => String(period_end) === period)
    expect(of('2024-07-28')?.year_on_year).toBeCloseTo(0.67 / 0.25 - 1, 9)
    expect(of('2021-08-01')?.year_on_year).toBeCloseTo(2.76, 2)
    expect(of('2024-07-28')?.quarter_on_quarter).toBeCloseTo(0.67 / 0.598 - 1, 9)
    expect(await ask(test, 'select evidence, effective_at, split_factor from reported_splits order by 2')).toEqual([
      { evidence: 'comparative', effective_at: '2021-08-21T02:00:00.000Z', split_factor: 4 },
      { evidence: 'comparative', effective_at: '2024-08-29T02:00:00.000Z', split_factor: 10 },
    ])
    const since = rows.filter(({ period_end }) => String(period_end) > '2016')
    for (const { period_end, year_on_year, quarter_on_quarter } of since) {
      expect(Math.abs(quarter_on_quarter ?? 0), String(period_end)).toBeLessThan(2.1)
      expect(year_on_year, String(period_end)).toBeGreaterThan(-0.8)
    }
  })
})

const [october, december, february] = ['2024-10-30T21:00:00Z', '2024-12-05T21:00:00Z', '2025-02-10T21:00:00Z'] as const
const [nineMonths, year] = ['2024-01-01/2024-09-30', '2024-01-01/2024-12-31'] as const

describe('a fourth quarter per share', () => {
  const both = (concept: string) => (nine: number, whole: number) => [
    figure(concept, nineMonths, nine, october),
    figure(concept, year, whole, february),
  ]
  const [eps, income] = [both('eps_diluted'), both('net_income')]
  const cases: readonly [
    name: string,
    figures: readonly Figure[],
    splits: readonly Split[],
    expected: number | null,
  ][] = [
    ['a loss, which net income shows', [...eps(3, 2.5), ...income(300, 250)], [], -0.5],
    ['a split, which net income shows', [...eps(9, 2.5), ...income(900, 1250)], [], 2.5 - 9 / 5],
    ['a split that a corporate action tells', eps(9, 2.6), [split('2024-11-18', 5)], 2.6 - 9 / 5],
    [
      'a split that is told after the figures show it',
      eps(9, 2.6),
      [split('2024-11-18', 5, '2025-06-02T13:00:00Z')],
      2.6 - 9 / 5,
    ],
    ['a loss after a split that was told', eps(9, 1.5), [split('2024-11-18', 5)], 1.5 - 9 / 5],
    ['a split before both', [...eps(3, 2.5), ...income(300, 250)], [split('2024-08-19', 5)], -0.5],
    ['two splits between them', eps(9, 0.5), [split('2024-11-04', 10), split('2024-12-16', 3)], 0.5 - 9 / 30],
    ['a reverse split that was told', eps(0.3, 4), [split('2024-11-18', 0.1)], 4 - 0.3 / 0.1],
    ['a share count that nobody explains: left out', [...eps(0.3, 4), ...income(300, 400)], [], null],
    ['unclear, and left out', eps(3, 2.5), [], null],
    [
      'nine months that were amended before the year',
      [...eps(3, 4), figure('eps_diluted', nineMonths, 2.8, december)],
      [],
      1.2,
    ],
    [
      'an amendment of the year after it was filed',
      [...eps(3, 4), figure('eps_diluted', year, 4.2, '2025-04-01T13:00:00Z')],
      [],
      1,
    ],
    [
      'an amendment on the new basis',
      [...eps(9, 2.6), figure('eps_diluted', nineMonths, 1.8, december)],
      [],
      2.6 - 1.8,
    ],
  ]
  let values: Map<string, number>
  beforeAll(async () => {
    const test = await open()
    await landCases(
      test,
      cases.map(([, figures, splits]) => ({ figures, splits })),
    )
    const rows = await ask(
      test,
      "select symbol, value from quarterly_results where concept = 'eps_diluted' and period_end = date '2024-12-31'",
    )
    values = new Map(rows.map(({ symbol, value }) => [String(symbol), value as number]))
  })

  it.each(cases.map(([name, , , expected], i) => [name, i, expected] as const))('%s', (_, i, expected) => {
    const value = values.get(`CASE${i}`)
    if (expected === null) expect(value).toBeUndefined()
    else expect(value).toBeCloseTo(expected, 9)
  })
})

describe('growth per share', () => {
  const quarters = {
    '2023-03': '2023-01-01/2023-03-31',
    '2023-12': '2023-10-01/2023-12-31',
    '2024-03': '2024-01-01/2024-03-31',
    '2024-06': '2024-04-01/2024-06-30',
  } as const
  const eps = (quarter: keyof typeof quarters, value: number, known_at: string) =>
    figure('eps_diluted', quarters[quarter], value, known_at)
  const [may23, feb24, may24, aug24] = [
    '2023-05-01T21:00:00Z',
    '2024-02-05T21:00:00Z',
    '2024-05-06T21:00:00Z',
    '2024-08-05T21:00:00Z',
  ] as const
  const old = [eps('2023-03', 3.94, may23), eps('2023-12', 5, feb24)]
  const cases: readonly [
    name: string,
    figures: readonly Figure[],
    splits: readonly Split[],
    expected: { readonly yoy?: number; readonly qoq?: number },
  ][] = [
    ['without a split', [...old, eps('2024-03', 6, may24)], [], { yoy: 6 / 3.94 - 1, qoq: 6 / 5 - 1 }],
    [
      'with a split that was told',
      [...old, eps('2024-03', 0.6, may24)],
      [split('2024-04-01', 10)],
      { yoy: 0.6 / 0.394 - 1, qoq: 0.6 / 0.5 - 1 },
    ],
    [
      'with a comparative of the later filing',
      [...old, eps('2024-03', 0.6, may24), eps('2023-03', 0.39, may24)],
      [],
      { yoy: 0.6 / 0.39 - 1, qoq: 0.6 / 0.5 - 1 },
    ],
    [
      'with a comparative and a split that was told',
      [...old, eps('2024-03', 0.6, may24), eps('2023-03', 0.39, may24)],
      [split('2024-04-01', 10)],
      { yoy: 0.6 / 0.39 - 1, qoq: 0.6 / 0.5 - 1 },
    ],
    [
      'with a figure that was amended',
      [...old, eps('2023-03', 4.4, feb24), eps('2024-03', 6, may24)],
      [],
      { yoy: 6 / 4.4 - 1 },
    ],
    [
      'as filed while a split is not known',
      [...old, eps('2024-03', 0.6, may24)],
      [split('2024-04-01', 10, '2024-07-01T13:00:00Z')],
      { yoy: 0.6 / 3.94 - 1 },
    ],
    [
      'with a split that two sources tell one session apart',
      [...old, eps('2024-03', 0.6, may24)],
      [split('2024-04-01', 10), split('2024-04-02', 10)],
      { qoq: 0.6 / 0.5 - 1 },
    ],
  ]
  let test: TestLake
  beforeAll(async () => {
    test = await open()
    const late = [...old, eps('2024-03', 0.6, may24), eps('2024-06', 0.7, aug24)]
    await landCases(test, [
      ...cases.map(([, figures, splits]) => ({ figures, splits })),
      { figures: late, splits: [split('2024-04-01', 10, '2024-07-01T13:00:00Z')] },
    ])
  })
  const growthOf = async (symbol: string, period_end: string) => {
    const [row] = await ask(
      test,
      `select year_on_year as yoy, quarter_on_quarter as qoq from earnings_growth where symbol = '${symbol}' and period_end = date '${period_end}'`,
    )
    return row
  }

  it.each(cases.map(([name, , , expected], i) => [name, i, expected] as const))('%s', async (_, i, expected) => {
    const row = await growthOf(`CASE${i}`, '2024-03-31')
    for (const [name, value] of Object.entries(expected)) expect(row?.[name], name).toBeCloseTo(value, 9)
  })

  it('a figure that was filed between the split and its becoming known is on the new basis', async () => {
    expect((await growthOf(`CASE${cases.length}`, '2024-06-30'))?.qoq).toBeCloseTo(0.7 / 0.6 - 1, 9)
  })
})

describe('a split that only a difference shows', () => {
  it('is corrected by a later comparative', async () => {
    const test = await open()
    const eps = (period: string, value: number, known_at: string) => figure('eps_diluted', period, value, known_at)
    const [may, august] = ['2025-05-05T21:00:00Z', '2025-08-04T21:00:00Z'] as const
    // Four to one would give an even fourth quarter. The split is five to one.
    const figures = [
      eps('2024-01-01/2024-03-31', 3, '2024-05-06T21:00:00Z'),
      eps('2024-04-01/2024-06-30', 3, '2024-08-05T21:00:00Z'),
      eps(nineMonths, 9, october),
      eps(year, 3, february),
      eps('2025-01-01/2025-03-31', 0.75, may),
      eps('2024-01-01/2024-03-31', 0.6, may),
      eps('2025-04-01/2025-06-30', 0.9, august),
    ]
    await landCases(test, [{ figures, splits: [split('2024-11-18', 5, '2025-09-01T13:00:00Z')] }])
    expect(
      await ask(test, 'select evidence, effective_at, split_factor, known_at from reported_splits order by known_at'),
    ).toEqual([
      {
        evidence: 'difference',
        effective_at: '2025-02-10T21:00:00.000Z',
        split_factor: 4,
        known_at: '2025-02-10T21:00:00.000Z',
      },
      {
        evidence: 'comparative',
        effective_at: '2025-02-10T21:00:00.000Z',
        split_factor: 1.25,
        known_at: '2025-05-05T21:00:00.000Z',
      },
    ])
    const growth = await ask(
      test,
      "select year_on_year from earnings_growth where period_end in (date '2025-03-31', date '2025-06-30') order by period_end",
    )
    expect(growth[0]?.year_on_year).toBeCloseTo(0.75 / 0.6 - 1, 9)
    expect(growth[1]?.year_on_year).toBeCloseTo(0.9 / (3 / 5) - 1, 9)
  })
})

describe('a surprise per share', () => {
  const quarter = '2024-04-29/2024-07-28'
  const [may, july, august] = ['2024-05-28T13:00:00Z', '2024-07-30T13:00:00Z', '2024-08-28T20:30:00Z'] as const
  const actual = figure('eps_diluted', quarter, 0.67, august)
  const restated = [
    figure('eps_diluted', '2023-05-01/2023-07-30', 2.48, '2023-08-29T02:00:00Z'),
    figure('eps_diluted', '2023-05-01/2023-07-30', 0.25, august),
  ]
  const expects = (value: number, known_at: string, concept = 'eps_diluted', period_end = '2024-07-28') => [
    { concept, period_end, estimate: 'consensus', value, known_at },
  ]
  const june = split('2024-06-10', 10)
  const cases: readonly [
    name: string,
    figures: readonly Figure[],
    splits: readonly Split[],
    estimates: readonly object[],
    expected: number,
  ][] = [
    ['an estimate before the split', [actual], [june], expects(6.4, may), 0.64],
    ['an estimate after the split', [actual], [june], expects(0.64, july), 0.64],
    ['an estimate before a split that only comparatives show', [actual, ...restated], [], expects(6.4, may), 0.64],
    ['an estimate after a split that only comparatives show', [actual, ...restated], [], expects(0.64, july), 0.64],
    [
      'a split that was told after the results',
      [actual],
      [split('2024-06-10', 10, '2024-10-01T13:00:00Z')],
      expects(6.4, may),
      6.4,
    ],
    ['an amount', [figure('revenue', quarter, 30e9, august)], [june], expects(28e9, may, 'revenue'), 28e9],
    [
      'guidance per share',
      [figure('eps_guidance', '2024-10-27/2024-10-27', 0.7, august)],
      [june],
      expects(7, may, 'eps_guidance', '2024-10-27'),
      0.7,
    ],
  ]
  const quarters = [
    '2023-07-01/2023-09-30',
    '2023-10-01/2023-12-31',
    '2024-01-01/2024-03-31',
    '2024-04-01/2024-06-30',
    '2024-07-01/2024-09-30',
  ]
  const filed = ['2023-10-25', '2024-01-25', '2024-04-25', '2024-07-25', '2024-10-25'].map((day) => `${day}T20:00:00Z`)
  const surprises = [0.1, 0.3, -0.2, 0.2, 0.05]
  const basis = (i: number) => (i === 4 ? 10 : 1)
  let test: TestLake
  beforeAll(async () => {
    test = await open()
    const series = {
      figures: quarters.map((period, i) => figure('eps_diluted', period, (5 + surprises[i]!) / basis(i), filed[i]!)),
      splits: [split('2024-08-12', 10)],
      estimates: quarters.flatMap((period, i) =>
        expects(5 / basis(i), filed[i]!.replace('T20', 'T10'), 'eps_diluted', period.slice(-10)),
      ),
    }
    await landCases(test, [...cases.map(([, figures, splits, estimates]) => ({ figures, splits, estimates })), series])
  })

  it.each(cases.map(([name, , , , expected], i) => [name, i, expected] as const))('%s', async (_, i, expected) => {
    const [row] = await ask(test, `select expected from earnings_surprises where symbol = 'CASE${i}'`)
    expect(row?.expected).toBeCloseTo(expected, 9)
  })

  it('is divided by the spread of earlier surprises on one basis', async () => {
    const [row] = await ask(
      test,
      `select standardized_surprise as z from earnings_surprises where symbol = 'CASE${cases.length}' and period_end = date '2024-09-30'`,
    )
    const mean = surprises.slice(0, 4).reduce((sum, each) => sum + each) / 4
    const spread = Math.sqrt(surprises.slice(0, 4).reduce((sum, each) => sum + (each - mean) ** 2, 0) / 3)
    expect(row?.z).toBeCloseTo(0.05 / spread, 9)
  })
})
