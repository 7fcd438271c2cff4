/** Every session of the sample and many of the real series: no verdict without coverage, and no value of another session under the name of this one. */
import { randomLcg, randomUniform } from 'd3-random'
import { parse } from 'node-html-parser'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sessionOf, sessionsBetween } from '../../calendar/sessions.ts'
import { askOnce, gatherAll } from '../../evening/gather.ts'
import { claims } from '../../evening/html/claims/index.ts'
import { newDocument } from '../../evening/html/document.ts'
import type { ChartContext } from '../../evening/html/exhibit.ts'
import { isEmpty } from '../../evening/html/exhibit-html.ts'
import { tomorrow } from '../../evening/html/front/tomorrow.ts'
import { exhibitQueries } from '../../evening/html/gather-report.ts'
import { eveningSections, laterSections } from '../../evening/html/sections/index.ts'
import { sourcesOf } from '../../evening/html/sources.ts'
import { symbolSections } from '../../evening/html/symbol/sections.ts'
import { bullets, headline } from '../../evening/language/headline.ts'
import { type Language, languages, saying } from '../../evening/language/language.ts'
import { plainNames } from '../../evening/language/names.ts'
import { decimal, percent, whole } from '../../evening/language/numbers.ts'
import { warningSentences } from '../../evening/language/warning-text.ts'
import { messageOf } from '../../evening/message/message.ts'
import { keepSmall } from '../../evening/site/kept.ts'
import { terminalPage } from '../../evening/terminal/page.ts'
import type { Lake } from '../../pipeline/lake/lake.ts'
import { signals } from '../../schemas/signals.ts'
import { tables as allTables } from '../../schemas/tables/index.ts'
import { openTestLake } from '../support/lake.ts'
import { describeShared } from '../support/shared.ts'
import { episodeLake, realLake } from '../support/shared-lakes.ts'

const expectCaptionsOfTheSession = async (lake: Lake, session: string) => {
  const drawnAsLines = eveningSections(session)
    .flatMap((section) => section.exhibits)
    .filter(({ chart }) => chart?.columns)
  expect(drawnAsLines.length).toBeGreaterThan(8)
  for (const exhibit of drawnAsLines) {
    const { id } = exhibit
    const column = exhibit.chart!.columns![0]!
    const rows = await lake.engine.rows(exhibit.sql.text)
    const known = rows.filter((row) => row[column] !== null)
    const last = known
      .map((row) => String(row.session))
      .sort()
      .at(-1)
    for (const language of languages) {
      const context = { session, language, say: saying(language) } as ChartContext
      const caption = exhibit.chart!.alternative(rows, context)
      const where = `${id} ${session}`
      if (last === session) expect(caption, where).toMatch(/ on the session\.$|到当日的/)
      else if (last)
        expect(caption, where).toMatch(
          new RegExp(`no value for this session; the last one is of ${last}: |当日没有数值；最近一个数值属于 ${last}`),
        )
      else expect(caption, where).toMatch(/: no value\.$|没有数值。$/)
      if (last === session && known.length === 1) expect(caption, where).not.toMatch(/ from | 从 /)
    }
  }
}

interface Known {
  session: string
  /** Kinds that hit with a known impact. */
  hit: number
  /** Kinds that can move the market: those that no source covers, and those that hit without a known impact. */
  open: number
  uncovered: number
  is_fragile: boolean | null
}

/** By SQL of its own, from the coverage of the kinds and the catalysts that hit. */
const knownOf = async ({ engine }: Lake) => {
  const movers = `'consumer_prices', 'earnings', 'fed_speech', 'fomc_decision', 'gross_domestic_product', 'nonfarm_payrolls', 'personal_consumption_prices'`
  const rows = await engine.rows<Known>(
    `with impact as (select distinct session, kind from impactful_catalysts),
     uncovered as (
       select c.session, count(*) filter (not c.is_covered and i.kind is null) as n
       from catalyst_coverage c left join impact i on i.session = c.session and i.kind = c.kind
       where c.kind in (${movers}) group by c.session
     )
     select r.session, (select count(*) from impact i where i.session = r.session) as hit, u.n as uncovered,
       r.unknown_kind_count as open, r.is_fragile_before as is_fragile
     from resonance r join uncovered u on u.session = r.session order by r.session`,
  )
  return new Map(rows.map((row) => [row.session, row]))
}

