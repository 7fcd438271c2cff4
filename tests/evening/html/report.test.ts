/** The report in a real browser: complete, silent, and every cell what its query says. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'node-html-parser'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ResultRow } from '../../../core/engine.ts'
import type { Evening } from '../../../evening/gather.ts'
import { claims } from '../../../evening/html/claims/index.ts'
import { gatherReport } from '../../../evening/html/gather-report.ts'
import { report } from '../../../evening/html/report.ts'
import { eveningSections, laterSections } from '../../../evening/html/sections/index.ts'
import { style } from '../../../evening/html/style.ts'
import { symbolSections } from '../../../evening/html/symbol/sections.ts'
import { symbolReport } from '../../../evening/html/symbol/symbol-report.ts'
import { type Language, languages, saying } from '../../../evening/language/language.ts'
import { plainNames } from '../../../evening/language/names.ts'
import { percent, whole } from '../../../evening/language/numbers.ts'
import { words } from '../../../evening/language/words.ts'
import { compute } from '../../../pipeline/compute/compute.ts'
import type { Lake } from '../../../pipeline/lake/lake.ts'
import { tag } from '../../../pipeline/tag/tag.ts'
import { signals } from '../../../schemas/signals.ts'
import { withAllBelow } from '../../../schemas/view.ts'
import { describeBrowser, openBrowser, openFile } from '../../support/browser.ts'
import { narrowSign } from '../../support/chinese.ts'
import { cut } from '../../support/cut.ts'
import { landEventFacts } from '../../support/event-facts.ts'
import {
  badTexts,
  claimsOf,
  coloursByState,
  cutBlocks,
  faintMarks,
  faintTexts,
  firstScreenOf,
  languageOf,
  marksOf,
  noticeOf,
  signalsOf,
  smallTexts,
  tablesOf,
  termsHeight,
  textOf,
  tornOnPaper,
  unnamedDrawings,
  wideTables,
  widthOf,
} from '../../support/in-page.ts'
import { copyFolder, newFolder, openTestLake } from '../../support/lake.ts'
import { describeShared } from '../../support/shared.ts'
import { episodeLake, realLake } from '../../support/shared-lakes.ts'

/** Pixels between the margins of a page of A4. */
const paperWidth = 703
const event = '2025-11-20'

/** The real series with the recorded facts around the event. */
const realLakeWithFacts = async (): Promise<Lake> => {
  const folder = newFolder()
  copyFolder(await realLake(), folder)
  const { lake } = await openTestLake({ folder })
  await landEventFacts(lake)
  expect((await tag(lake)).filter(({ error }) => error)).toEqual([])
  expect((await compute(lake)).filter(({ error }) => error)).toEqual([])
  return lake
}

const written = async (lake: Lake, session: string, language: Language): Promise<string> => {
  const { html } = await report(lake, session, { language })
  const file = join(newFolder(), 'report.html')
  writeFileSync(file, html)
  return file
}

const expectCellsAsInSql = async (page: Page, lake: Lake, fewest = 10) => {
  const shown = await tablesOf(page)
  expect(shown.length).toBeGreaterThan(fewest)
  const turned = new Map<string, number>()
  for (const { id, isTurned, query, rows } of shown) {
    const answer = await lake.engine.rows(query)
    const place = turned.get(id) ?? 0
    if (isTurned) turned.set(id, place + 1)
    const expected = isTurned ? answer.slice(place, place + 1) : answer
    expect(rows.length, id).toBe(expected.length)
    for (const [i, row] of rows.entries())
      for (const [name, value] of Object.entries(row))
        expect(value, `${id} ${i} ${name}`).toBe(String(expected[i]![name] ?? ''))
  }
}

describe('the dictionary of strings', () => {
  it('has every text in every language, with the same blanks', () => {
    const blanks = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort()
    for (const [key, texts] of Object.entries(words)) {
      expect(texts, key).toHaveLength(languages.length)
      for (const text of texts) {
        expect(text.length, key).toBeGreaterThan(0)
        expect(blanks(text), key).toEqual(blanks(texts[0]))
      }
    }
  })

  it('has every text of a signal in every language, with the same blanks', () => {
    const blanks = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort()
    for (const { column, title, spoken = title, lit, notLit } of signals)
      for (const texts of [title, spoken, lit, notLit]) {
        expect(texts, column).toHaveLength(languages.length)
        for (const text of texts) {
          expect(text.length, column).toBeGreaterThan(0)
          expect(blanks(text), column).toEqual(blanks(texts[0]))
        }
      }
  })

  it('states no figure of the data in a text of a signal, which would not hold on every evening', () => {
    const texts = signals.flatMap(({ lit, notLit }) => [...lit, ...notLit])
    expect(
      texts.filter((text) => /\b(19|20)\d\d\b|\b(mean|median|average) (since|is)|均值为|中位数为/.test(text)),
    ).toEqual([])
  })
})

