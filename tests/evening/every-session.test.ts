/** Every session of the sample and many of the real series: no verdict without coverage, and no value of another session under the name of this one. */
import { randomLcg, randomUniform } from 'd3-random'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { allParts, askOnce, gatherAll, readsOf } from '../../evening/gather.ts'
import { claims } from '../../evening/html/claims/index.ts'
import type { ChartContext } from '../../evening/html/exhibit.ts'
import { eveningSections } from '../../evening/html/sections/index.ts'
import { languages, saying } from '../../evening/language/language.ts'
import { terminalPage } from '../../evening/terminal/page.ts'
import type { Lake } from '../../pipeline/lake/lake.ts'
import { evaluateOnce } from '../support/evaluated-once.ts'
import { openTestLake } from '../support/lake.ts'
import { describeShared } from '../support/shared.ts'
import { episodeLake, realLake } from '../support/shared-lakes.ts'

/** The column that the caption of each line tells. */
const lines: Readonly<Record<string, string>> = {
  before: 'close',
  etf_share: 'etf_share',
  correlation: 'average_correlation_20',
  vix: 'vix_close',
  gamma: 'net_gamma',
  depth: 'depth_usd',
  score_year: 'score',
}

const sessionClaim = claims.find(({ id }) => id === 'resonance')!
const linesOf = (session: string) =>
  eveningSections(session).flatMap(({ exhibits }) => exhibits.filter(({ id }) => id in lines))
const asked = [
  ...linesOf('2025-11-20').flatMap(({ sql }) => sql.reads),
  ...sessionClaim.sql('2025-11-20', {}).reads,
  ...readsOf(allParts),
]

const expectCaptionsOfTheSession = async (lake: Lake, session: string) => {
  const exhibits = linesOf(session)
  for (const [id, column] of Object.entries(lines)) {
    const exhibit = exhibits.find((each) => each.id === id)!
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
          new RegExp(`no value for this session; the last one is of ${last}: |当日没有数值;最近一个数值属于 ${last}`),
        )
      else expect(caption, where).toMatch(/: no value\.$|没有数值。$/)
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
      await lake.hold(asked)
      await evaluateOnce(lake, asked)
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

    it('names in the terminal the kinds that no source covers', async () => {
      const uncovered = await lake.engine.rows<{ session: string; kinds: string | null }>(
        'select session, uncovered_kinds as kinds from session_facts',
      )
      const kindsOf = new Map(uncovered.map(({ session, kinds }) => [session, kinds]))
      const ask = askOnce(lake)
      for (const evening of await gatherAll(lake, sessions, { ask })) {
        const kinds = kindsOf.get(evening.session)
        const page = terminalPage(evening, 'en')
        if (kinds)
          expect(page, evening.session).toContain(`no source covers this session for ${kinds.replaceAll(',', ', ')}`)
        else expect(page, evening.session).not.toContain('no source covers this session')
      }
    })
  }

const some = (n: number) => (all: readonly string[]) => {
  const at = randomUniform.source(randomLcg(0.17))(0, all.length)
  return [...new Set(Array.from({ length: n }, () => all[Math.floor(at())]!))]
}

describe(
  'every session of the sample',
  { timeout: 900_000 },
  suite(episodeLake, (all) => all, 400),
)

describeShared('sessions of the real series', { timeout: 900_000 }, suite(realLake, some(115), 100))
