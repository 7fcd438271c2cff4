/** Unknown is not zero and not "no": a kind of catalyst is absent, and a release overdue, only where the sources cover the session. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { SourceUnavailableError } from '../../core/errors.ts'
import { coveredCompanies } from '../../evening/gather/catalysts.ts'
import { gather } from '../../evening/gather.ts'
import { claims } from '../../evening/html/claims/index.ts'
import { report } from '../../evening/html/report.ts'
import { saying } from '../../evening/language/language.ts'
import { terminalPage } from '../../evening/terminal/page.ts'
import { compute } from '../../pipeline/compute/compute.ts'
import { ingestPayload } from '../../pipeline/ingest/import-files.ts'
import { rebuild } from '../../pipeline/ingest/rebuild.ts'
import type { Lake } from '../../pipeline/lake/lake.ts'
import { run } from '../../pipeline/runs/run.ts'
import { tag } from '../../pipeline/tag/tag.ts'
import { precursorSignals } from '../../schemas/views/composite/precursor_signals.ts'
import { sessionFacts } from '../../schemas/views/composite/session_facts.ts'
import { sourceNamed } from '../../sources/index.ts'
import { filledOnce } from '../support/filled-once.ts'
import { announcement, bar, filing, land } from '../support/import.ts'
import { derivedHashes, openTestLake, writeInput } from '../support/lake.ts'
import { episodeLake } from '../support/shared-lakes.ts'

const noon = (day: string) => `${day}T12:30:00Z`

const series = (name: string, prints: Readonly<Record<string, string>>) =>
  Object.entries(prints).map(([reference_period, day], i) => ({
    series: name,
    reference_period,
    value: 100 + i,
    known_at: noon(day),
  }))

const statement = (meeting_on: string, released_at: string) => ({
  meeting_on,
  released_at,
  action: 'lower',
  target_lower: 1,
  target_upper: 1.25,
  decision: 'The Committee decided to lower the target range.',
  url: 'https://www.federalreserve.gov/newsevents/pressreleases/monetary.htm',
  body: 'The Committee decided to lower the target range.',
  known_at: released_at,
})

/** Fills a folder with March 2020: every source of a kind that can move the market, but the FOMC. */
const fillMarchLake = async (folder: string): Promise<void> => {
  const { lake } = await openTestLake({ copyTo: folder, isTagged: true })
  const days = await lake.engine.rows<{ session: string }>(
    `select session from calendar where session between date '2020-03-02' and date '2020-03-18' order by session`,
  )
  await land(
    lake,
    'daily_bars',
    days.map(({ session }) => bar(session)),
    { symbol: 'SPY' },
  )
  await land(lake, 'macro_releases', [
    ...series('PAYEMS', { '2020-01-01': '2020-02-07', '2020-02-01': '2020-03-06' }),
    ...series('CPIAUCSL', { '2020-01-01': '2020-02-13', '2020-02-01': '2020-03-11' }),
    ...series('A191RL1Q225SBEA', { '2019-10-01': '2020-01-30' }),
    ...series('PCEPI', { '2019-12-01': '2020-01-31', '2020-01-01': '2020-02-28' }),
  ])
  await land(lake, 'filings', [filing('NVDA', '0001045810-20-000010', '8-K', '5.02', '2020-02-20T21:30:00Z')])
  await land(lake, 'speeches', [
    {
      speech_id: 'brainard20200221a',
      part: 'listing',
      held_at: '2020-02-21T18:30:00Z',
      speaker: 'Lael Brainard',
      role: 'Governor',
      title: 'Monetary Policy Strategies and Tools When Inflation and Interest Rates Are Low',
      location: 'New York',
      url: 'https://www.federalreserve.gov/newsevents/speech/brainard20200221a.htm',
      body: '',
      footnotes: '',
      known_at: '2020-02-21T18:30:00Z',
    },
  ])
  await tag(lake)
  await lake.close()
}