const sessionClaim = claims.find(({ id }) => id === 'resonance')!

const expectVerdictsWithCoverage = async (lake: Lake, session: string, known: Known | undefined) => {
  const rows = await lake.engine.rows(sessionClaim.sql(session, {}).text)
  const { verdict, says } = sessionClaim.judge(rows, saying('en'), {})
  if (!known) return expect(verdict, session).toBe('unknown')
  expect(known.open, session).toBeGreaterThanOrEqual(known.uncovered)
  const isFew = known.hit + known.open < 3
  if (verdict === 'contradicted') expect(isFew || known.is_fragile === false, session).toBe(true)
  if (verdict === 'supported') expect(known.hit >= 3 && known.is_fragile, session).toBe(true)
  if (known.hit === 0)
    expect(says, session).toMatch(
      known.open === 0 ? /^0 impactful kinds/ : /^The number of impactful kinds is unknown; not known of /,
    )
}

/** What the sentences of the first screen are about, each asked for all sessions by SQL of its own. */
interface Truth {
  readonly session: string
  readonly gap: number | null
  readonly change: number | null
  /** The close of the index. */
  readonly close: number | null
  /** Change of the fund. */
  readonly fund: number | null
  readonly vix: number | null
  readonly vixBefore: number | null
  readonly fell: number
  readonly funds: number
  readonly warning: number | null
}

const truthOf = async ({ engine }: Lake) => {
  const rows = await engine.rows<Truth & Record<string, never>>(
    `with vix as (
       select session, close, lag(close) over (order by session) as before
       from volatility_indices_as_known where symbol = 'VIX'
     ),
     funds as (
       select session, count(*) filter (close_return < 0) as fell, count(close_return) as funds
       from intraday_reversal where symbol in ('XLB', 'XLE', 'XLF', 'XLI', 'XLK', 'XLP', 'XLU', 'XLV', 'XLY', 'XLRE', 'XLC')
       group by session
     )
     select p.session, i.gap_return as gap, i.close_return as change, b.close, e.close_return as fund, v.close as vix, v.before as "vixBefore",
       coalesce(f.fell, 0) as fell, coalesce(f.funds, 0) as funds, w.early_warning as warning
     from crash_precursors p
     left join intraday_reversal i on i.session = p.session and i.symbol = 'GSPC'
     left join daily_bars_as_known b on b.session = p.session and b.symbol = 'GSPC'
     left join intraday_reversal e on e.session = p.session and e.symbol = 'SPY'
     left join vix v on v.session = p.session
     left join funds f on f.session = p.session
     left join early_warning w on w.session = p.session`,
  )
  return new Map(rows.map((row) => [row.session, row]))
}

/** The closes of VIX, oldest first. */
const vixCloses = async ({ engine }: Lake) =>
  engine.rows<{ session: string; close: number }>(
    `select session, close from volatility_indices_as_known where symbol = 'VIX' and close is not null order by session`,
  )

const ways = (value: number) =>
  Math.abs(value) < 5e-5 ? 'unchanged' : `${percent(Math.abs(value))} ${value > 0 ? 'up' : 'down'}`

/** What is told about the next session names all that the lake does not cover, on the page and in the message, and an early close once. */
const expectAheadTrue = (evening: Awaited<ReturnType<typeof gatherAll>>[number]) => {
  const { session, next, uncovered } = evening
  for (const language of languages) {
    const say = saying(language)
    const block = parse(String(tomorrow(evening, say))).text
    const early = block.match(/closes early|提前/g) ?? []
    expect(early.length, session).toBe(next && sessionOf(next)?.isEarlyClose ? 1 : 0)
    const title = `${say('message_due', { session: next ?? '' })}:`
    const [, ahead = ''] = messageOf(evening, language).text.split(title)
    for (const text of next ? [block, ahead] : [block]) {
      expect(text, session).not.toMatch(/XNYS|cancelled[^;]*overdue|已取消[^；]*逾期/)
      // The timetable of a release covers what is ahead. For other kinds it is their source.
      const open = ['earnings', 'fed_speech', 'fomc_decision'].filter((kind) => uncovered.kinds.includes(kind))
      for (const kind of [...open, ...uncovered.releases]) expect(text, session).toContain(plainNames(kind, say))
      for (const company of uncovered.companies.slice(0, 3)) expect(text, session).toContain(company)
    }
  }
}

