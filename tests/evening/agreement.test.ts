/** Terminal page, HTML page, message and SQL say the same of every evening of the sample, cell by cell. */
import { group } from 'd3-array'
import { parse } from 'node-html-parser'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Evening, gatherAll } from '../../evening/gather.ts'
import type { Report } from '../../evening/html/gather-report.ts'
import { page } from '../../evening/html/page.ts'
import { hitsWithImpact } from '../../evening/html/sections/catalysts.ts'
import { type Language, languages, saying } from '../../evening/language/language.ts'
import { plainNames } from '../../evening/language/names.ts'
import { signalValue } from '../../evening/language/signal-value.ts'
import { told } from '../../evening/language/told.ts'
import { messageOf } from '../../evening/message/message.ts'
import { terminalPage } from '../../evening/terminal/page.ts'
import type { Lake } from '../../pipeline/lake/lake.ts'
import { signals } from '../../schemas/signals.ts'
import { openTestLake } from '../support/lake.ts'
import { episodeLake } from '../support/shared-lakes.ts'

interface SignalRow {
  session: string
  signal: string
  value: number | null
  is_lit: boolean | null
  is_held: boolean | null
  lit_since: string | null
  change: string | null
  because: string
}

/** What a reader learns of a signal: its state, its value as written, since when it is lit. */
type Cell = readonly [state: string, value: string, since: string]
type Cells = Readonly<Record<string, Cell>>

const stateOf = ({ is_lit }: SignalRow) => (is_lit === null ? 'unknown' : is_lit ? 'lit' : 'dark')
const dateIn = (text: string, session: string, tonight: string) =>
  text.includes(tonight) ? session : (/\d{4}-\d\d-\d\d/.exec(text)?.[0] ?? '')

let lake: Lake
let evenings: Evening[]
const rowsOf = new Map<string, SignalRow[]>()
const scoreOf = new Map<string, number | null>()
const titlesOf = new Map<string, string[]>()

beforeAll(async () => {
  lake = (await openTestLake({ folder: await episodeLake() })).lake
  await lake.refresh()
  const { engine } = lake
  for (const row of await engine.rows<SignalRow>('select * from precursor_signals order by session'))
    rowsOf.set(row.session, [...(rowsOf.get(row.session) ?? []), row])
  for (const { session, score } of await engine.rows<{ session: string; score: number | null }>(
    'select session, score from precursor_score',
  ))
    scoreOf.set(session, score)
  for (const { session, title } of await engine.rows<{ session: string; title: string }>(
    'select session, title from catalysts_by_session order by session, title',
  ))
    titlesOf.set(session, [...(titlesOf.get(session) ?? []), title])
  evenings = await gatherAll(lake, [...rowsOf.keys()])
})
afterAll(() => lake.close())

const inSql = (session: string, language: Language): Cells =>
  Object.fromEntries(
    rowsOf.get(session)!.map((row) => {
      const signal = signals.find(({ column }) => column === row.signal)!
      return [
        row.signal,
        [stateOf(row), signalValue(signal, row.value, saying(language)), row.lit_since ?? ''] as const,
      ]
    }),
  )

const titleIn = (column: string, language: Language) =>
  signals.find((signal) => signal.column === column)!.title[languages.indexOf(language)]!

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

const inTerminal = (text: string, session: string, language: Language): Cells =>
  Object.fromEntries(
    signals.map(({ column }) => {
      const line = new RegExp(`^ {2}([●○?]) ${escaped(titleIn(column, language))} +(\\S.*?) {3}(.*)$`, 'm').exec(text)
      const [, mark, value, rest] = line ?? []
      const state = { '●': 'lit', '○': 'dark', '?': 'unknown' }[mark!]!
      return [column, [state, value!, state === 'lit' ? dateIn(rest!, session, saying(language)('since_tonight')) : '']]
    }),
  )

const asHtml = (evening: Evening, language: Language) => {
  const report: Report = {
    evening,
    language,
    levels: {},
    year: { days: [], values: new Map(), query: '' },
    paths: { rows: [], query: '' },
    trust: { madeAt: '2026-11-23T15:00:00Z', version: '0', behind: [], ended: [], missing: [] },
    isOfNarrative: false,
    sections: [],
    laterSections: [],
    claims: [],
  }
  return parse(page(report))
}

const inHtml = (html: ReturnType<typeof parse>): Cells =>
  Object.fromEntries(
    html
      .querySelectorAll('[data-signal]')
      .map((item) => [
        item.getAttribute('data-signal')!,
        [item.getAttribute('data-state')!, item.querySelector('.value')?.text ?? '', item.getAttribute('data-since')!],
      ]),
  )

/** A line without the session of a value that was published on the morning after it. */
const withoutOrigin = (line: string) => line.replace(/ \(of \d{4}-\d\d-\d\d\)|（\d{4}-\d\d-\d\d 的数值）/, '')

/** The blocks of a message by their titles. */
const blocksOf = (text: string): Readonly<Record<string, string[]>> => {
  const blocks: Record<string, string[]> = {}
  let current: string[] = []
  for (const line of text.trimEnd().split('\n')) {
    if (line.startsWith('  ')) current.push(line.trim())
    else blocks[line.replace(/:$/, '')] = current = []
  }
  return blocks
}