/** A copy of that lake, which is filled once. */
const marchLake = async (): Promise<Lake> => {
  const { lake } = await openTestLake({ copyOf: await filledOnce('march', fillMarchLake) })
  await lake.refresh()
  return lake
}

const landMeetings = async (lake: Lake, instants: readonly string[]) => {
  const at = { source: 'meetings' }
  await land(
    lake,
    'policy_statements',
    instants.map((instant) => statement(instant.slice(0, 10), instant)),
    at,
  )
  const released = instants.map((instant) =>
    announcement('fomc_decision', instant.slice(0, 10), instant, instant, { status: 'released' }),
  )
  await land(lake, 'release_calendar', released, at)
  await tag(lake)
  await lake.refresh()
}

const resonanceOf = async ({ engine }: Lake, session: string) => {
  const [row] = await engine.rows(
    `select kind_count, kinds, unknown_kind_count, uncovered_kinds, undecided_kinds, is_resonance from resonance
     where session = date '${session}'`,
  )
  return row
}
const stateOf = async ({ engine }: Lake, session: string) => {
  const [row] = await engine.rows<{ is_lit: boolean | null }>(
    `select is_lit from precursor_signals where signal = 'impactful_kind_count' and session = date '${session}'`,
  )
  return row?.is_lit
}
const verdictOf = async (lake: Lake, session: string) => {
  const claim = claims.find(({ id }) => id === 'resonance')!
  return claim.judge(await lake.engine.rows(claim.sql(session, {}).text), saying('en'), {})
}

/** For a test that asks several questions about a session: what is not stored is computed once. */
const holdSession = (lake: Lake) => lake.hold([precursorSignals, sessionFacts])

const none = { kinds: null, undecided_kinds: null }

it('2020-03-16 without the FOMC: no source can say that nothing hit', async () => {
  const lake = await marchLake()
  await holdSession(lake)
  const unknown = { kind_count: null, unknown_kind_count: 1, uncovered_kinds: 'fomc_decision' }
  expect(await resonanceOf(lake, '2020-03-16')).toEqual({ ...none, ...unknown, is_resonance: false })
  expect(await stateOf(lake, '2020-03-16')).toBeNull()
  const [facts] = await lake.engine.rows(
    `select f.catalyst_count, f.uncovered_kinds, p.catalyst_count as known from session_facts f
     join crash_precursors p on p.session = f.session where f.session = date '2020-03-16'`,
  )
  expect(facts).toEqual({ catalyst_count: null, uncovered_kinds: 'fomc_decision', known: null })
  const page = terminalPage(await gather(lake, '2020-03-16'), 'en')
  expect(page).toContain('unknown: no source covers this session for FOMC decision')
  expect(page).toContain('an unknown number of kinds')
})

it('with the meetings up to 2020-03-03 the sources cover the session, and zero is zero', async () => {
  const lake = await marchLake()
  await landMeetings(lake, ['2020-01-29T19:00:00Z', '2020-03-03T15:00:00Z'])
  await holdSession(lake)
  const known = { kind_count: 0, unknown_kind_count: 0, uncovered_kinds: null }
  expect(await resonanceOf(lake, '2020-03-16')).toEqual({ ...none, ...known, is_resonance: false })
  expect(await stateOf(lake, '2020-03-16')).toBe(false)
  expect(terminalPage(await gather(lake, '2020-03-16'), 'en')).toContain('Catalysts of the session: 0\n  none')
})

it('with the meeting of Sunday, 2020-03-15, one kind hit', async () => {
  const lake = await marchLake()
  await landMeetings(lake, ['2020-03-03T15:00:00Z', '2020-03-15T21:00:00Z'])
  expect(await resonanceOf(lake, '2020-03-16')).toMatchObject({ kind_count: 1, kinds: 'fomc_decision' })
})