const expectFirstScreenTrue = (
  evening: Awaited<ReturnType<typeof gatherAll>>[number],
  truth: Truth,
  closes: readonly { session: string; close: number }[],
) => {
  const { session } = evening
  const say = saying('en')
  const head = headline(evening, 'en', say)
  if (truth.change === null) expect(head, session).not.toContain('The S&P 500 closed')
  else expect(head, session).toContain(`closed ${ways(truth.change)}`)
  if (truth.close !== null) expect(head, session).not.toContain('no close of the S&P 500 for this session')
  if (truth.close !== null && truth.change === null && truth.fund === null)
    expect(head, session).toContain(
      `The S&P 500 ended the session at ${decimal(truth.close)}; the lake has no close of the session before`,
    )
  const opened = /The S&P 500 opened (.*?)(?: and|, turned)/.exec(head)?.[1]
  expect(opened, session).toBe(truth.change === null || truth.gap === null ? undefined : ways(truth.gap))
  const [sectors, vix] = bullets(evening, say)
  const counted = /^(None|\d+) of (\d+) sector funds fell/.exec(sectors!)
  const fell = counted?.[1] === 'None' ? 0 : Number(counted?.[1])
  expect(counted ? [fell, Number(counted[2])] : undefined, session).toEqual(
    truth.funds < 2 ? undefined : [truth.fell, truth.funds],
  )
  const own = closes.findIndex((each) => each.session === session)
  const close = /VIX closed at (\S+?)(?: |;|,)/.exec(vix!)?.[1]
  expect(close, session).toBe(own < 0 ? undefined : closes[own]!.close.toFixed(2))
  const higher = closes.slice(0, Math.max(own, 0)).findLast((each) => each.close >= closes[own]!.close)
  const named = /(?:since|as high on) (\d{4}-\d\d-\d\d), (\d+) sessions? before/.exec(vix!)
  expect(named?.[1], session).toBe(higher?.session)
  if (own > 0) expect(vix, session).not.toContain('the first close of VIX')
  if (own === 0) expect(vix, session).toMatch(/, the first close of VIX in the lake\.$/)
  const soFar = closes.slice(0, own + 1)
  const rank = / at percentile (\S+ %) of its closes so far/.exec(vix!)?.[1]
  const isRanked = vix!.includes('as high on') && soFar.length >= 252
  const notAbove = soFar.filter((each) => each.close <= soFar.at(-1)!.close).length
  expect(rank, session).toBe(isRanked ? percent(notAbove / soFar.length) : undefined)
  if (higher) expect(Number(named![2]), session).toBe(sessionsBetween(higher.session, session).length - 1)
  expectAheadTrue(evening)
  // The minute of a turn is that of the fund, and the sentence names it.
  const turned = /turned at (\S+)( \(SPY\))?/.exec(head)
  if (turned) expect(turned[2], session).toBe(head.startsWith('SPY ') ? undefined : ' (SPY)')
  for (const language of languages) expect(headline(evening, language, saying(language)), session).not.toMatch(/[{}]/)
  // A title that is a number of something is no name of a state.
  expect(head, session).not.toMatch(/: Sessions since|: Kinds of/)
  const warned = warningSentences(evening, say).join(' ')
  const value = /Early warning (\d\.(\d\d+))/.exec(warned)
  expect(value?.[1], session).toBe(truth.warning?.toFixed(value?.[2]?.length ?? 2))
  const level = /At such a level \((\d\.\d) to (\d\.\d)\)/.exec(warned)
  if (level) expect(Number(value![1]), session).toBeGreaterThanOrEqual(Number(level[1]))
  if (level && truth.warning! < Number(level[2])) expect(Number(value![1]), session).toBeLessThan(Number(level[2]))
  // More digits than two only where two would round it up to the next level.
  if (value && level && value[2]!.length > 2) expect(Number(truth.warning!.toFixed(2)), session).toBe(Number(level[2]))
}