describe('the looks', () => {
  /** Of WCAG 2.2: the ratio of the lighter to the darker relative luminance. */
  const contrast = (one: string, other: string) => {
    const luminance = (colour: string) => {
      const [r, g, b] = [1, 3, 5].map((at) => {
        const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255
        return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
      })
      return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!
    }
    const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a)
    return (light! + 0.05) / (dark! + 0.05)
  }
  const coloursOf = (block: string) =>
    Object.fromEntries([...block.matchAll(/--(\w+): (#[0-9a-f]{6})/g)].map(([, name, colour]) => [name!, colour!]))
  const [, light, dark] = style.split(':root {')

  it.each([
    ['light', coloursOf(light!)],
    ['dark', coloursOf(dark!)],
  ])('have contrast for text of 4.5 and for marks of 3 (%s)', (_, colours) => {
    for (const ground of ['ground', 'card']) {
      for (const text of ['ink', 'quiet', 'line', 'second', 'lit', 'good', 'open'])
        expect(contrast(colours[text]!, colours[ground]!), `${text} on ${ground}`).toBeGreaterThanOrEqual(4.5)
      expect(contrast(colours.faint!, colours[ground]!), `faint on ${ground}`).toBeGreaterThanOrEqual(3)
    }
  })
})

describe('the evening of the report', () => {
  it('reads no label, and what came later is a section of its own', () => {
    const labels = (session: ReturnType<typeof eveningSections>) =>
      session.flatMap(({ exhibits }) =>
        exhibits.filter(({ sql }) =>
          withAllBelow(sql.reads).some((each) => each.kind === 'view' && each.role === 'label'),
        ),
      )
    expect(labels(eveningSections(event))).toEqual([])
    expect(labels(laterSections(event)).length).toBeGreaterThan(0)
    for (const { id, isLater, sql } of claims)
      if (
        sql(event, {}).reads.some(
          (each) => each.kind === 'view' && each.role !== 'precursor' && each.name !== 'latest_bars',
        )
      )
        expect(isLater, id).toBe(true)
  })

  it('is what a lake that ends with that evening shows', async () => {
    const full = (await openTestLake({ folder: await episodeLake() })).lake
    const { lake: short } = await openTestLake({ folder: await cut(await episodeLake(), '2025-11-21T01:00:00Z') })
    await tag(short)
    for (const { error } of await compute(short)) expect(error).toBeNull()
    const [whole, part] = [
      await gatherReport(full, event, { language: 'en' }),
      await gatherReport(short, event, { language: 'en' }),
    ]
    const rows = (of: typeof whole) => of.sections.map(({ exhibits }) => exhibits.map((each) => [each.id, each.rows]))
    expect(rows(part)).toEqual(rows(whole))
    const known = ({ later: _, ...evening }: Evening) => evening
    expect(known(part.evening)).toEqual(known(whole.evening))
    const verdicts = (of: typeof whole) =>
      of.claims.flatMap(({ claim, finding }) => (claim.isLater ? [] : [[claim.id, finding]]))
    expect(verdicts(part)).toEqual(verdicts(whole))
    await full.close()
    await short.close()
  })
})

/** Signs with half the width of a Chinese character beside one, with the text around each. */
const halfWidth = new RegExp(`.{0,20}(?:${narrowSign.source}).{0,20}`, 'g')

describeBrowser('the report in a browser', () => {
  let browser: Browser
  beforeAll(async () => {
    browser = await openBrowser()
    return () => browser.close()
  })

  const expectSound = async (lake: Lake, session: string, language: Language = 'en') => {
    const file = await written(lake, session, language)
    const { page, noise, loadAgain } = await openFile(browser, file, { width: 1280 })
    await expectCellsAsInSql(page, lake)
    const marks = await marksOf(page)
    expect(Object.keys(marks).length).toBeGreaterThan(5)
    for (const [id, count] of Object.entries(marks)) expect(count, id).toBeGreaterThan(0)
    expect(await unnamedDrawings(page)).toBe(0)
    expect(await badTexts(page)).toEqual([])
    expect(await cutBlocks(page)).toEqual([])
    // In the end the page looks as it did when it was opened.
    for (const width of [390, 1280])
      for (const colorScheme of ['dark', 'light'] as const) {
        await loadAgain({ width, colorScheme })
        expect(await widthOf(page)).toBeLessThanOrEqual(width)
        expect(await wideTables(page), `${width}`).toEqual([])
        expect(noise).toEqual([])
        expect(await badTexts(page)).toEqual([])
        expect(await smallTexts(page, 10)).toEqual([])
        expect(await cutBlocks(page)).toEqual([])
        expect(await faintTexts(page)).toEqual([])
        expect(await faintMarks(page)).toEqual([])
      }
    expect(noise).toEqual([])
    return page
  }

  const verdicts = async (page: Page) =>
    Object.fromEntries((await claimsOf(page)).map(({ id, verdict }) => [id, verdict]))

  const expectClaimsAsInSql = async (page: Page, lake: Lake) => {
    const shown = await claimsOf(page)
    expect(shown.length).toBeGreaterThan(10)
    for (const { id, query, rows } of shown) expect(JSON.parse(rows), id).toEqual(await lake.engine.rows(query))
  }

  /** By SQL of its own: lit since the session after the last one on which it was known to be dark. */
  const expectSignalsAsInSql = async (page: Page, lake: Lake, session: string) => {
    const found = await signalsOf(page)
    const expected = await lake.engine.rows(
      `with dark as (
         select signal, max(session) as dark_on from precursor_signals
         where session <= date '${session}' and not is_lit group by signal
       ),
       lit as (
         select s.signal, min(s.session) as since from precursor_signals s left join dark d on d.signal = s.signal
         where s.is_lit and s.session <= date '${session}' and s.session > coalesce(d.dark_on, date '1900-01-01') group by s.signal
       )
       select s.signal, case when s.is_lit then 'lit' when not s.is_lit then 'dark' else 'unknown' end as state,
         case when s.is_lit then cast(l.since as varchar) else '' end as since
       from precursor_signals s left join lit l on l.signal = s.signal
       where s.session = date '${session}' order by s.signal`,
    )
    expect(found.sort((a, b) => a.signal.localeCompare(b.signal))).toEqual(expected)
  }

  describe('of the episode', () => {
    let lake: Lake
    beforeAll(async () => {
      lake = (await openTestLake({ folder: await episodeLake() })).lake
      await lake.refresh()
      return () => lake.close()
    })

    it.each(languages)('is whole and silent, and says that it is a sample (%s)', async (language) => {
      const page = await expectSound(lake, event, language)
      await expectClaimsAsInSql(page, lake)
      await expectSignalsAsInSql(page, lake, event)
      expect(await noticeOf(page)).toMatch(/SAMPLE|样本/)
      expect(await languageOf(page)).toBe(language === 'zh' ? 'zh-Hans' : 'en')
      const text = await textOf(page)
      expect(language === 'zh' ? text.match(halfWidth) : null).toBeNull()
      expect(language === 'zh' ? text.match(/^(Jan|Apr|Jul|Oct)\b.*$/gm) : null).toBeNull()
      for (const figure of ['26.42', '0.45', '$5.0 m', '41.0 %', '2025-10-03 08:30', '+3.8 %'])
        expect(text, figure).toContain(figure)
      expect(await verdicts(page)).toMatchObject({
        reversal: 'supported',
        depth: 'supported',
        late_release: 'supported',
        etf_share: 'supported',
        good_and_sold: 'supported',
        second_derivative: 'contradicted',
        private_credit: 'contradicted',
        correlation: 'contradicted',
        order_cost: 'unknown',
        crash_followed: 'unknown',
        // 19 months can show neither many reversals nor few since 1957.
        eight_since_1957: 'unknown',
      })
      await page.close()
    })

    it('names the catalysts of abnormal returns by kind and subject', async () => {
      const { html } = await report(lake, event, { language: 'en' })
      const table = parse(html).querySelector('table[data-exhibit=abnormal]')!.text
      for (const name of ['earnings', 'NVDA', 'Fed speech', 'Lisa D. Cook', 'nonfarm payrolls'])
        expect(table).toContain(name)
      expect(table).not.toMatch(/cook\d|_/)
    })

    it('tells a release that is due on the next session and overdue once', async () => {
      const { html } = await report(lake, '2025-11-19', { language: 'en' })
      const lines = parse(html)
        .querySelectorAll('[aria-labelledby=tomorrow] li')
        .map((each) => each.text)
      expect(lines.filter((line) => line.includes('Employment Situation for 2025-09'))).toHaveLength(1)
    })

    it('says what happened, how unusual it was and what is next on the first screen', async () => {
      const { page } = await openFile(browser, await written(lake, event, 'en'), { width: 1280 })
      for (const [part, bottom] of Object.entries(await firstScreenOf(page))) expect(bottom, part).toBeLessThan(900)
      expect(await textOf(page)).toMatch(
        /The S&P 500 opened 1\.4 % up, turned at 10:\d\d \(SPY\) and closed 1\.6 % down\. \d+ of \d+ known signals are lit/,
      )
      expect(await textOf(page)).toMatch(/VVIX 128\.65 since 2025-11-18, 3 sessions/)
      expect(await textOf(page)).toMatch(/Dealer gamma, SqueezeMetrics −?\$[\d.]+ \w+ \(of 2025-11-19\)/)
      expect(await textOf(page)).toMatch(/ETF share of volume \d+\.\d\d \(of 2025-11-19\)/)
      await page.close()
    })

    it.each(['2024-08-05', event])(
      'of %s lists in the table of a line chart only rows that it draws',
      async (session) => {
        const { sections, laterSections: afterwards } = await gatherReport(lake, session, { language: 'en' })
        const charts = [...sections, ...afterwards].flatMap(({ exhibits }) =>
          exhibits.filter(({ chart }) => chart?.columns),
        )
        expect(charts.length).toBeGreaterThan(8)
        for (const { id, chart, rows } of charts)
          expect(
            rows.filter((row) => chart!.columns!.every((name) => row[name] === null)),
            id,
          ).toEqual([])
      },
    )

    it('of one symbol lists in the table of a line chart only rows that it draws', async () => {
      const early = '2024-06-28'
      const charts = symbolSections('NVDA', early).flatMap(({ exhibits }) =>
        exhibits.filter(({ chart }) => chart?.columns),
      )
      expect(charts.length).toBeGreaterThan(2)
      for (const { id, sql, chart } of charts) {
        const rows = await lake.engine.rows(sql.text)
        expect(rows.length, id).toBeGreaterThan(0)
        expect(
          rows.filter((row) => chart!.columns!.every((name) => row[name] === null)),
          id,
        ).toEqual([])
      }
    })

    it('of its second session says that the history is too short to tell how rare it is', async () => {
      for (const language of languages) {
        const { html } = await report(lake, '2024-04-17', { language })
        const text = parse(html).querySelector('body')!.structuredText
        expect(text).toMatch(
          language === 'en' ? /A history of 1 session is too short/ : /仅有 1 个交易日的历史，不足以说明/,
        )
        expect(text).not.toMatch(language === 'en' ? /of [12] sessions? since/ : /以来 [12] 个交易日中/)
        expect(text).not.toMatch(/the rarest: /)
      }
    })

    it('on paper keeps a heading with its note and its table, shows a signal in one piece, and prints the terms', async () => {
      const { page } = await openFile(browser, await written(lake, event, 'en'), { width: paperWidth })
      expect(await termsHeight(page)).toBe(0)
      await page.emulateMedia({ media: 'print' })
      await expect.poll(() => termsHeight(page)).toBeGreaterThan(40)
      expect(await tornOnPaper(page)).toEqual([])
      expect(await wideTables(page)).toEqual([])
      await page.close()
    })

    it('puts mechanisms as extreme as any session in one row, and kinds of the same coverage in one row', async () => {
      const own = '2025-11-19'
      const { sections, evening } = await gatherReport(lake, own, { language: 'en' })
      const exhibit = (id: string) => sections.flatMap(({ exhibits }) => exhibits).find((each) => each.id === id)!
      const { rows, sql } = exhibit('mechanisms')
      expect(rows).toEqual(await lake.engine.rows(sql.text))
      const known = evening.rarity.filter(({ as_extreme_share: share }) => share !== null).map(({ signal }) => signal)
      expect(rows.flatMap(({ signal }) => String(signal).split(',')).sort()).toEqual(known.sort())
      expect(rows.filter(({ as_extreme_share: share }) => share === 1)).toHaveLength(1)
      const kinds = await lake.engine.rows(
        `select kind from catalyst_coverage where session = date '${own}' order by kind`,
      )
      const covered = exhibit('coverage').rows
      expect(covered.flatMap(({ kind }) => String(kind).split(',')).sort()).toEqual(kinds.map(({ kind }) => kind))
      expect(covered.filter(({ is_covered }) => is_covered === false)).toHaveLength(1)
      expect(covered[0]!.is_covered).toBe(true)
    })

    it('prints the queries that give the states and the shares of its signals', async () => {
      const page = readFileSync(await written(lake, event, 'en'), 'utf8')
      // Otherwise the parser takes what is in `pre` for one text.
      const signals = parse(page, { blockTextElements: {} }).querySelector('section[aria-labelledby=signals]')!
      const [states, shares] = await Promise.all(
        signals.querySelectorAll('details code').map(({ text }) => lake.engine.rows(text)),
      )
      const shown = signals.querySelectorAll('div[data-signal]')
      expect(shown.length).toBeGreaterThan(10)
      for (const item of shown) {
        const ofSignal = ({ signal }: ResultRow) => signal === item.getAttribute('data-signal')
        const state = states!.find(ofSignal)!
        expect(item.getAttribute('data-value'), String(state.signal)).toBe(String(state.value))
        expect(item.getAttribute('data-since')).toBe(state.lit_since ?? '')
        const count = /of ([\d,]+) sessions since/.exec(item.text)?.[1]
        if (count) expect(Number(count.replaceAll(',', ''))).toBe(shares!.find(ofSignal)!.session_count)
      }
    })

    it('colours the value of a signal by its own state, also beside a twin in another', async () => {
      const mixed = '2025-11-14'
      const { page } = await openFile(browser, await written(lake, mixed, 'en'), { width: 1280 })
      const states = Object.fromEntries((await signalsOf(page)).map(({ signal, state }) => [signal, state]))
      expect([states.net_gamma_known, states.chain_net_gamma].sort()).toEqual(['dark', 'lit'])
      const { lit, dark } = await coloursByState(page)
      expect(lit).toHaveLength(1)
      expect(dark).toHaveLength(1)
      expect(dark).not.toEqual(lit)
      await page.close()
    })

    it('of one symbol shows its day, and refuses a symbol without bars', async () => {
      const { session, html } = await symbolReport(lake, 'NVDA', undefined, { language: 'en' })
      const file = join(newFolder(), 'symbol.html')
      writeFileSync(file, html)
      const { page, noise } = await openFile(browser, file, { width: 375 })
      expect(session).toBe(event)
      expect(await textOf(page)).toMatch(/NVDA opened 5\.1 % up and closed 3\.2 % down/)
      await expectCellsAsInSql(page, lake, 5)
      expect(await badTexts(page)).toEqual([])
      expect(await widthOf(page)).toBeLessThanOrEqual(375)
      expect(noise).toEqual([])
      await page.close()
      await expect(symbolReport(lake, 'NOPE', undefined, { language: 'en' })).rejects.toThrow(/no bar of NOPE/)
    })

    it('of an empty lake is refused with what to do', async () => {
      const { lake: empty } = await openTestLake()
      await expect(report(empty, undefined, { language: 'en' })).rejects.toThrow(
        /holds no session yet: try `precursor start`/,
      )
      await empty.close()
    })

    it('refuses a session that the lake does not have, and says which it has', async () => {
      const made = (session: string) => report(lake, session, { language: 'en' })
      await expect(made('2025-11-24')).rejects.toThrow(/2025-11-24 .*2024-04-16 to 2025-11-20/)
      await expect(made('2025-11-22')).rejects.toThrow('2025-11-22 is not an XNYS session: it is a Saturday')
    })

    it('says that nothing came after the evening where that is so', async () => {
      const { page: render } = await import('../../../evening/html/page.ts')
      for (const [language, some, none] of [
        ['en', 'Figures that came after that evening', 'The lake has no figure that came after that evening.'],
        ['zh', '当晚之后才有的数字', '数据湖中没有当晚之后的数字。'],
      ] as const) {
        const gathered = await gatherReport(lake, event, { language })
        const withOnly = (...ids: string[]) =>
          render({
            ...gathered,
            laterSections: gathered.laterSections.map((section) => ({
              ...section,
              exhibits: section.exhibits.map((each) => (ids.includes(each.id) ? each : { ...each, rows: [] })),
            })),
          })
        expect(withOnly('facts', 'abnormal')).toContain(some)
        for (const html of [withOnly(), withOnly('abnormal')]) {
          expect(html).toContain(none)
          expect(html).not.toContain(some)
        }
      }
    })

    it('writes text of the data as text', async () => {
      const gathered = await gatherReport(lake, event, { language: 'en' })
      const { page: render } = await import('../../../evening/html/page.ts')
      const evil = '<script>document.title = "x"</script><img src=x onerror=alert(1)>'
      const [first] = gathered.sections
      const html = render({
        ...gathered,
        evening: { ...gathered.evening, notice: evil },
        sections: [
          {
            ...first!,
            exhibits: [
              {
                ...first!.exhibits[0]!,
                chart: undefined as never,
                rows: [{ ...first!.exhibits[0]!.rows[0], symbol: evil }],
              },
            ],
          },
        ],
      })
      expect(html).not.toContain('<script>document')
      expect(html).not.toContain('<img')
    })
  })

  describeShared('of the real series', () => {
    let lake: Lake
    beforeAll(async () => {
      lake = await realLakeWithFacts()
      await lake.refresh()
    })
    afterAll(() => lake.close())

    it('contradicts the published explanation where the data does', async () => {
      const page = await expectSound(lake, event)
      await expectClaimsAsInSql(page, lake)
      await expectSignalsAsInSql(page, lake, event)
      expect(await noticeOf(page)).toBeUndefined()
      const text = await textOf(page)
      for (const said of [
        /Correlation was not lit: 0\.27 over 20 sessions/,
        /The index counts 8, but on opens that are real prints only since 2008-06-24/,
        /real prints only since 2008-06-24.*, so nothing follows for 1957\./,
        /SPY, whose opens are trades, counts 41 since 1993/,
        /No fall of 5 % followed: the lowest close of 20 sessions was \+0\.98 %/,
        /last close as high was 2025-04-24, 146 sessions before\. By highs: 2025-10-17, 24 sessions/,
        /opened 1\.4 % up, turned at 10:59 \(SPY\) and closed 1\.6 % down/,
        /gap above[\s\S]*1\.25 %[\s\S]*1\.4 %/,
        /revenue \+62\.5 % over a year, \+6\.9 percentage points/,
      ])
        expect(text).toMatch(said)
      expect(await verdicts(page)).toEqual({
        date: 'contradicted',
        reversal: 'supported',
        eight_since_1957: 'contradicted',
        last_two: 'contradicted',
        vix_high: 'supported',
        closed_on_low: 'supported',
        turned: 'supported',
        gap_lost: 'supported',
        free_fall: 'contradicted',
        etf_share: 'unknown',
        correlation: 'contradicted',
        dealer_gamma: 'contradicted',
        depth: 'unknown',
        order_cost: 'unknown',
        good_and_sold: 'unknown',
        second_derivative: 'contradicted',
        late_release: 'supported',
        private_credit: 'unknown',
        resonance: 'unknown',
        crash_followed: 'contradicted',
      })
      await page.close()
    })

    it('of 2020-03-16 shows a market that moved as one, and the fall that followed', async () => {
      const page = await expectSound(lake, '2020-03-16')
      await expectSignalsAsInSql(page, lake, '2020-03-16')
      expect(await claimsOf(page)).toEqual([])
      const text = await textOf(page)
      expect(text).toMatch(/The S&P 500 opened [\d.]+ % down and closed 12\.0 % down/)
      expect(text).toMatch(/Correlation of the sectors 0\.9\d/)
      await page.close()
    })

    it('of the latest evening says at its top that the lake is stale, and which sources are behind', async () => {
      const { session, html, stale } = await report(lake, undefined, { language: 'en' })
      expect(stale).toMatchObject({ latest: session, expected: '2026-11-20' })
      const file = join(newFolder(), 'stale.html')
      writeFileSync(file, html)
      const { page } = await openFile(browser, file, { width: 390 })
      expect(await noticeOf(page)).toMatch(
        new RegExp(
          `^STALE: the lake ends with the session ${session}\\..*2026-11-20, \\d+ sessions later.*cboe_volatility ends on`,
        ),
      )
      await page.close()
      expect(html).not.toContain('data-exhibit="around"')
      const named = await report(lake, event, { language: 'en' })
      expect(named.html).toContain('data-exhibit="around"')
      expect(named.html).not.toContain('The lake has no figure that came after that evening')
      expect(named.stale).toBeUndefined()
      expect(named.html).not.toContain('STALE')
    })

    it('of an earlier evening names the sources whose rows had ended by then', async () => {
      const [{ end, next }] = (await lake.engine.rows(
        `select cast(last_session as varchar) as end,
           (select cast(max(session) as varchar) from (select session from crash_precursors where session > last_session order by session limit 2)) as next
         from meta_freshness where source = 'cboe_volatility'`,
      )) as [{ end: string; next: string }]
      const says = `cboe_volatility ends on ${end}`
      // A source with several tables has each by its name, also where one of them is behind.
      const tables = (await lake.engine.rows(
        `select cast(max(last_session) as varchar) as last from meta_freshness where source = 'third_party_collection' and table_name = 'market_breadth'`,
      )) as [{ last: string }]
      expect((await report(lake, next, { language: 'en' })).html).toContain(
        `third_party_collection (market breadth) ends on ${tables[0].last}`,
      )
      expect((await report(lake, next, { language: 'en' })).html).toContain(says)
      expect((await report(lake, end, { language: 'en' })).html).not.toContain(says)
    })

    it('names the kinds of events whose coverage had ended by the evening, each with its last session', async () => {
      const ended = (await lake.engine.rows(
        `select kind, cast(max(case when is_covered then session end) as varchar) as until from catalyst_coverage
         group by kind having max(case when is_covered then session end) < max(session)`,
      )) as { kind: string; until: string }[]
      expect(ended.map(({ kind }) => kind)).toContain('earnings')
      const { html } = await report(lake, undefined, { language: 'en' })
      for (const { kind, until } of ended)
        expect(html).toContain(`${plainNames(kind, saying('en'))} (covered until ${until})`)
      const { until } = ended.find(({ kind }) => kind === 'earnings')!
      expect((await report(lake, until, { language: 'en' })).html).not.toContain('earnings (covered until')
      expect((await report(lake, undefined, { language: 'zh' })).html).toContain(`（覆盖至 ${until}）`)
    })

    it.each(['2008-10-10', '1987-10-19', '2025-11-28'])('of %s is sound', async (session) => {
      const page = await expectSound(lake, session)
      if (session === '2025-11-28') expect(await textOf(page)).toContain('the exchange closed early, at 13:00')
      if (session === '1987-10-19') {
        const [{ share, n }] = (await lake.engine.rows(
          `select avg(case when p.close_return <= o.close_return then 1e0 else 0e0 end) as share, count(*) as n
           from intraday_reversal p join intraday_reversal o on o.symbol = p.symbol and o.session = date '${session}'
           where p.symbol = 'GSPC' and p.session <= o.session and p.close_return is not null`,
        )) as [{ share: number; n: number }]
        expect(await textOf(page)).toContain(
          `The S&P 500 closed 20.5 % down: on ${percent(share)} of ${whole(n)} sessions since`,
        )
        const { html } = await report(lake, session, { language: 'zh' })
        expect(html).toContain(`${whole(n)} 个交易日中，跌幅至少如此的占`)
      }
      await page.close()
    })

    it('of an evening without a known signal does not say that none was lit', async () => {
      const { html } = await report(lake, '1957-01-02', { language: 'en' })
      const text = parse(html).text
      expect(text).toContain('No signal is known on any of these evenings.')
      expect(text).toContain('No signal is known on this evening.')
      expect(text).not.toMatch(/\b0 (lit|of 0|on this one)/)
    })

    it('of a quiet day shows that nothing is lit', async () => {
      const quiet = '2017-06-13'
      const page = await expectSound(lake, quiet)
      await expectSignalsAsInSql(page, lake, quiet)
      const text = await textOf(page)
      expect(text).toMatch(/None of \d+ known signals is lit/)
      expect(await claimsOf(page)).toEqual([])
      await page.close()
    })
  })
})
