/** The bundled episode end to end: what the evening of 2025-11-20 shows. */

import { describe, expect, it } from 'vitest'
import { gather } from '../../evening/gather.ts'
import { terminalPage } from '../../evening/terminal/page.ts'
import { rebuild } from '../../pipeline/ingest/rebuild.ts'
import { timetableAt } from '../../pipeline/runs/timetable.ts'
import { queries } from '../../schemas/queries/index.ts'
import { copyFolder, derivedHashes, newFolder, openTestLake } from '../support/lake.ts'
import { episodeLake } from '../support/shared-lakes.ts'

const session = "date '2025-11-20'"
const open = async () => {
  const test = await openTestLake({ folder: await episodeLake() })
  await test.lake.refresh()
  return test.lake
}

describe('the saved queries', () => {
  it.each(queries.map((query) => [query.name, query] as const))('%s has an answer', async (_, { sql }) => {
    const { engine } = await open()
    expect((await engine.rows(sql.text)).length).toBeGreaterThan(0)
  })
})

describe('inside the sessions of the event week', () => {
  it('has bars whose session is the daily bar, of five minutes for ETFs and of one for NVDA', async () => {
    const { engine } = await open()
    const rows = await engine.rows(
      `select s.interval_minutes, count(distinct s.symbol) as symbols, count(*) as sessions, min(s.session) as first, max(s.session) as last,
              bool_and(s.open = d.open and s.high = d.high and s.low = d.low and s.close = d.close) as is_equal
       from intraday_shape s join daily_bars_as_known d using (symbol, session) group by 1 order by 1`,
    )
    const week = { first: '2025-11-17', last: '2025-11-20', is_equal: true }
    expect(rows).toEqual([
      { interval_minutes: 1, symbols: 1, sessions: 4, ...week },
      { interval_minutes: 5, symbols: 14, sessions: 56, ...week },
    ])
  })

  it('says when the event session turned', async () => {
    const { engine } = await open()
    const [row] = await engine.rows(`select * from crash_precursors where session = ${session}`)
    expect(row).toMatchObject({ etf_minutes_to_turn: 75, etf_minutes_to_gap_lost: 140 })
    const around = await engine.rows(
      `select kind, symbol, minutes_from_open from catalyst_intraday where session = ${session} order by occurred_at`,
    )
    expect(around).toMatchObject([
      { kind: 'earnings', symbol: 'NVDA', minutes_from_open: -1029 },
      { kind: 'nonfarm_payrolls', symbol: 'SPY', minutes_from_open: -60 },
      { kind: 'fed_speech', symbol: 'SPY' },
    ])
  })
})