it('a statistic without a consensus has hit, and its impact is unknown', async () => {
  const lake = await marchLake()
  await landMeetings(lake, ['2020-03-03T15:00:00Z'])
  const undecided = { kind_count: null, unknown_kind_count: 1, undecided_kinds: 'consumer_prices' }
  expect(await resonanceOf(lake, '2020-03-11')).toMatchObject(undecided)
})

it('an evening on which the source was refused is not covered by it, and the next one is', async () => {
  const lake = await marchLake()
  const speech = {
    d: '2/21/2020 1:30:00 PM',
    t: 'A speech',
    s: 'Governor Lael Brainard',
    lo: 'New York',
    l: '/newsevents/speech/brainard20200221a.htm',
  }
  const take = async (content: string, at: string) => {
    const given = { key: 'listing', fetchedAt: new Date(at) }
    return (await ingestPayload(lake, sourceNamed('fed_speeches'), writeInput('listing.json', content), given)).error
  }
  expect(await take(JSON.stringify([speech]), '2020-02-24T23:00:00Z')).toBeNull()
  expect(await take('{"moved": true}', '2020-03-12T23:00:00Z')).not.toBeNull()
  await lake.refresh()
  const rows = await lake.engine.rows(
    `select session, sources from catalyst_coverage where kind = 'fed_speech' and session between date '2020-03-11' and date '2020-03-13' order by session`,
  )
  expect(rows).toEqual([
    { session: '2020-03-11', sources: 'fed_speeches,import' },
    { session: '2020-03-12', sources: 'import' },
    { session: '2020-03-13', sources: 'fed_speeches,import' },
  ])
})

it('a source that has been silent for longer than usual no longer covers a session', async () => {
  const lake = await marchLake()
  await landMeetings(lake, ['2019-12-11T19:00:00Z'])
  const covered = async (session: string) => {
    const [row] = await lake.engine.rows<{ is_covered: boolean }>(
      `select is_covered from catalyst_coverage where kind = 'fomc_decision' and session = date '${session}'`,
    )
    return row?.is_covered
  }
  expect(await covered('2020-02-12')).toBe(true)
  expect(await covered('2020-02-13')).toBe(false)
  const spans = await lake.engine.rows(
    `select table_name, first_session, last_session, session_count, known_by from meta_coverage
     where source = 'meetings' and subject = 'fomc_decision' order by table_name`,
  )
  const span = { first_session: '2019-12-11', last_session: '2020-02-12', session_count: 43, known_by: 'signs' }
  expect(spans).toEqual([
    { table_name: 'policy_statements', ...span },
    { table_name: 'release_calendar', ...span },
  ])
})

it('coverage is stored for the years of the bars, whatever tables have rows', async () => {
  const { lake, folder } = await openTestLake()
  await land(lake, 'daily_bars', [bar('2020-03-16'), bar('2021-03-16')], { symbol: 'SPY' })
  for (const { error } of await compute(lake)) expect(error).toBeNull()
  for (const year of [2020, 2021])
    expect(existsSync(join(folder, `silver/catalyst_coverage/year=${year}/data.parquet`)), String(year)).toBe(true)
})

const vacuumOf = async ({ engine }: Lake, session: string) => {
  const [row] = await engine.rows(
    `select overdue_count, weighted_overdue, unknown_release_count, unknown_releases from data_vacuum
     where session = date '${session}'`,
  )
  return row
}

const due: Readonly<Record<string, readonly [period: string, day: string]>> = {
  nonfarm_payrolls: ['2025-09-01', '2025-10-03'],
  consumer_prices: ['2025-09-01', '2025-10-15'],
  personal_consumption_prices: ['2025-09-01', '2025-10-31'],
  gross_domestic_product: ['2025-07-01', '2025-10-30'],
}
const others =
  'employment_cost_index,industrial_production,job_openings,jobless_claims,manufacturing_survey,retail_sales'

