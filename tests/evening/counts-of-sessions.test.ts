/** On many sessions, each count of a page has the sessions that it names: no share has the count of another figure, and no value that of another session. */
import { ascending } from 'd3-array'
import { randomLcg, randomUniform } from 'd3-random'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { rarity, rarityBySignal } from '../../evening/gather/rarity.ts'
import { askOnce, gatherAll } from '../../evening/gather.ts'
import type { Exhibit } from '../../evening/html/exhibit.ts'
import { eveningSections } from '../../evening/html/sections/index.ts'
import { mechanisms } from '../../evening/html/sections/mechanisms.ts'
import { headline } from '../../evening/language/headline.ts'
import { languages, saying } from '../../evening/language/language.ts'
import { keepSmall } from '../../evening/site/kept.ts'
import type { Lake } from '../../pipeline/lake/lake.ts'
import { gapThresholds } from '../../schemas/thresholds.ts'
import { openTestLake } from '../support/lake.ts'
import { describeShared } from '../support/shared.ts'
import { episodeLake, realLake } from '../support/shared-lakes.ts'

type Evening = Awaited<ReturnType<typeof gatherAll>>[number]

const exhibitOf = (session: string, id: string): Exhibit =>
  eveningSections(session)
    .flatMap(({ exhibits }) => exhibits)
    .find((each) => each.id === id)!

interface Move {
  session: string
  symbol: string
  has_open: boolean
  gap_return: number | null
  close_return: number | null
  open_to_close_return: number | null
  range_fraction: number | null
}

/** The moves of the index and of the fund, oldest first. */
const movesOf = ({ engine }: Lake) =>
  engine.rows<Move & Record<string, never>>(
    `select r.session, r.symbol, b.has_open, gap_return, close_return, open_to_close_return, range_fraction
     from intraday_reversal r join daily_bars_as_known b on b.symbol = r.symbol and b.session = r.session
     where r.symbol in ('GSPC', 'SPY') order by r.session`,
  )

/** Each share counts the sessions with a value of its own figure. */
const expectExtremesCounted = async (lake: Lake, session: string, moves: readonly Move[]) => {
  const shown = await lake.engine.rows(exhibitOf(session, 'extremes').sql.text)
  for (const { symbol, measure, value, as_extreme_share, session_count, counted_from } of shown) {
    const where = `${session} ${symbol} ${measure}`
    const known = moves.filter((each) => each.symbol === symbol && each[measure as 'close_return'] !== null)
    const values = known.map((each) => each[measure as 'close_return']!)
    expect(session_count, where).toBe(known.length)
    expect(counted_from, where).toBe(known[0]!.session)
    const own = known.find((each) => each.session === session)?.[measure as 'close_return'] ?? null
    expect(value, where).toBe(own)
    if (own === null) expect(as_extreme_share, where).toBeNull()
    else
      expect(as_extreme_share, where).toBeCloseTo(
        values.filter((each) => (own < 0 ? each <= own : each >= own)).length / values.length,
        12,
      )
  }
}

/** Every threshold has a row, also one without a case, and its rate is that of the sessions up to this one. */
const expectReversalsCounted = async (lake: Lake, session: string, moves: readonly Move[]) => {
  const shown = await lake.engine.rows(exhibitOf(session, 'reversals').sql.text)
  const expected = gapThresholds.flatMap((threshold) =>
    ['GSPC', 'SPY'].flatMap((symbol) => {
      const own = moves.filter((each) => each.symbol === symbol)
      const opens = own.filter((each) => each.gap_return !== null)
      if (opens.length === 0) return []
      const cases = opens.filter((each) => each.gap_return! > threshold + 1e-12 && each.close_return! < 0)
      const from = opens[0]!.session
      return [
        {
          threshold,
          symbol,
          reversal_count: cases.length,
          valid_open_count: opens.length,
          is_this_one: cases.at(-1)?.session === session,
          latest: cases.at(-1)?.session ?? null,
          opens_valid_from: from,
          opens_last_invalid_on: own.findLast((each) => !each.has_open && each.session >= from)?.session ?? null,
          rate_per_year: expect.closeTo((cases.length * 252) / opens.length, 9),
        },
      ]
    }),
  )
  expect(shown, session).toEqual(expected)
}

/** A history that is too short for the card of a signal is too short for the table of mechanisms, in the same words. */
const expectNoVerdictOnShortHistory = async (lake: Lake, { session, rarity }: Evening) => {
  const exhibit = mechanisms(session)
  const rows = await lake.engine.rows(exhibit.sql.text)
  let short = 0
  for (const row of rows)
    for (const signal of String(row.signal).split(',')) {
      const own = rarity.find((each) => each.signal === signal)!
      const where = `${session} ${signal}`
      if (own.session_count >= 252) {
        expect(row.as_extreme_share, where).toBe(own.as_extreme_share)
        continue
      }
      short += 1
      expect(row.as_extreme_share, where).toBeNull()
      expect([row.session_count, row.counted_from], where).toEqual([own.session_count, own.counted_from])
      expect(exhibit.columns.as_extreme_share!.unknown!(row, saying('en')), where).toMatch(
        own.session_count === 1
          ? /^the first value/
          : new RegExp(`^a history of ${own.session_count} sessions is too short`),
      )
    }
  return short
}

