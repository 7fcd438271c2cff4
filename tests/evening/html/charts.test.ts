/** Lines of a chart: each series is one path with a point for each row, and what is not comparable is never joined. */
import { describe, expect, it } from 'vitest'
import { sessionsBetween } from '../../../calendar/sessions.ts'
import { dayPath } from '../../../evening/html/charts/day.ts'
import { apart } from '../../../evening/html/charts/frame.ts'
import { newDocument } from '../../../evening/html/document.ts'
import type { Exhibit } from '../../../evening/html/exhibit.ts'
import { eveningSections } from '../../../evening/html/sections/index.ts'
import { type Language, languages, saying } from '../../../evening/language/language.ts'

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

const days2024 = sessionsBetween('2024-04-16', '2024-05-10').map(({ session }) => session)
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

describe('the axis of sessions', () => {
  const axisOf = (language: Language, sessions: readonly string[]) => {
    const document = newDocument()
    const own = { session: sessions.at(-1)!, language, say: saying(language), document }
    const chart = exhibits.find(({ id }) => id === 'score_year')!.chart!
    document.body.innerHTML = chart.draw(
      sessions.map((each, i) => ({ session: each, score: 40 + i })),
      own,
    ).outerHTML
    const ticks = [...document.querySelectorAll('g[aria-label="x-axis tick label"] text')]
    return ticks.map(({ children, textContent }) =>
      children.length ? [...children].map((line) => line.textContent).join(' ') : textContent,
    )
  }

  it.each(languages)('has a tick for each of a few sessions, and no hours (%s)', (language) => {
    const first = language === 'en' ? 'Apr 16 2024' : '4月16日 2024年'
    const next = language === 'en' ? ['Apr 17', 'Apr 18'] : ['4月17日', '4月18日']
    expect(axisOf(language, days2024.slice(0, 1))).toEqual([first])
    expect(axisOf(language, days2024.slice(0, 3))).toEqual([first, ...next])
    for (let count = 1; count <= days2024.length; count++)
      for (const tick of axisOf(language, days2024.slice(0, count)))
        expect(tick, `${count}`).not.toMatch(/\d:\d|[AP]M|[上下]午|时/)
  })
})

it('the regular hours on the clock have edges that can be seen', () => {
  const document = newDocument()
  const chart = exhibits.find(({ id }) => id === 'timeline')!.chart!
  const rows = [{ occurred_at: '2025-11-20T13:30:00.000Z', kind: 'nonfarm_payrolls', title: 'x' }]
  document.body.innerHTML = chart.draw(rows, { ...context, document }).outerHTML
  const [ground] = document.querySelectorAll('rect[aria-label="regular hours"]')
  const edges = [...document.querySelectorAll('line[aria-label="edge of regular hours"]')]
  const [x, width] = ['x', 'width'].map((name) => Number(ground!.getAttribute(name)))
  expect(edges.map((edge) => Math.round(Number(edge.getAttribute('x1'))))).toEqual([x!, x! + width!].map(Math.round))
  for (const edge of edges) {
    const stroke = edge.getAttribute('stroke') ?? edge.closest('[stroke]')!.getAttribute('stroke')
    expect(stroke).toBe('var(--faint)')
  }
})

it('the numbers of catalysts that come close together stand beside one another, in order', () => {
  const minute = (at_minute: number) => ({ symbol: 'SPY', at_minute, return_since_previous_close: 0.01 })
  const namesOf = (instants: readonly string[]) => {
    const document = newDocument()
    const marks = instants.map((at) => ({ at, title: 'a catalyst' }))
    document.body.innerHTML = dayPath([minute(0), minute(389)], { ...context, document }, marks).outerHTML
    const texts = [...document.querySelectorAll('g[aria-label="text"] text')].map(({ textContent }) => textContent)
    expect([...document.querySelectorAll('g[aria-label="rule"] [aria-label="catalyst"]')]).toHaveLength(marks.length)
    return texts.filter((text) => !text!.includes('SPY'))
  }
  expect(namesOf(['2025-11-19T21:20:00Z', '2025-11-20T13:30:00Z', '2025-11-20T16:00:00Z'])).toEqual(['1, 2', '3'])
  expect(namesOf(['2025-11-20T13:30:00Z', '2025-11-20T16:00:00Z', '2025-11-20T19:00:00Z'])).toEqual(['1', '2', '3'])
})