const calendarLake = async (without: readonly string[] = []) => {
  const { lake } = await openTestLake()
  const announced = Object.entries(due).filter(([release]) => !without.includes(release))
  await land(
    lake,
    'release_calendar',
    announced.map(([release, [period, day]]) => announcement(release, period, noon(day), '2025-09-01T12:00:00Z')),
  )
  await land(lake, 'daily_bars', [bar('2026-06-01')], { symbol: 'SPY' })
  return lake
}

it('nothing is overdue only if the timetable of each release of the first rank is known', async () => {
  const whole = await calendarLake()
  const known = { unknown_release_count: 0, unknown_releases: others }
  expect(await vacuumOf(whole, '2025-10-02')).toEqual({ overdue_count: 0, weighted_overdue: 0, ...known })
  const part = await calendarLake(['gross_domestic_product'])
  const unknown = { unknown_release_count: 1, unknown_releases: others.replace(',', ',gross_domestic_product,') }
  expect(await vacuumOf(part, '2025-10-02')).toEqual({ overdue_count: null, weighted_overdue: null, ...unknown })
  expect(await vacuumOf(part, '2025-10-06')).toEqual({ overdue_count: 1, weighted_overdue: 1, ...unknown })
})

it('a calendar that has ended calls nothing overdue', async () => {
  const lake = await calendarLake()
  expect(await vacuumOf(lake, '2026-06-01')).toMatchObject({ overdue_count: null, unknown_release_count: 4 })
  expect(await lake.engine.rows(`select release from overdue_releases where session = date '2026-06-01'`)).toEqual([])
})

it('a fragile market with unknown kinds has neither resonance nor its contrary', async () => {
  const lake = await marchLake()
  await land(lake, 'dealer_gamma', [
    { symbol: 'SPX', session: '2020-03-12', net_gamma: -2e9, known_at: noon('2020-03-13') },
  ])
  await land(lake, 'macro_releases', series('PCEPI', { '2020-02-01': '2020-03-16' }))
  await land(lake, 'macro_releases', series('A191RL1Q225SBEA', { '2020-01-01': '2020-03-16' }))
  await tag(lake)
  await lake.refresh()
  expect(await resonanceOf(lake, '2020-03-16')).toMatchObject({ unknown_kind_count: 3, is_resonance: null })
  expect(await verdictOf(lake, '2020-03-16')).toEqual({
    verdict: 'unknown',
    says: expect.stringContaining('not known of FOMC decision, GDP, PCE prices; the evening before was fragile'),
  })
})

it('positive gamma does not make a market firm whose depth is not known', async () => {
  const lake = await marchLake()
  await land(lake, 'dealer_gamma', [
    { symbol: 'SPX', session: '2020-03-12', net_gamma: 2e9, known_at: noon('2020-03-13') },
  ])
  await lake.refresh()
  const [row] = await lake.engine.rows(
    `select net_gamma_before > 0 as is_positive, depth_ratio_before, is_fragile_before from resonance where session = date '2020-03-16'`,
  )
  expect(row).toEqual({ is_positive: true, depth_ratio_before: null, is_fragile_before: null })
})

it('kinds of catalysts are counted where the sources of all kinds cover the session, and nowhere else', async () => {
  const { lake } = await openTestLake({ folder: await episodeLake() })
  await lake.refresh()
  const rows = await lake.engine.rows<{ open: number | null; found: number | null; n: number }>(
    `select uncovered_kind_count as open, catalyst_kind_count as found, count(*) as n from crash_precursors group by all`,
  )
  const known = rows.filter(({ found }) => found !== null)
  expect(known.map(({ open }) => open)).toEqual(known.map(() => 0))
  expect(known.map(({ found }) => found)).toEqual(expect.arrayContaining([0, 1, 3]))
  expect(rows.some(({ open }) => open !== null && open > 0)).toBe(true)
  await lake.close()
})