describe('every evening of the sample', () => {
  it('is there', () => expect(evenings.length).toBeGreaterThan(350))

  it.each(languages)('has the same signals in terminal, HTML, message and SQL (%s)', (language) => {
    const say = saying(language)
    for (const evening of evenings) {
      const { session } = evening
      const expected = inSql(session, language)
      expect(inTerminal(terminalPage(evening, language), session, language), session).toEqual(expected)
      const withoutUnknown = Object.entries(expected).map(([name, cell]) => [
        name,
        cell[0] === 'unknown' ? ['unknown', '', ''] : cell,
      ])
      expect(inHtml(asHtml(evening, language)), session).toEqual(Object.fromEntries(withoutUnknown))
      const blocks = blocksOf(messageOf(evening, language).text)
      const rows = rowsOf.get(session)!
      const linesFor = (wanted: (row: SignalRow) => boolean) =>
        rows.filter(wanted).map(({ signal }) => `${titleIn(signal, language)}: ${expected[signal]![1]}`)
      const linesOf = (key: Parameters<typeof say>[0]) => (blocks[say(key)] ?? []).map(withoutOrigin)
      const said = (key: Parameters<typeof say>[0]) => linesOf(key).map((line) => line.replace(/ \(.*$/, ''))
      const sorted = (lines: string[]) => lines.sort()
      expect(sorted(said('message_new')), session).toEqual(sorted(linesFor(({ change }) => change === 'lit')))
      expect(sorted(said('message_out')), session).toEqual(sorted(linesFor(({ change }) => change === 'out')))
      const still = rows.filter((row) => row.is_lit && row.change === null)
      const found = linesOf('message_still').map((line) => [
        line.replace(/: .*$/, ''),
        /\d{4}-\d\d-\d\d/.exec(line)![0],
        line.includes(say('message_easing')),
      ])
      expect(new Set(found), session).toEqual(
        new Set(still.map((row) => [titleIn(row.signal, language), row.lit_since, row.is_held])),
      )
    }
  })

  it('has the same counts, score and reasons everywhere', () => {
    for (const evening of evenings) {
      const { session } = evening
      const rows = rowsOf.get(session)!
      const lit = rows.filter(({ is_lit }) => is_lit).length
      const known = rows.filter(({ is_lit }) => is_lit !== null).length
      const score = scoreOf.get(session)?.toFixed(1) ?? 'unknown'
      const terminal = terminalPage(evening, 'en')
      const html = asHtml(evening, 'en')
      expect(terminal).toContain(`Signals lit: ${lit} of ${known} known`)
      expect(/Score (\S+) out of 100/.exec(terminal)?.[1] ?? 'unknown', session).toBe(score)
      expect(messageOf(evening, 'en').text).toContain(`${lit} of ${known} known signals lit; score ${score}\n`)
      expect(html.querySelector('[data-figure=lit]')!.text).toBe(`${lit} of ${known}`)
      expect(html.querySelector('[data-figure=score]')!.text, session).toBe(score)
      if (lit > 0)
        expect(html.querySelector('h1')!.text, session).toContain(
          `${lit} of ${known} known signals ${lit === 1 ? 'is' : 'are'} lit`,
        )
      for (const { signal, because, is_lit } of rows) {
        if (is_lit !== null)
          expect(html.querySelector(`[data-signal=${signal}] .because`)!.text.replace('−', '-'), session).toBe(because)
        expect(terminal).toContain(because)
      }
    }
  })

  it('has the same catalysts everywhere', async () => {
    const shown = await lake.engine.rows<{ session: string; title: string }>(
      hitsWithImpact(evenings.map(({ session }) => session)).text,
    )
    const cards = group(shown, ({ session }) => session)
    for (const evening of evenings) {
      const { session } = evening
      const titles = titlesOf.get(session) ?? []
      const terminal = terminalPage(evening, 'en')
      expect(terminal).toContain(`Catalysts of the session: ${titles.length}`)
      const shownTitles = titles.map((title) => told(title, saying('en')))
      for (const title of shownTitles) expect(terminal, session).toContain(`  ${title}\n`)
      const said = blocksOf(messageOf(evening, 'en').text)['Catalysts of the session'] ?? []
      // Behind the catalysts stands what no source covers.
      const isCoverage = (line: string) => /^(none known|No source covers|Results are covered)/.test(line)
      const named = said.filter((line) => !isCoverage(line))
      expect(named.map((line) => line.replace(/^\d{4}-\d\d-\d\d \d\d:\d\d {2}/, '')).sort(), session).toEqual(
        shownTitles.sort(),
      )
      const { kinds } = evening.uncovered
      for (const kind of kinds) expect(said.join(' '), session).toContain(plainNames(kind, saying('en')))
      expect(said.filter(isCoverage).length > 0, session).toBe(kinds.length > 0 || titles.length === 0)
      const inCards = (cards.get(session) ?? []).map(({ title }) => title)
      expect(inCards.sort(), session).toEqual(titles)
    }
  })
})

describe('2025-11-19', () => {
  it('has seven of twenty-five signals lit, with the curve lit since 2025-11-17 and easing, in every rendering', () => {
    const evening = evenings.find(({ session }) => session === '2025-11-19')!
    expect(messageOf(evening, 'en').text).toMatch(/7 of 25 known signals lit/)
    expect(messageOf(evening, 'en').text).toMatch(/VIX curve.*: 0\.99 \(since 2025-11-17, 3 sessions\) \(easing/)
    expect(terminalPage(evening, 'en')).toMatch(/Signals lit: 7 of 25 known/)
    expect(terminalPage(evening, 'en')).toMatch(
      /● VIX curve.* 0\.99 {3}since 2025-11-17, 3 sessions; rose above 1 before/,
    )
    expect(asHtml(evening, 'en').querySelector('[data-signal=vix_term_structure]')!.text).toMatch(
      /0\.99 since 2025-11-17, 3 sessions \(easing/,
    )
  })
})