/** The clock has a mark for each catalyst with a time, which an early close has too, and is not shown without any. */
const expectClockTrue = async (lake: Lake, session: string) => {
  const exhibit = eveningSections(session)
    .flatMap(({ exhibits }) => exhibits)
    .find(({ id }) => id === 'timeline')!
  const rows = await lake.engine.rows(exhibit.sql.text)
  const [hit] = await lake.engine.rows<{ n: number; timed: number }>(
    `select count(*) as n, count(*) filter (occurred_at is not null or kind = 'early_close') as timed
     from catalysts_by_session where session = date '${session}'`,
  )
  expect(rows.length, session).toBe(hit!.n)
  expect(isEmpty({ ...exhibit, rows, sources: [] }), session).toBe(hit!.timed === 0)
  if (hit!.timed === 0) return
  const context = { session, language: 'en', say: saying('en'), document: newDocument() } as const
  const drawn = parse(exhibit.chart!.draw(rows, context).outerHTML)
  expect(drawn.querySelectorAll('[aria-label=dot] circle'), session).toHaveLength(hit!.timed)
  const others = hit!.n - hit!.timed
  expect(exhibit.chart!.alternative(rows, context), session).toBe(
    `Catalysts: ${hit!.timed}. The shaded hours are those of the exchange.${others ? ` Without a time: ${others}.` : ''}`,
  )
}

/** A source is named below an exhibit only from the day on which it has its first row. */
const expectSourcesOfTheirTime = async (lake: Lake, sessions: readonly string[]) => {
  const tables = allTables.filter(({ columns }) => 'source' in columns)
  const rows = await lake.engine.rows<{ source: string; since: string }>(
    tables
      .map(({ name, columns }) => {
        const known = `cast(timezone('America/New_York', timezone('UTC', known_at)) as date)`
        const day = 'session' in columns ? `coalesce(cast(session as date), ${known})` : known
        return `select source, cast(cast(min(${day}) as date) as varchar) as since from ${name} group by source`
      })
      .join(' union all '),
  )
  const since = new Map<string, string>()
  for (const row of rows) if (row.since <= (since.get(row.source) ?? row.since)) since.set(row.source, row.since)
  const sources = await sourcesOf(lake, exhibitQueries(sessions[0]!))
  const namedOn = (session: string) => new Set(exhibitQueries(session).flatMap((query) => sources(query, session)))
  for (const session of sessions)
    for (const source of namedOn(session)) expect(since.get(source)! <= session, `${source} ${session}`).toBe(true)
  const [first, last] = [sessions.toSorted()[0]!, sessions.toSorted().at(-1)!].map((session) => namedOn(session).size)
  expect(last).toBeGreaterThan(2)
  return { first: first!, last: last! }
}

/** Every claim, judged on another session than its own, is unknown if its query has nothing but blanks. */
const expectNoVerdictOnNothing = async (lake: Lake, session: string) => {
  for (const claim of claims) {
    const rows = await lake.engine.rows(claim.sql(session, {}).text)
    const blank = rows.map((row) => Object.fromEntries(Object.keys(row).map((name) => [name, null])))
    for (const nothing of [[], blank])
      expect(claim.judge(nothing, saying('en'), {}).verdict, `${claim.id} ${session}`).toBe('unknown')
  }
}

/** Where the figure of a signal comes from that is published on the morning after its session. */
const origins = {
  net_gamma_known: ['dealer_gamma', 'net_gamma'],
  etf_share_z_known: ['etf_share_of_volume', 'etf_share_z'],
  share_pressure_known: ['basket_pressure', 'share_pressure'],
} as const