/** A lake with two companies: NVDA files until October, ACME until July. */
const companies = async () => {
  const { lake } = await openTestLake()
  await land(lake, 'daily_bars', [bar('2025-07-01'), bar('2026-06-30')], { symbol: 'SPY' })
  const of = (symbol: string, cik: string, accession: string, accepted_at: string) => ({
    ...filing(symbol, accession, '8-K', '5.02', accepted_at),
    cik,
  })
  await land(lake, 'filings', [
    of('NVDA', '0001045810', 'n1', '2025-07-10T15:00:00Z'),
    of('NVDA', '0001045810', 'n2', '2025-10-10T15:00:00Z'),
    of('ACME', '0000000007', 'a1', '2025-07-21T15:00:00Z'),
  ])
  return lake
}
const earningsCoverage = async ({ engine }: Lake, sessions: readonly string[]) =>
  engine.rows(
    `select session, is_covered, sources, uncovered_companies from catalyst_coverage
     where kind = 'earnings' and session in (${sessions.map((each) => `date '${each}'`).join(', ')}) order by session`,
  )

it('no company reported only if every followed company is covered', async () => {
  const lake = await companies()
  const covered = { is_covered: true, sources: 'import', uncovered_companies: null }
  const unknown = { is_covered: false, sources: null }
  const of = (expected: Readonly<Record<string, object>>) =>
    Object.entries(expected).map(([session, each]) => ({ session, ...each }))
  const expected = {
    // ACME is not followed yet.
    '2025-07-18': covered,
    '2025-10-29': covered,
    // The last filing of ACME is older than 100 days.
    '2025-10-30': { ...unknown, uncovered_companies: 'ACME' },
    '2026-01-20': { ...unknown, uncovered_companies: 'ACME,NVDA' },
    // The last filing of ACME is 200 days old: the lake stops following the company.
    '2026-02-09': { ...unknown, uncovered_companies: 'NVDA' },
  }
  expect(await earningsCoverage(lake, Object.keys(expected))).toEqual(of(expected))
  const names = (session: string, covered_companies: string) => ({ session, kind: 'earnings', covered_companies })
  expect(
    await lake.engine.rows(`select * from (${coveredCompanies(Object.keys(expected)).text}) as c order by session`),
  ).toEqual([names('2025-07-18', 'NVDA'), names('2025-10-29', 'ACME,NVDA'), names('2025-10-30', 'NVDA')])
  // The page names them, so that nobody takes the silence of two companies for that of all.
  await land(lake, 'daily_bars', [bar('2025-10-30')], { symbol: 'SPY' })
  const { html } = await report(lake, '2025-10-30', { language: 'en' })
  expect(html).toContain('Results are covered of NVDA only.')
})

const submissions = (cik: string, accession: string) =>
  JSON.stringify({
    cik,
    tickers: ['ACME'],
    filings: {
      recent: {
        accessionNumber: [accession],
        filingDate: ['2025-07-21'],
        reportDate: ['2025-07-21'],
        acceptanceDateTime: ['2025-07-21T15:00:00.000Z'],
        form: ['8-K'],
        items: ['5.02'],
        primaryDocument: [''],
      },
      files: [],
    },
  })

it('an answer about one company says nothing about another', async () => {
  const lake = await companies()
  const take = async (key: string, accession: string, at: string) => {
    const given = { key, fetchedAt: new Date(at) }
    return (
      await ingestPayload(
        lake,
        sourceNamed('sec_filings'),
        writeInput('answer.json', submissions(key, accession)),
        given,
      )
    ).error
  }
  expect(await take('0000000007', 'a1', '2025-11-03T23:00:00Z')).toBeNull()
  await lake.refresh()
  expect(await earningsCoverage(lake, ['2025-10-31', '2025-11-03', '2025-11-04'])).toMatchObject([
    { is_covered: false, uncovered_companies: 'ACME' },
    { is_covered: true, uncovered_companies: null },
    { is_covered: false, uncovered_companies: 'ACME' },
  ])
  const spans = await lake.engine.rows(
    `select source, subject, first_session, last_session from meta_coverage where subject like 'earnings%' order by source, subject, first_session`,
  )
  expect(spans).toEqual([
    { source: 'import', subject: 'earnings ACME', first_session: '2025-07-21', last_session: '2025-10-29' },
    { source: 'import', subject: 'earnings NVDA', first_session: '2025-07-10', last_session: '2026-01-16' },
    { source: 'sec_filings', subject: 'earnings ACME', first_session: '2025-07-21', last_session: '2025-10-29' },
    { source: 'sec_filings', subject: 'earnings ACME', first_session: '2025-11-03', last_session: '2025-11-03' },
  ])
})

