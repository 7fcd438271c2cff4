/** The site of all evenings: whole, silent without a network, and written again only where something changed. */
import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { randomLcg, randomUniform } from 'd3-random'
import { parse } from 'node-html-parser'
import type { Browser, Locator } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { chartLibrary } from '../../../adapters/chart-library.ts'
import { siteInFolder } from '../../../adapters/site-folder.ts'
import { rarity } from '../../../evening/gather/rarity.ts'
import { figures } from '../../../evening/html/charts/frame.ts'
import type { LineData } from '../../../evening/html/exhibit.ts'
import { isEmpty } from '../../../evening/html/exhibit-html.ts'
import { gatherReport } from '../../../evening/html/gather-report.ts'
import { saying } from '../../../evening/language/language.ts'
import { plainNames } from '../../../evening/language/names.ts'
import { onAxis, whole } from '../../../evening/language/numbers.ts'
import { browserNumbers } from '../../../evening/site/browser-numbers.ts'
import { publishSite } from '../../../evening/site/publish.ts'
import { historiesOf, raritiesOf } from '../../../evening/site/rarities.ts'
import { compute } from '../../../pipeline/compute/compute.ts'
import type { Lake } from '../../../pipeline/lake/lake.ts'
import { tag } from '../../../pipeline/tag/tag.ts'
import { signals } from '../../../schemas/signals.ts'
import { marketMovers } from '../../../schemas/views/shared/coverage.ts'
import { describeBrowser, openBrowser, openFile } from '../../support/browser.ts'
import { cut } from '../../support/cut.ts'
import {
  chartsOnPaper,
  controlsOnPaper,
  faintTexts,
  listOf,
  noteCanvasTexts,
  searchIn,
  sortBy,
  wideTables,
  widthOf,
} from '../../support/in-page.ts'
import { newFolder, openTestLake } from '../../support/lake.ts'
import { episodeLake } from '../../support/shared-lakes.ts'

const event = '2025-11-20'
const evenings = 6
/** An evening whose first chart is the year up to it. */
const withoutBars = '2025-11-13'

/** Writes the site as the command does. Returns the paths that were written. */
const writeSite = async (lake: Lake, folder: string, count = evenings): Promise<readonly string[]> => {
  const options = { language: 'en', evenings: count, library: await chartLibrary() } as const
  return (await publishSite(lake, options, siteInFolder(folder))).written
}

describe('the numbers that a browser writes', () => {
  const own = new Function(`${browserNumbers}; return { written, onAxis }`)() as Record<
    'written' | 'onAxis',
    Record<string, (value: number) => string>
  >
  const written = {
    ...Object.fromEntries(Object.entries(figures).map(([name, each]) => [name, each.written])),
    count: whole,
  }
  const ticks = { ...onAxis, count: whole }
  const random = randomUniform.source(randomLcg(7))(-1, 1)
  const edges = [
    0, 1, -1, 0.01, 0.0099, 0.99949, 0.9996, 1e-4, 4.7e-7, -3e-8, 99.5, 999.6, 0.995, 4.6, 12.5, 1e6, 999_949,
  ]
  const values = [...edges, ...Array.from({ length: 2000 }, (_, i) => random() * 10 ** ((i % 24) - 9))]

  it.each(Object.keys(own.written))('are those of the texts: %s', (figure) => {
    expect(Object.keys(own.written).sort()).toEqual(Object.keys(written).sort())
    for (const value of values) {
      expect(own.written[figure]!(value), String(value)).toBe(written[figure as keyof typeof written]!(value))
      const tick = ticks[figure as keyof typeof ticks]
      expect(own.onAxis[figure]!(value), String(value)).toBe(tick(value))
    }
  })
})

describe('the site of an empty lake', () => {
  it('says that there is no evening', async () => {
    const { lake } = await openTestLake()
    await lake.refresh()
    const folder = newFolder()
    await writeSite(lake, folder)
    expect(readFileSync(join(folder, 'index.html'), 'utf8')).toContain('The lake holds no evening yet.')
    await lake.close()
  })
})