/** The named session has the value of the signal. Returns how many values were looked up. */
const expectOriginsTrue = async ({ engine }: Lake, evenings: Awaited<ReturnType<typeof gatherAll>>) => {
  expect(signals.map(({ column }) => column).filter((column) => column.endsWith('_known'))).toEqual(
    Object.keys(origins),
  )
  let shown = 0
  for (const [signal, [relation, column]] of Object.entries(origins)) {
    const rows = await engine.rows<{ session: string; value: number }>(
      `select session, ${column} as value from ${relation} where ${column} is not null`,
    )
    const values = new Set(rows.map(({ session, value }) => `${session} ${value}`))
    for (const evening of evenings) {
      const state = evening.signals.find((each) => each.signal.column === signal)!
      const line = (language: Language) =>
        terminalPage(evening, language)
          .split('\n')
          .find((each) => each.includes(`${state.signal.title[languages.indexOf(language)]} `))!
      const on = /\(of (\d{4}-\d\d-\d\d)\)/.exec(line('en'))?.[1]
      if (state.value === null) {
        expect(on, `${signal} ${evening.session}`).toBeUndefined()
        continue
      }
      shown += 1
      expect(on! < evening.session, `${signal} ${evening.session}`).toBe(true)
      expect(values.has(`${on} ${state.value}`), `${signal} ${evening.session} ${on}`).toBe(true)
      expect(line('zh')).toContain(`（${on} 的数值）`)
    }
  }
  return shown
}

/** The exhibits of gaps above a threshold, by the rows of the view. */
const expectGapsCounted = async (lake: Lake, session: string) => {
  for (const [symbol, id, threshold] of [
    ['SPY', 'gaps', 0.01],
    ['NVDA', 'symbol_gaps', 0.02],
  ] as const) {
    const exhibit = [...eveningSections(session), ...symbolSections(symbol, session)]
      .flatMap(({ exhibits }) => exhibits)
      .find((each) => each.id === id)!
    const rows = await lake.engine.rows(exhibit.sql.text)
    const [truth] = await lake.engine.rows<{ gaps: number; reversed: number; own: boolean }>(
      `select count(*) as gaps, count(*) filter (is_gap_and_reverse) as reversed, coalesce(bool_or(session = date '${session}'), false) as own
       from intraday_reversal where symbol = '${symbol}' and session <= date '${session}' and gap_return > ${threshold} + 1e-12`,
    )
    expect(rows.length, `${id} ${session}`).toBe(truth!.gaps)
    const caption = exhibit.chart!.alternative(rows, { session, language: 'en', say: saying('en') } as ChartContext)
    expect(caption, `${id} ${session}`).toMatch(
      new RegExp(
        `^${whole(truth!.gaps)} ${truth!.gaps === 1 ? 'session' : 'sessions'}, of which ${truth!.reversed} reversed; this session${truth!.own ? ': gap ' : ' is not one of them'}`,
      ),
    )
  }
}

/** An exhibit by session below "Became known later" has a session after that of the page. */
const expectLaterIsLater = async (lake: Lake, session: string) => {
  const bySession = laterSections(session)
    .flatMap(({ exhibits }) => exhibits)
    .filter(({ columns }) => 'session' in columns)
  expect(bySession.length).toBeGreaterThan(0)
  for (const { id, sql } of bySession) {
    const shown = (await lake.engine.rows(sql.text)).map((row) => String(row.session)).sort()
    if (shown.length) expect(shown.at(-1)! > session, `${id} ${session}`).toBe(true)
  }
}

const expectNoZeroWithoutCoverage = async ({ engine }: Lake) => {
  const found = async (sql: string) => (await engine.rows(sql)).length
  expect(await found(`select * from resonance where kind_count = 0 and unknown_kind_count > 0`)).toBe(0)
  expect(await found(`select * from crash_precursors where catalyst_count = 0 and uncovered_kind_count > 0`)).toBe(0)
  for (const [column, unknown] of [
    ['impactful_kind_count', 'unknown_kind_count'],
    ['weighted_overdue', 'unknown_release_count'],
  ])
    expect(await found(`select * from crash_precursors where ${column} <= 2 and ${unknown} > 0`), column).toBe(0)
  const dark = `select s.session from precursor_signals s join crash_precursors p on p.session = s.session where not is_lit`
  expect(await found(`${dark} and signal = 'impactful_kind_count' and unknown_kind_count > 0`)).toBe(0)
  expect(await found(`${dark} and signal = 'weighted_overdue' and unknown_release_count > 0`)).toBe(0)
}

