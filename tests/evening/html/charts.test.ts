/** Lines of a chart: each series is one path with a point for each row, and what is not comparable is never joined. */
import { describe, expect, it } from 'vitest'
import { sessionsBetween } from '../../../calendar/sessions.ts'
import { apart } from '../../../evening/html/charts/frame.ts'
import { newDocument } from '../../../evening/html/document.ts'
import type { Exhibit } from '../../../evening/html/exhibit.ts'
import { eveningSections } from '../../../evening/html/sections/index.ts'
import { saying } from '../../../evening/language/language.ts'

const session = '2025-11-20'
const exhibits = eveningSections(session, {}).flatMap(({ exhibits }): readonly Exhibit[] => exhibits)
const context = { session, language: 'en', say: saying('en'), document: newDocument() } as const

type Rows = Parameters<NonNullable<Exhibit['chart']>['draw']>[0]

/** The lines of a chart by the label of each: the number of its points. */
const drawn = (id: string, rows: Rows) => {
  const chart = exhibits.find((each) => each.id === id)!.chart!
  const document = newDocument()
  document.body.innerHTML = chart.draw(rows, { ...context, document }).outerHTML
  const points = [...document.querySelectorAll('g[aria-label="line"] path')].map((path) => [
    path.getAttribute('aria-label'),
    path.getAttribute('d')?.split(/[ML]/).slice(1).length,
  ])
  const labels = [...document.querySelectorAll('g[aria-label="text"] text')].map(({ textContent }) => textContent)
  return { points, labels, alternative: chart.alternative(rows, context) }
}

const days = ['2025-11-17', '2025-11-18', '2025-11-19', '2025-11-20']
const share = (definition: string, source: string, values: readonly number[]) =>
  days.map((session, i) => ({
    session,
    definition,
    source,
    etf_share: values[i]!,
    etf_share_mean_60: null,
    flag_coverage: null,
  }))

describe('the ETF share of volume', () => {
  const proxy = share('tape_b_proxy', 'cboe_market_volume', [0.2, 0.21, 0.2, 0.25])
  const reported = share('reported', 'desk', [0.28, 0.29, 0.28, 0.41])

  it('has a line for each definition and source, named, and a sentence for each', () => {
    const { points, alternative } = drawn('etf_share', [...reported, ...proxy])
    expect(points).toEqual([
      ['reported', 4],
      ['tape B proxy', 4],
    ])
    expect(alternative).toMatch(/\(reported\).*28.*41.*\(tape B proxy\).*20.*25/)
  })

  it('from two sources of one definition names the sources', () => {
    const { points } = drawn('etf_share', [...reported, ...share('reported', 'vendor', [0.3, 0.3, 0.3, 0.4])])
    expect(points.map(([name]) => name)).toEqual(['reported, desk', 'reported, vendor'])
  })

  it('of a single definition is one line', () => {
    const { points, alternative } = drawn('etf_share', proxy)
    expect(points).toEqual([['ETF share', 4]])
    expect(alternative).not.toContain('cboe_market_volume')
  })
})

describe('the figures of two sources', () => {
  it.each([
    ['depth', { depth_usd: 5e6, depth_mean_20: null }],
    ['gamma', { net_gamma: 1e9 }],
  ])('of %s are two lines', (id, figures) => {
    const rows = ['a', 'b'].flatMap((source) => days.map((session) => ({ session, source, ...figures })))
    expect(drawn(id, rows).points).toEqual([
      ['a', 4],
      ['b', 4],
    ])
  })
})

it('two indices in one chart are two lines', () => {
  const rows = days.map((session, i) => ({ session, vix_close: 20 + i, vix3m_close: 21 }))
  expect(drawn('vix', rows).points).toEqual([
    ['VIX', 4],
    ['VIX3M', 4],
  ])
})

describe('labels at the ends of lines', () => {
  it('stand apart if the lines end together, and stay in the chart', () => {
    expect(apart([100, 101, 102], 170, 20)).toEqual([100, 115, 130])
    expect(apart([168, 169], 170, 20)).toEqual([155, 170])
    expect(apart([10, 50], 170, 20)).toEqual([20, 50])
  })

  it('say the value, and its date if the line ends before the session', () => {
    const rows = ['a', 'b'].flatMap((source) =>
      days.slice(0, source === 'a' ? 4 : 3).map((session) => ({ session, source, net_gamma: 1.3e9 })),
    )
    const { labels } = drawn('gamma', rows)
    expect(labels).toEqual(['lit beyond $0', 'a $1.3 bn', 'b $1.3 bn (11-19)'])
  })
})

it('every line chart of the page is one path for each series with a point for each row', () => {
  const lineCharts = exhibits.filter(({ chart }) => chart?.columns)
  expect(lineCharts.length).toBeGreaterThan(4)
  for (const { id, chart } of lineCharts) {
    const rows = sessionsBetween('2024-11-20', session).map((each, i) => ({
      session: each.session,
      ...Object.fromEntries(chart!.columns!.map((column, n) => [column, 10 + n + Math.sin(i / 9)])),
    }))
    expect(drawn(id, rows).points, id).toEqual(
      chart!.columns!.map(() => [expect.stringMatching(/^[^_]+$/), rows.length]),
    )
  }
})