describe('the site of the sample', () => {
  let lake: Lake
  const folder = newFolder()
  let count: number
  let browser: Promise<Browser> | undefined
  beforeAll(async () => {
    lake = (await openTestLake({ folder: await episodeLake() })).lake
    await lake.refresh()
    await writeSite(lake, folder)
    count = Number((await lake.engine.rows('select count(*) as n from crash_precursors'))[0]!.n)
  })
  afterAll(async () => {
    await (await browser)?.close()
    await lake.close()
  })

  it('has a page for each of the latest evenings and for each signal', () => {
    expect(readdirSync(join(folder, 'evening'))).toHaveLength(evenings)
    expect(readdirSync(join(folder, 'signal')).sort()).toEqual(signals.map(({ column }) => `${column}.html`).sort())
  })

  it('is not written again if nothing changed, and only the page that is missing if one is', async () => {
    expect(await writeSite(lake, folder)).toEqual([])
    rmSync(join(folder, 'evening', '2025-11-19.html'))
    expect(await writeSite(lake, folder)).toEqual(['evening/2025-11-19.html'])
  })

  it('has the exhibits of the report on the page of an evening, with the rows of their queries', async () => {
    const page = parse(readFileSync(join(folder, 'evening', `${event}.html`), 'utf8'))
    const whole = await gatherReport(lake, event, { language: 'en' })
    const shown = (name: string) => page.querySelectorAll(`[${name}]`).map((each) => each.getAttribute(name))
    const filled = [...whole.sections, ...whole.laterSections]
      .flatMap(({ exhibits }) => exhibits)
      .filter((each) => !isEmpty(each))
    expect(shown('data-chart').sort()).toEqual(filled.flatMap(({ id, chart }) => (chart ? [id] : [])).sort())
    for (const { id, chart, columns, rows } of filled) {
      if (chart) continue
      const cells = page
        .querySelectorAll(`table[data-exhibit=${id}] [data-value]`)
        .map((cell) => cell.getAttribute('data-value'))
      const values = rows.flatMap((row) => Object.keys(columns).map((name) => String(row[name] ?? '')))
      // A table that is one row, written downwards, leaves out what is unknown.
      const isTurned = page.querySelector(`table[data-exhibit=${id}]`)!.hasAttribute('data-turned')
      expect(cells, id).toEqual(isTurned ? values.filter((value) => value !== '') : values)
    }
    expect(shown('data-claim')).toEqual(whole.claims.map(({ claim }) => claim.id))
    const drawn = page.querySelectorAll('figure[data-chart]').filter((figure) => figure.querySelector('[data-own]'))
    expect(drawn.length).toBeGreaterThan(8)
    for (const figure of drawn) {
      const data = JSON.parse(figure.querySelector('script')!.text) as LineData
      const { rows, chart } = filled.find(({ id }) => id === figure.getAttribute('data-chart'))!
      const known = chart!
        .columns!.flatMap((name) => rows.map((row) => row[name] ?? null))
        .filter((each) => each !== null)
      const points = data.lines.flatMap(({ values }) => values).filter((each) => each !== null)
      const inOrder = (values: readonly unknown[]) => values.map(Number).sort((one, other) => one - other)
      expect(inOrder(points), figure.getAttribute('data-chart')).toEqual(inOrder(known))
    }
  })

  it('says of a release that is overdue that it is, and by how many days', async () => {
    const overdue = await lake.engine.rows<{ overdue_days: number; day: string; status: string }>(
      `select overdue_days, cast(first_scheduled_at as varchar)[:10] as day, status from overdue_releases where session = date '${event}'`,
    )
    expect(overdue.length).toBeGreaterThan(3)
    const rows = parse(readFileSync(join(folder, 'calendar.html'), 'utf8'))
      .querySelectorAll('tbody tr')
      .map((row) => row.querySelectorAll('td').map((each) => each.text))
    const shown = rows.filter((cells) => /^overdue|still missing$/.test(cells[2]!))
    const said: Readonly<Record<string, string>> = {
      confirmed: 'overdue',
      cancelled: 'cancelled, its figure is still missing',
    }
    const text = ({ overdue_days, day, status }: (typeof overdue)[number]) =>
      `${said[status] ?? `overdue (${status})`} ${day} ${overdue_days}`
    expect(shown.map((cells) => `${cells[2]} ${cells[3]!.slice(0, 10)} ${cells[6]}`).sort()).toEqual(
      overdue.map(text).sort(),
    )
  })

  it('shows on its first page the figures and the picture of the latest evening', () => {
    const [first, page] = ['index.html', `evening/${event}.html`].map((name) =>
      parse(readFileSync(join(folder, name), 'utf8')),
    )
    for (const part of ['h1', '.bullets', '.hero [role=img]', '.aside'])
      expect(first!.querySelector(part)!.outerHTML.replaceAll('"signal/', '"../signal/'), part).toBe(
        page!.querySelector(part)!.outerHTML,
      )
  })

  it('begins the history of a signal with its first value, and scales a yes or no by these words', () => {
    for (const { column, format } of signals) {
      const data = readFileSync(join(folder, 'data', `signal-${column}.js`), 'utf8')
      const { sessions, value } = JSON.parse(data.slice(data.indexOf(']=') + 2)) as {
        sessions: string[]
        value: (number | null)[]
      }
      expect(sessions, column).toHaveLength(value.length)
      expect(value[0], column).not.toBeNull()
      const chart = parse(readFileSync(join(folder, 'signal', `${column}.html`), 'utf8')).querySelector('.chart')
      if (chart) expect(chart.getAttribute('data-answers'), column).toBe(format === 'yes' ? 'no|yes' : undefined)
    }
  })

  it('counts rarities as the query of one evening does', async () => {
    const all = await lake.engine.rows<{ session: string }>('select session from crash_precursors order by session')
    const histories = await historiesOf(
      lake.engine,
      all.map(({ session }) => session),
    )
    const sessions = [event, '2025-04-04', '2024-06-03']
    const found = raritiesOf(histories, sessions)
    for (const session of sessions) {
      const expected = (await lake.engine.rows(rarity.sql([session]).text)).map(({ session: _, ...row }) => row)
      const own = [...found.get(session)!].sort((a, b) => (a.signal < b.signal ? -1 : 1))
      expect(own.length).toBe(expected.length)
      for (const [i, row] of expected.entries()) expect(own[i], session).toEqual(row)
    }
  })

  it('writes for one more evening its page and those of which something became known', async () => {
    const growing = newFolder()
    const { lake: before } = await openTestLake({ folder: await cut(await episodeLake(), '2025-11-20T01:00:00Z') })
    await tag(before)
    for (const { error } of await compute(before)) expect(error).toBeNull()
    const shownEvenings = 60
    const count = (await writeSite(before, growing, shownEvenings)).filter((path) => path.startsWith('evening/')).length
    expect(count).toBe(shownEvenings)
    await before.close()
    const evening = join(growing, 'evening')
    /** What the evening knew, without the link to the evening after it. */
    const known = (session: string) =>
      readFileSync(join(evening, `${session}.html`), 'utf8')
        .split('<div class="later">')[0]!
        .replace(/<p class="neighbours">.*?<\/p>/, '')
    const earlier = new Map(readdirSync(evening).map((name) => [name.slice(0, -5), known(name.slice(0, -5))]))
    const written = (await writeSite(lake, growing, shownEvenings)).flatMap((path) =>
      path.startsWith('evening/') ? [path.slice('evening/'.length, -'.html'.length)] : [],
    )
    expect(written).toEqual(expect.arrayContaining([event, '2025-11-19']))
    // What followed a session is told after 1, 5, 10, 20 and 21 sessions; few others have events whose effects became known.
    expect(written.length).toBeLessThan(12)
    for (const [session, text] of earlier) if (session !== event) expect(known(session), session).toBe(text)
  })

  describeBrowser('in a browser', () => {
    const open = async (page: string, width = 1280) => {
      browser ??= openBrowser()
      return openFile(await browser, join(folder, page), { width })
    }
    const fromElsewhere = (noise: readonly string[]) =>
      noise.filter((each) => !each.startsWith(`request: file://${folder}/`))

    it.each([
      'index.html',
      `evening/${event}.html`,
      'signal/vvix_close.html',
      'signals.html',
      'calendar.html',
      'dictionary.html',
    ])('%s loads nothing from elsewhere, fits a phone and can be read', async (name) => {
      const { page, noise } = await open(name, 390)
      expect(fromElsewhere(noise)).toEqual([])
      expect(await widthOf(page)).toBeLessThanOrEqual(390)
      expect(await wideTables(page)).toEqual([])
      expect(await faintTexts(page)).toEqual([])
      await page.close()
    })

    it.each(['index.html', `evening/${event}.html`, `evening/${withoutBars}.html`, 'signal/vvix_close.html'])(
      'prints the charts of %s at the width that paper has for each, and no controls',
      async (name) => {
        const { page } = await open(name)
        const charts = await chartsOnPaper(page)
        // The picture of a day of which the lake has bars is drawn without a script.
        if (name !== 'index.html') expect(charts.length).toBeGreaterThan(0)
        for (const { room, width, textEnd } of charts) {
          expect(width).toBeLessThanOrEqual(room)
          expect(width).toBeGreaterThan(0.9 * room)
          expect(textEnd).toBeLessThanOrEqual(width)
        }
        expect(await controlsOnPaper(page)).toEqual([])
        await page.close()
      },
    )

    it('lists the sessions that a share rests on, and says how many dates are left out', async () => {
      const shown = parse(readFileSync(join(folder, 'signals.html'), 'utf8')).querySelectorAll('tbody tr')
      const counts = await lake.engine.rows<{ n: number }>(`select count(vvix_close) as n from crash_precursors`)
      const row = shown.find((each) => each.querySelector('a')!.getAttribute('href') === 'signal/vvix_close.html')!
      expect(row.querySelectorAll('td')[3]!.text).toBe(String(counts[0]!.n))
      const starts = await lake.engine.rows<{ signal: string; n: number }>(
        'select signal, count(distinct lit_since) as n from precursor_signals where is_lit group by signal',
      )
      for (const { signal, n } of starts) {
        const page = readFileSync(join(folder, 'signal', `${signal}.html`), 'utf8')
        expect(page.includes('The latest '), signal).toBe(Number(n) > 40)
        if (Number(n) > 40) expect(page).toContain(`The latest 40 of ${n}: `)
      }
    })

    it('says of a figure that comes in the morning that its values are those of the session before', () => {
      const page = (signal: string) => readFileSync(join(folder, 'signal', `${signal}.html`), 'utf8')
      const says = 'that of the session before, unless its source reports on the same evening'
      expect(page('net_gamma_known')).toContain(says)
      expect(page('vvix_close')).not.toContain(says)
    })

    it('says of an evening without catalysts whether the kinds that move the market are covered', async () => {
      const { page } = await open('index.html')
      const evenings = await lake.engine.rows<{ session: string; covered: number; hits: number }>(
        `select c.session, sum(case when c.is_covered then 1 else 0 end) as covered,
           (select count(*) from catalysts_by_session h where h.session = c.session) as hits
         from catalyst_coverage c where c.kind in (${marketMovers.map((kind) => `'${kind}'`).join(', ')}) group by c.session`,
      )
      const texts = new Set<string>()
      for (const { session, covered } of evenings.filter(({ hits }) => Number(hits) === 0).slice(0, 20)) {
        await searchIn(page, session)
        // Even where all kinds are covered, results are covered of some companies only.
        const expected = Number(covered) === 0 ? 'not covered' : 'none known'
        expect(await page.locator('#evenings tbody td').last().innerText(), session).toBe(expected)
        texts.add(expected)
      }
      expect(texts.size).toBeGreaterThan(0)
      await page.close()
    })

    it('lists all evenings, finds them and sorts them', async () => {
      const { page } = await open('index.html')
      const all = await listOf(page)
      expect(all.count).toBe(count)
      expect(all.first).toBe(event)
      await searchIn(page, 'cook 2025-11')
      expect(await listOf(page)).toEqual({ count: 1, first: event })
      // Dates of the exchange calendar are catalysts too.
      const [{ n, latest }] = (await lake.engine.rows(
        `select count(distinct session) as n, cast(max(session) as varchar) as latest
         from catalysts_by_session join crash_precursors using (session) where title like '%options expire%'`,
      )) as [{ n: number; latest: string }]
      expect(Number(n)).toBeGreaterThan(5)
      await searchIn(page, 'options expire')
      expect(await listOf(page)).toEqual({ count: Number(n), first: latest })
      // What moved the market is found by the plain name of its kind, as other pages write it.
      const kinds = await lake.engine.rows<{ kind: string; n: number }>(
        'select kind, count(distinct session) as n from catalysts_by_session join crash_precursors using (session) group by kind',
      )
      expect(kinds.length).toBeGreaterThan(5)
      for (const { kind, n } of kinds) {
        await searchIn(page, plainNames(kind, saying('en')))
        expect((await listOf(page)).count, kind).toBeGreaterThanOrEqual(Number(n))
      }
      const countOf = (kind: string) => Number(kinds.find((each) => each.kind === kind)!.n)
      for (const [words, kind] of [
        ['payroll', 'nonfarm_payrolls'],
        ['CPI', 'consumer_prices'],
        ['fed speech', 'fed_speech'],
      ] as const) {
        await searchIn(page, words)
        expect((await listOf(page)).count, words).toBe(countOf(kind))
      }
      await searchIn(page, '')
      await sortBy(page, 0)
      expect((await listOf(page)).first).toBe('2024-04-16')
      await page.close()
    })

    it('draws the lines of an evening, tells values where the pointer is, and lists them in a table that is unfolded', async () => {
      const { page } = await open(`evening/${event}.html`)
      const chart = page.locator('figure[data-chart=vix]')
      await chart.scrollIntoViewIfNeeded()
      const box = (await chart.locator('.u-over').boundingBox())!
      await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2)
      expect(await chart.locator('.u-legend').innerText()).toMatch(/\d{4}-\d\d-\d\d[\s\S]*VIX[\s\S]*\d+\.\d/)
      await chart.locator('details.rows summary').click()
      await chart.locator('details.rows tbody tr').first().waitFor()
      expect(await chart.locator('details.rows tbody tr').count()).toBe(252)
      expect(await chart.locator('details.rows tbody tr').last().innerText()).toMatch(/^2025-11-20\s+26\.42/)
      await page.close()
    })

    /** Of a chart without a pointer: its legend, the texts at the ends of its lines, the marked session and level. */
    const shownAtRest = async (chart: Locator) => ({
      legend: (await chart.locator('.u-legend').innerText()).replace(/\s+/g, ' '),
      ends: await chart.locator('.marks .end').allInnerTexts(),
      sessions: await chart.locator('.marks .session').count(),
      levels: await chart.locator('.marks .level').allInnerTexts(),
    })

    it.each([390, 1280])(
      'tells without a pointer the values of the session, marks it, and names lines and level (%s)',
      async (width) => {
        const { page } = await open(`evening/${event}.html`, width)
        const [vix] = await lake.engine.rows(
          `select vix_close, vix3m_close from volatility_regime where session = date '${event}'`,
        )
        const written = (name: string) => Number(vix![name]).toFixed(2)
        const chart = (id: string) => page.locator(`figure[data-chart=${id}]`)
        expect(await shownAtRest(chart('vix'))).toEqual({
          legend: expect.stringMatching(
            new RegExp(`${event}.*VIX.*${written('vix_close')}.*VIX3M.*${written('vix3m_close')}`),
          ),
          ends: [`VIX ${written('vix_close')}`, `VIX3M ${written('vix3m_close')}`],
          sessions: 1,
          levels: [],
        })
        const correlation = await shownAtRest(chart('correlation'))
        expect(correlation).toMatchObject({ sessions: 1, levels: ['lit beyond 0.7'] })
        expect(correlation.legend.endsWith(correlation.ends[0]!)).toBe(true)
        // Gamma is published the next morning.
        expect((await shownAtRest(chart('gamma'))).ends.join()).toMatch(/^\$[\d.]+ bn$|\(11-19\)/)
        expect(await faintTexts(page)).toEqual([])
        const edge = (await page
          .locator('.marks .end')
          .evaluateAll((all) => all.map((each) => each.getBoundingClientRect().right))) as number[]
        expect(edge.length).toBeGreaterThan(8)
        expect(Math.max(...edge)).toBeLessThanOrEqual(width)
        await page.mouse.move(0, 0)
        expect((await shownAtRest(chart('vix'))).legend).toContain(event)
        await page.close()
      },
    )

    it('writes days and no hours on the axis of a few sessions', async () => {
      const { page } = await open(`evening/${event}.html`)
      const chart = page.locator('figure[data-chart=vix]')
      await chart.scrollIntoViewIfNeeded()
      const written = await noteCanvasTexts(page)
      const box = (await chart.locator('.u-over').boundingBox())!
      const [x, y] = [box.x + box.width / 2, box.y + box.height / 2]
      await page.mouse.move(x, y)
      await page.mouse.down()
      await page.mouse.move(x + 5, y)
      await page.mouse.up()
      await expect
        .poll(async () => (await written()).filter((text) => /^[A-Z][a-z]{2} \d+$/.test(text)).length)
        .toBeGreaterThan(1)
      expect((await written()).filter((text) => /\d:\d|[ap]m$/i.test(text))).toEqual([])
      await page.close()
    })

    it('draws the history of a signal', async () => {
      const { page } = await open('signal/vvix_close.html')
      expect(await page.locator('canvas').count()).toBe(1)
      await page.close()
    })
  })
})