const suite =
  (folderOf: () => Promise<string>, choose: (all: readonly string[]) => readonly string[], fewest: number) => () => {
    let lake: Lake
    let sessions: readonly string[]
    let known: Map<string, Known>
    beforeAll(async () => {
      lake = (await openTestLake({ folder: await folderOf() })).lake
      await lake.refresh()
      // Thousands of questions follow, so the relations that they read directly are evaluated once.
      await keepSmall(lake)
      const all = await lake.engine.rows<{ session: string }>('select session from crash_precursors order by session')
      sessions = choose(all.map(({ session }) => session))
      known = await knownOf(lake)
    })
    afterAll(() => lake.close())

    it('has enough sessions', () => expect(sessions.length).toBeGreaterThanOrEqual(fewest))

    it('counts nothing as zero that no source covers', () => expectNoZeroWithoutCoverage(lake))

    it('gives no verdict on the kinds of catalysts without coverage', async () => {
      for (const session of sessions) await expectVerdictsWithCoverage(lake, session, known.get(session))
    })

    it('says "on the session" only of a value of the session', async () => {
      for (const session of sessions) await expectCaptionsOfTheSession(lake, session)
    })

    it('says on the first screen what the data says', async () => {
      const [truth, closes] = [await truthOf(lake), await vixCloses(lake)]
      for (const evening of await gatherAll(lake, sessions, { ask: askOnce(lake) }))
        expectFirstScreenTrue(evening, truth.get(evening.session)!, closes)
    })

    it('has on the clock a mark for each catalyst with a time', async () => {
      for (const session of sessions) await expectClockTrue(lake, session)
    })

    it('names no source before its first row', async () => {
      const { first, last } = await expectSourcesOfTheirTime(lake, sessions)
      expect(first).toBeLessThanOrEqual(last)
    })

    it('counts among gaps only sessions that had one, and says of no other that it was one', async () => {
      for (const session of [sessions[0]!, ...sessions.slice(-20)]) await expectGapsCounted(lake, session)
    })

    it('says of which session a value is that is not of the evening', async () => {
      const evenings = await gatherAll(lake, sessions, { ask: askOnce(lake) })
      const shown = await expectOriginsTrue(lake, evenings)
      expect(shown).toBeGreaterThan(50)
    })

    it('shows as later only what came after the session', async () => {
      const end = sessions.toSorted().at(-1)!
      for (const session of [...sessions.slice(0, 5), end]) await expectLaterIsLater(lake, session)
    })

    it('gives no verdict on a claim of which nothing is known', async () => {
      for (const session of sessions.slice(0, 3)) await expectNoVerdictOnNothing(lake, session)
    })

    it('names in the terminal the kinds that no source covers', async () => {
      const uncovered = await lake.engine.rows<{ session: string; kinds: string | null }>(
        'select session, uncovered_kinds as kinds from session_facts',
      )
      const kindsOf = new Map(uncovered.map(({ session, kinds }) => [session, kinds]))
      const ask = askOnce(lake)
      for (const evening of await gatherAll(lake, sessions, { ask })) {
        const kinds = kindsOf.get(evening.session)
        const page = terminalPage(evening, 'en')
        // A range has no sign, and the sign of a number is a minus.
        const moves = page.split('\n\n').find((part) => part.includes(saying('en')('terminal_moved')))!
        for (const line of moves.split('\n').filter((each) => /^ {2}(GSPC|SPY|QQQ|XLK) /.test(each)))
          expect(line, evening.session).toMatch(
            /^ {2}\S+( +([+−]?[\d.]+ %|unknown)){2} +([\d.]+ %|unknown) +(−?\d\.\d\d|unknown)$/,
          )
        if (kinds)
          expect(page, evening.session).toContain(
            `no source covers this session for ${plainNames(kinds, saying('en'))}`,
          )
        else expect(page, evening.session).not.toContain('no source covers this session')
      }
    })
  }

const some = (n: number) => (all: readonly string[]) => {
  const at = randomUniform.source(randomLcg(0.17))(0, all.length)
  return [...new Set([all[0]!, ...Array.from({ length: n }, () => all[Math.floor(at())]!)])]
}

describe(
  'every session of the sample',
  { timeout: 900_000 },
  suite(episodeLake, (all) => all, 400),
)

describeShared('sessions of the real series', { timeout: 900_000 }, suite(realLake, some(210), 200))