it('a company with two share classes is one company, with one name', async () => {
  const { lake } = await openTestLake()
  await land(lake, 'daily_bars', [bar('2025-07-01'), bar('2025-12-31')], { symbol: 'SPY' })
  const of = (symbol: string, accession: string, accepted_at: string) => ({
    ...filing(symbol, accession, '8-K', '5.02', accepted_at),
    cik: '0001652044',
  })
  const symbols = ['GOOGL', 'GOOG']
  await land(lake, 'filings', [
    ...symbols.map((symbol) => of(symbol, 'g1', '2025-07-10T15:00:00Z')),
    ...symbols.map((symbol) => of(symbol, 'g2', '2025-08-12T15:00:00Z')),
  ])
  const spans = `select subject, first_session, last_session from meta_coverage where table_name = 'filings'`
  expect(await lake.engine.rows(spans)).toEqual([
    { subject: 'earnings GOOG', first_session: '2025-07-10', last_session: '2025-11-20' },
  ])
  expect(await earningsCoverage(lake, ['2025-11-20', '2025-11-21'])).toMatchObject([
    { is_covered: true, uncovered_companies: null },
    { is_covered: false, uncovered_companies: 'GOOG' },
  ])
})

const listingOf = (...days: readonly string[]) =>
  JSON.stringify(
    days.map((day) => ({
      d: `${day} 1:30:00 PM`,
      t: 'A speech',
      s: 'Governor Lael Brainard',
      lo: 'New York',
      l: `/newsevents/speech/brainard${day.replaceAll('/', '')}a.htm`,
    })),
  )

/** The Federal Reserve's list of speeches as the one source of a lake, with evening runs that it may not answer. */
const speechLake = async () => {
  const answers: { listing?: string } = {}
  const { lake, clock, folder } = await openTestLake({
    platform: {
      fetch: async ({ url }) => {
        const body = url.endsWith('.json') ? answers.listing : '<html></html>'
        if (body === undefined) throw new SourceUnavailableError(`${url}: ENOTFOUND; try again later`, false)
        return { status: 200, headers: {}, body: Buffer.from(body) }
      },
    },
  })
  const days = ['2020-03-09', '2020-03-10', '2020-03-11', '2020-03-12', '2020-03-13']
  await land(
    lake,
    'daily_bars',
    days.map((day) => bar(day)),
    { symbol: 'SPY' },
  )
  const evening = async (session: string, listing?: string) => {
    clock.set(`${session}T22:30:00Z`)
    if (listing === undefined) delete answers.listing
    else answers.listing = listing
    const report = await run(lake, { session, sources: ['fed_speeches'] })
    await lake.refresh()
    return report
  }
  return { lake, folder, evening }
}
const speechesCovered = async ({ engine }: Lake) =>
  Object.fromEntries(
    (
      await engine.rows<{ session: string; is_covered: boolean }>(
        `select session, is_covered from catalyst_coverage
         where kind = 'fed_speech' and session between date '2020-03-10' and date '2020-03-13' order by session`,
      )
    ).map(({ session, is_covered }) => [session, is_covered]),
  )
const speechSpans = async ({ engine }: Lake) =>
  (
    await engine.rows<{ first_session: string; last_session: string }>(
      `select first_session, last_session from meta_coverage where subject = 'fed_speech' order by first_session`,
    )
  ).map(({ first_session, last_session }) => `${first_session} to ${last_session}`)