/** Signals that each happened once are not ranked by how long their histories are. */
const expectRarestByCount = (evening: Evening) => {
  const lit = evening.signals.filter(({ state }) => state === 'lit').map(({ signal }) => signal.column as string)
  const long = evening.rarity
    .filter(
      ({ signal, session_count: count, as_extreme_share: share }) => lit.includes(signal) && count >= 252 && share,
    )
    .map(({ session_count: count, as_extreme_share: share }) => ({ share: share!, times: Math.round(share! * count) }))
    .sort((a, b) => ascending(a.share, b.share))
  const once = long.filter(({ times }) => times === 1).length
  const isTied = once > 1 && long[0]!.times === 1
  const [en, zh] = languages.map((language) => headline(evening, language, saying(language)))
  if (isTied) {
    expect(en, evening.session).toContain(`; ${once} were never as extreme before: `)
    expect(zh, evening.session).toContain(`其中 ${once} 项此前从未如此极端：`)
    expect(en, evening.session).not.toContain('the rarest')
  } else expect(en, evening.session).not.toContain('never as extreme')
  return isTied
}

/** The proxy is known where all that it is made of is known, so that its history has only sessions on which it could be true. */
const expectProxyOfKnown = async ({ engine }: Lake, evenings: readonly Evening[]) => {
  const sessions = await engine.rows<{ session: string; complete: boolean; known: boolean }>(
    `select p.session, is_below_mean_50 is not null and is_volatility_rising is not null and is_vix_up is not null as complete,
       c.is_negative_gamma_proxy is not null as known
     from negative_gamma_proxy p join crash_precursors c on c.session = p.session order by p.session`,
  )
  expect(sessions.filter(({ complete, known }) => complete !== known)).toEqual([])
  for (const { session, rarity } of evenings) {
    const counted = sessions.filter((each) => each.complete && each.session <= session)
    const own = rarity.find(({ signal }) => signal === 'is_negative_gamma_proxy')!
    expect([own.session_count, own.counted_from], session).toEqual([counted.length, counted[0]?.session ?? null])
  }
}

/** Two counts that treat equal values differently have different names. */
const expectPercentilesNamed = async (lake: Lake, session: string, closes: readonly number[]) => {
  const [regime, parts] = [exhibitOf(session, 'regime'), exhibitOf(session, 'contributions')]
  const [shown] = await lake.engine.rows(regime.sql.text)
  const part = (await lake.engine.rows(parts.sql.text)).find(({ component }) => component === 'vix_close')
  const own = closes.at(-1)!
  const [lower, equal] = [closes.filter((each) => each < own), closes.filter((each) => each === own)]
  expect(shown!.vix_percentile_expanding).toBeCloseTo((lower.length + equal.length) / closes.length, 12)
  expect(part!.percentile).toBeCloseTo((lower.length + equal.length / 2) / closes.length, 12)
  expect(regime.columns.vix_percentile_expanding!.label).not.toBe(parts.columns.percentile!.label)
  expect(exhibitOf(session, 'comovement').columns.average_correlation_20_percentile!.label).not.toBe(
    parts.columns.percentile!.label,
  )
}

const suite = (folderOf: () => Promise<string>, count: number, fewestTied: number, fewestShort: number) => () => {
  let lake: Lake
  let evenings: readonly Evening[]
  let moves: readonly Move[]
  beforeAll(async () => {
    lake = (await openTestLake({ folder: await folderOf() })).lake
    await lake.refresh()
    // Thousands of questions follow, so the relations that they read directly are evaluated once.
    await keepSmall(lake)
    const all = await lake.engine.rows<{ session: string }>('select session from crash_precursors order by session')
    const at = randomUniform.source(randomLcg(0.42))(0, all.length)
    const chosen = new Set(Array.from({ length: count }, () => all[Math.floor(at())]!.session))
    const sessions = [...chosen, all.at(-1)!.session].sort(ascending)
    evenings = await gatherAll(lake, sessions, { ask: askOnce(lake) })
    moves = await movesOf(lake)
  })
  afterAll(() => lake.close())

  const upTo = (session: string) => moves.filter((each) => each.session <= session)

  it('tells rarities below a figure in a query that gives the rows of the page', async () => {
    const some = [evenings[0]!, ...evenings.slice(-3)].map(({ session }) => session)
    const told = await lake.engine.rows(rarityBySignal(some).text)
    expect(told.length).toBeGreaterThan(50)
    expect(told).toEqual(await lake.engine.rows(rarity.sql(some).text))
  })

  it('gives each share of sessions as extreme its own count and its own first session', async () => {
    for (const { session } of evenings) await expectExtremesCounted(lake, session, upTo(session))
  })

  it('counts reversals above every threshold up to the session, and says zero of how many', async () => {
    for (const { session } of evenings) await expectReversalsCounted(lake, session, upTo(session))
  })

  it('says of no mechanism how rare it was from a history that is too short', async () => {
    let short = 0
    for (const evening of evenings) short += await expectNoVerdictOnShortHistory(lake, evening)
    expect(short).toBeGreaterThanOrEqual(fewestShort)
  })

  it('names as rarest no signal that happened as often as another', () => {
    expect(evenings.filter(expectRarestByCount).length).toBeGreaterThanOrEqual(fewestTied)
  })

  it('counts the proxy of negative gamma only where all that it is made of is known', () =>
    expectProxyOfKnown(lake, evenings))

  it('names two counts of the closes of VIX differently', async () => {
    const closes = await lake.engine.rows<{ session: string; close: number }>(
      `select session, close from volatility_indices_as_known where symbol = 'VIX' and close is not null order by session`,
    )
    const named = new Set(closes.map((each) => each.session))
    const { session } = evenings.findLast((each) => named.has(each.session))!
    const known = closes.filter((each) => each.session <= session).map(({ close }) => close)
    await expectPercentilesNamed(lake, session, known)
  })
}

describe('counts on sessions of the sample', { timeout: 600_000 }, suite(episodeLake, 30, 1, 30))

describeShared('counts on sessions of the real series', { timeout: 600_000 }, suite(realLake, 40, 0, 5))