describe('2025-11-20', () => {
  it('shows three catalysts of three kinds, each at its instant', async () => {
    const { engine } = await open()
    const hits = await engine.rows(
      `select kind, entity, occurred_at, delay_days, actual, consensus, surprise, tags, known_at from catalysts_by_session where session = ${session} order by occurred_at`,
    )
    expect(hits).toMatchObject([
      {
        kind: 'earnings',
        entity: 'NVDA',
        occurred_at: '2025-11-19T21:20:31.000Z',
        known_at: '2025-11-19T21:20:31.000Z',
      },
      {
        kind: 'nonfarm_payrolls',
        occurred_at: '2025-11-20T13:30:00.000Z',
        delay_days: 48,
        actual: 119,
        consensus: 50,
        surprise: 69,
      },
      { kind: 'fed_speech', entity: 'Lisa D. Cook', tags: expect.stringContaining('private_credit') },
    ])
  })

  it('lights the depth at 5/11 of its mean and leaves what was not known unlit', async () => {
    const { engine } = await open()
    const [row] = await engine.rows(`select * from crash_precursors where session = ${session}`)
    expect(row?.depth_ratio).toBeCloseTo(5 / 11, 14)
    expect(row).toMatchObject({
      is_depth_vacuum: true,
      vix_close: 26.42,
      sessions_since_higher_vix: 146,
      catalyst_kind_count: 3,
      longest_delay_days: 48,
      net_gamma_known: 3.21e9,
      payrolls_change: 119,
    })
    expect(Number(row?.etf_share_known)).toBeLessThan(0.32)
    const [facts] = await engine.rows(`select etf_share, net_gamma from session_facts where session = ${session}`)
    expect(facts?.etf_share).toBeCloseTo(0.41, 9)
    expect(facts?.net_gamma).toBe(1.34e9)
  })

  it('lights resonance on a depth that the evening before knew, and the data vacuum', async () => {
    const { engine } = await open()
    const [echo] = await engine.rows(`select * from resonance where session = ${session}`)
    expect(echo).toMatchObject({
      kind_count: 3,
      kinds: 'earnings,fed_speech,nonfarm_payrolls',
      is_fragile_before: true,
      is_resonance: true,
      kinds_base_rate: 0,
    })
    const [eve] = await engine.rows(`select depth_ratio from market_depth_state where session = date '2025-11-19'`)
    expect(echo?.depth_ratio_before).toBe(eve?.depth_ratio)
    expect(eve?.depth_ratio).toBeLessThan(0.5)
    const [vacuum] = await engine.rows(`select * from data_vacuum where session = ${session}`)
    expect(vacuum).toMatchObject({ overdue_count: 6, overdue_days: 97, longest_overdue_days: 21 })
    const lit = await engine.rows(
      `select signal from precursor_signals where session = ${session} and is_lit and signal in ('is_resonance', 'weighted_overdue') order by 1`,
    )
    expect(lit).toEqual([{ signal: 'is_resonance' }, { signal: 'weighted_overdue' }])
  })

  it('knows the results as good news that was sold, and the speech by its sentences', async () => {
    const { engine } = await open()
    const [reaction] = await engine.rows(`select * from earnings_reactions where session = ${session}`)
    expect(reaction).toMatchObject({ symbol: 'NVDA', timing: 'after_close', is_sell_the_news: true })
    expect(reaction?.revenue_surprise).toBeCloseTo(57.006 / 54.92 - 1, 12)
    expect(reaction?.guidance_surprise).toBeCloseTo(65 / 61.66 - 1, 12)
    const [topic] = await engine.rows(
      `select score_percentile, novelty from speech_topics where speech_id = 'cook20251120a' and topic = 'private_credit'`,
    )
    // She had named private credit in January already.
    expect(topic?.novelty).toBeLessThan(1)
    const [said] = await engine.rows(
      `select sentence, rule, words from speech_sentences where speech_id = 'cook20251120a' and topic = 'private_credit'`,
    )
    expect(said).toEqual({
      sentence:
        'Private credit has grown quickly, and rising links between banks and private credit funds deserve attention.',
      rule: 'private_credit.private_credit',
      words: 'Private credit',
    })
  })

  it('at 13:29:59Z payrolls are unknown and overdue, at 13:30:00Z known, with July and August revised', async () => {
    const lake = await open()
    const at = async (instant: string) =>
      (await timetableAt(lake, new Date(instant), 'nonfarm_payrolls')).find(
        ({ reference_period }) => reference_period === '2025-09-01',
      )
    expect(await at('2025-11-20T13:29:59Z')).toMatchObject({ status: 'delayed', released_at: null, overdue_days: 48 })
    expect(await at('2025-11-20T13:30:00Z')).toMatchObject({ status: 'released', delay_days: 48, overdue_days: null })
    const revised = await lake.engine.rows(
      `select reference_period, figure from macro_vintages
       where series = 'PAYEMS' and known_at = timestamp '2025-11-20 13:30:00' and reference_period >= date '2025-07-01' order by 1`,
    )
    expect(revised).toEqual([
      { reference_period: '2025-07-01', figure: 72 },
      { reference_period: '2025-08-01', figure: -4 },
      { reference_period: '2025-09-01', figure: 119 },
    ])
  })

  it('every tag can be explained from its row, and none is known before what it rests on', async () => {
    const { engine } = await open()
    const rows = await engine.rows<{
      kind: string
      evidence: string | null
      tags: string | null
      bronze_key: string | null
      source: string
    }>(`select * from catalysts where known_session >= date '2025-09-01'`)
    expect(rows.length).toBeGreaterThan(20)
    for (const row of rows) {
      if (row.tags) for (const tag of row.tags.split(',')) expect(row.evidence).toContain(`${tag}.`)
      if (row.source !== 'calendar') expect(row.bronze_key, JSON.stringify(row)).toMatch(/^bronze\//)
      if (row.kind !== 'fed_speech') expect(row.evidence).toBeTruthy()
    }
    const early = await engine.rows(`select * from catalysts where occurred_at is not null and known_at < occurred_at`)
    expect(early).toEqual([])
  })

  it('keeps the timetable: confirmed, delayed, released; and October cancelled', async () => {
    const { engine } = await open()
    const states = await engine.rows(
      `select reference_period, status, scheduled_at from catalysts where kind = 'nonfarm_payrolls' and reference_period between date '2025-09-01' and date '2025-10-01' order by reference_period, known_at`,
    )
    expect(states).toEqual([
      { reference_period: '2025-09-01', status: 'confirmed', scheduled_at: '2025-10-03T12:30:00.000Z' },
      { reference_period: '2025-09-01', status: 'delayed', scheduled_at: '2025-10-03T12:30:00.000Z' },
      { reference_period: '2025-09-01', status: 'released', scheduled_at: '2025-10-03T12:30:00.000Z' },
      { reference_period: '2025-10-01', status: 'confirmed', scheduled_at: '2025-11-07T13:30:00.000Z' },
      { reference_period: '2025-10-01', status: 'cancelled', scheduled_at: '2025-11-07T13:30:00.000Z' },
    ])
  })

  it('prints a page that says it is a sample, what was lit, what hit and what was not known', async () => {
    const page = terminalPage(await gather(await open(), '2025-11-20'), 'en')
    expect(page).toMatch(/^SAMPLE: a simulated market/)
    for (const line of [
      /GSPC\s+\+1\.4 %\s+−1\.6 %/,
      /VIX 26\.42, \+11\.7 %; last close as high on 2025-04-24, 146 sessions before/,
      /● Depth vacuum/,
      /○ Dealer gamma/,
      /2025-11-20 08:30 {2}Employment Situation for 2025-09: \+119 thousand persons, \+50 expected, 48 days late/,
      /interconnection and leverage: “Private credit has grown quickly/,
      /private credit \(Private credit\): the same sentence/,
      /● Resonance: 3 kinds that could move the market \(earnings, Fed speech, nonfarm payrolls\)/,
      /Employment Situation for 2025-10, cancelled \(was due 2025-11-07\); its figure is still missing, 13 days after it was due/,
      /ETF share of the volume of this session: published the next morning/,
    ]) {
      expect(page).toMatch(line)
    }
  })

  it('is the same silver when rebuilt from its bronze', async () => {
    const folder = newFolder()
    copyFolder(await episodeLake(), folder)
    const before = derivedHashes(folder)
    const test = await openTestLake({ folder, at: '2025-11-21T13:15:00Z' })
    const outcomes = await rebuild(test.lake, [])
    expect(outcomes.filter(({ status }) => status !== 'ok')).toEqual([])
    expect(derivedHashes(folder)).toEqual(before)
  })
})