const uncoveredFacts = async ({ engine }: Lake) => {
  const rows = await engine.rows<{ session: string }>(
    `select session from session_facts where concat(',', uncovered_kinds, ',') like '%,fed_speech,%' order by session`,
  )
  return rows.map(({ session }) => session)
}

it('a source that could not be reached covers no session of that evening, until a later answer', async () => {
  const { lake, folder, evening } = await speechLake()
  const listing = listingOf('2/21/2020')
  expect(await evening('2020-03-10', listing)).toMatchObject({ status: 'ok' })
  expect(await evening('2020-03-11')).toMatchObject({
    status: 'failed',
    message: expect.stringContaining('ENOTFOUND'),
  })
  const lost = { '2020-03-10': true, '2020-03-11': false, '2020-03-12': true, '2020-03-13': true }
  expect(await speechesCovered(lake)).toEqual(lost)
  expect(await speechSpans(lake)).toEqual(['2020-02-21 to 2020-03-10', '2020-03-12 to 2020-03-13'])
  const [resonance] = await lake.engine.rows<{ uncovered_kinds: string }>(
    `select uncovered_kinds from resonance where session = date '2020-03-11'`,
  )
  expect(resonance!.uncovered_kinds.split(',')).toContain('fed_speech')
  expect(await uncoveredFacts(lake)).toContain('2020-03-11')
  expect(
    await lake.engine.rows(`select request_key, status, row_count from payloads where status <> 'landed'`),
  ).toEqual([{ request_key: 'listing', status: 'unanswered', row_count: 0 }])

  // The list of the next evening has no speech of the day before. What that evening knew stays as it was.
  expect(await evening('2020-03-12', listing)).toMatchObject({ status: 'ok' })
  expect(await speechesCovered(lake)).toEqual(lost)
  expect(await speechSpans(lake)).toEqual(['2020-02-21 to 2020-03-13'])
  expect(await uncoveredFacts(lake)).not.toContain('2020-03-11')

  const before = derivedHashes(folder)
  for (const { status } of await rebuild(lake, [])) expect(status).toBe('ok')
  for (const { error } of await compute(lake)) expect(error).toBeNull()
  expect(derivedHashes(folder)).toEqual(before)
})

it('a source that answered a second attempt of the evening covers the session', async () => {
  const { lake, evening } = await speechLake()
  const listing = listingOf('2/21/2020')
  await evening('2020-03-10', listing)
  await evening('2020-03-11')
  expect(await evening('2020-03-11', listing)).toMatchObject({ status: 'ok' })
  expect(await speechesCovered(lake)).toMatchObject({ '2020-03-11': true })
})

it('of a source that breaks off, only the companies without an answer are unknown', async () => {
  const filers = ['0000000007', '0001045810']
  let isReached = true
  const { lake, clock } = await openTestLake({
    platform: {
      fetch: async ({ url }) => {
        const cik = filers.find((each) => url.includes(each))!
        if (!isReached && cik === filers[1]) throw new SourceUnavailableError(`${url}: ENOTFOUND`, false)
        return { status: 200, headers: {}, body: Buffer.from(submissions(cik, `a${cik}`)) }
      },
    },
  })
  const followed = { ...lake, universe: { ...lake.universe, filers: filers.map((cik) => ({ symbol: cik, cik })) } }
  await land(lake, 'daily_bars', [bar('2025-07-21'), bar('2025-08-01')], { symbol: 'SPY' })
  const evening = (session: string) => {
    clock.set(`${session}T22:30:00Z`)
    return run(followed, { session, sources: ['sec_filings'] })
  }
  await evening('2025-07-22')
  isReached = false
  await evening('2025-07-23')
  await lake.refresh()
  expect(await earningsCoverage(lake, ['2025-07-22', '2025-07-23', '2025-07-24'])).toMatchObject([
    { is_covered: true, uncovered_companies: null },
    { is_covered: false, uncovered_companies: filers[1] },
    { is_covered: true, uncovered_companies: null },
  ])
})
