/**
 * Given announcements, filings and speeches → expected catalysts: delays, cancellations, clocks, amendments, versions.
 */
import { describe, expect, it } from 'vitest'
import { newYorkInstant } from '../../calendar/sessions.ts'
import type { Lake } from '../../pipeline/lake/lake.ts'
import { calendarFacts, tag } from '../../pipeline/tag/tag.ts'
import { announcement, bar, filing, land } from '../support/import.ts'
import { openTestLake } from '../support/lake.ts'

const tagged = async (lake: Lake, where: string) => {
  for (const { subject, error } of await tag(lake)) expect(error, subject).toBeNull()
  return lake.engine.rows<Record<string, unknown>>(
    `select * from catalysts where ${where} order by catalyst_id, known_at`,
  )
}

const payrolls = 'nonfarm_payrolls'
const september = '2025-09-01'
const print = (reference_period: string, value: number, known_at: string, series = 'PAYEMS') => ({
  series,
  reference_period,
  value,
  known_at,
})
/** An older vintage, so that the next vintages are first prints. */
const oldest = print('2025-08-01', 1000, '2025-09-05T12:30:00Z')

describe('the timetable', () => {
  const states = async (
    announced: readonly Record<string, unknown>[],
    printed: readonly Record<string, unknown>[] = [],
  ) => {
    const { lake } = await openTestLake({ isTagged: true })
    await land(lake, 'release_calendar', announced)
    await land(lake, 'macro_releases', [oldest, ...printed])
    await land(lake, 'daily_bars', [bar('2025-12-31')], { symbol: 'SPY' })
    const rows = await lake.engine.rows(
      `select reference_period, status, first_scheduled_at, scheduled_at, released_at, delay_days, merged_into, known_at
       from macro_timetable where reference_period >= date '2025-09-01' order by reference_period, known_at`,
    )
    return { lake, rows }
  }
  const first = announcement(payrolls, september, '2025-10-03T12:30:00Z', '2025-09-01T12:00:00Z')

  it('delayed: the first schedule is kept, and the delay is counted from it', async () => {
    const { lake, rows } = await states(
      [first, { ...first, scheduled_at: '2025-11-20T13:30:00Z', revision_number: 1, known_at: '2025-11-14T15:00:00Z' }],
      [print(september, 1119, '2025-11-20T13:30:00Z')],
    )
    expect(rows).toMatchObject([
      { status: 'confirmed', scheduled_at: '2025-10-03T12:30:00.000Z', delay_days: null },
      { status: 'delayed', scheduled_at: '2025-11-20T13:30:00.000Z', first_scheduled_at: '2025-10-03T12:30:00.000Z' },
      { status: 'released', released_at: '2025-11-20T13:30:00.000Z', delay_days: 48 },
    ])
    const at = (instant: string) =>
      lake.engine.rows(
        `select status, released_at from (
           select *, row_number() over (partition by release, reference_period order by known_at desc) as age
           from macro_timetable where known_at <= timestamp '${instant}' and reference_period = date '${september}'
         ) where age = 1 and first_scheduled_at < timestamp '${instant}'`,
      )
    expect(await at('2025-11-20 13:29:59')).toEqual([{ status: 'delayed', released_at: null }])
    expect(await at('2025-11-20 13:30:00')).toEqual([{ status: 'released', released_at: '2025-11-20T13:30:00.000Z' }])
    const overdue = await lake.engine.rows(
      `select session, overdue_days from overdue_releases where session in (date '2025-11-19', date '2025-11-20')`,
    )
    expect(overdue).toEqual([{ session: '2025-11-19', overdue_days: 47 }])
  })

  it('cancelled: overdue until superseded, and assigned to no session', async () => {
    const october = announcement(payrolls, '2025-10-01', '2025-11-07T13:30:00Z', '2025-09-01T12:00:00Z')
    const { lake, rows } = await states([
      october,
      { ...october, status: 'cancelled', revision_number: 1, known_at: '2025-11-19T20:00:00Z' },
    ])
    expect(rows.map(({ status }) => status)).toEqual(['confirmed', 'cancelled'])
    const [last] = await lake.engine.rows(`select * from overdue_releases where session = date '2025-12-31'`)
    expect(last).toMatchObject({ status: 'cancelled', overdue_days: 54 })
    const catalysts = await tagged(lake, `kind = '${payrolls}' and reference_period = date '2025-10-01'`)
    expect(catalysts).toMatchObject([
      { status: 'confirmed', session: null },
      { status: 'cancelled', session: null, title: expect.stringContaining('cancelled (was due 2025-11-07)') },
    ])
  })

  it('merged: a cancelled figure that is published at the same instant as the next one', async () => {
    const october = announcement(payrolls, '2025-10-01', '2025-11-07T13:30:00Z', '2025-09-01T12:00:00Z')
    const november = announcement(payrolls, '2025-11-01', '2025-12-05T13:30:00Z', '2025-09-01T12:00:00Z')
    const { lake, rows } = await states(
      [
        october,
        { ...october, status: 'cancelled', revision_number: 1, known_at: '2025-11-19T20:00:00Z' },
        november,
        { ...november, scheduled_at: '2025-12-16T13:30:00Z', revision_number: 1, known_at: '2025-11-19T20:00:00Z' },
      ],
      [
        print(september, 1119, '2025-11-20T13:30:00Z'),
        print('2025-10-01', 1014, '2025-12-16T13:30:00Z'),
        print('2025-11-01', 1078, '2025-12-16T13:30:00Z'),
      ],
    )
    expect(rows.filter(({ status }) => status === 'released')).toMatchObject([
      { reference_period: september, merged_into: null },
      { reference_period: '2025-10-01', merged_into: '2025-11-01', delay_days: 39 },
      { reference_period: '2025-11-01', merged_into: null, delay_days: 11 },
    ])
    const [found] = await tagged(lake, `catalyst_id = '${payrolls}:2025-10' and status = 'released'`)
    expect(found).toMatchObject({
      actual: -105,
      session: '2025-12-16',
      title: expect.stringContaining('with that for 2025-11'),
    })
  })

  it('announced as merged: names the other period, and stays overdue', async () => {
    const october = announcement(payrolls, '2025-10-01', '2025-11-07T13:30:00Z', '2025-09-01T12:00:00Z')
    const { lake } = await states([
      october,
      { ...october, status: 'merged', merged_into: '2025-11-01', revision_number: 1, known_at: '2025-11-19T20:00:00Z' },
    ])
    const rows = await tagged(lake, `catalyst_id = '${payrolls}:2025-10'`)
    expect(rows.at(-1)).toMatchObject({
      status: 'merged',
      title: expect.stringContaining('merged into that for 2025-11-01'),
    })
  })

  it('early: a release that is moved forward has a negative delay', async () => {
    const { rows } = await states(
      [first, { ...first, scheduled_at: '2025-10-02T12:30:00Z', revision_number: 1, known_at: '2025-09-20T12:00:00Z' }],
      [print(september, 1050, '2025-10-02T12:30:00Z')],
    )
    expect(rows).toMatchObject([
      { status: 'confirmed' },
      { status: 'confirmed' },
      { status: 'released', delay_days: -1 },
    ])
  })

  it('moved and moved back: the log keeps both changes, and the delay is 0', async () => {
    const { rows } = await states(
      [
        first,
        { ...first, scheduled_at: '2025-10-08T12:30:00Z', revision_number: 1, known_at: '2025-09-20T12:00:00Z' },
        { ...first, revision_number: 2, known_at: '2025-09-25T12:00:00Z' },
      ],
      [print(september, 1050, '2025-10-03T12:30:00Z')],
    )
    expect(rows.map(({ status }) => status)).toEqual(['confirmed', 'delayed', 'confirmed', 'released'])
    expect(rows.at(-1)).toMatchObject({ delay_days: 0 })
  })

  it('a lake that starts late: a figure in its first vintage is released, neither overdue nor a catalyst', async () => {
    const { lake } = await openTestLake({ isTagged: true })
    const listed = ['2025-07-01', '2025-08-01', '2025-09-01'].map((period, i) =>
      announcement(
        payrolls,
        period,
        `${['2025-08-01', '2025-09-05', '2025-10-03'][i]}T12:30:00Z`,
        '2025-09-10T23:30:00Z',
      ),
    )
    await land(lake, 'release_calendar', listed)
    await land(lake, 'macro_releases', [
      print('2025-07-01', 990, '2025-09-10T12:30:00Z'),
      { ...oldest, known_at: '2025-09-10T12:30:00Z' },
    ])
    await land(lake, 'daily_bars', [bar('2025-10-10')], { symbol: 'SPY' })
    const late = await lake.engine.rows(
      `select session, reference_period from overdue_releases where session in (date '2025-09-11', date '2025-10-10')`,
    )
    expect(late).toEqual([{ session: '2025-10-10', reference_period: september }])
    const states = await lake.engine.rows(
      `select reference_period, status, released_at, delay_days from macro_timetable order by 1`,
    )
    expect(states).toEqual([
      { reference_period: '2025-07-01', status: 'released', released_at: null, delay_days: null },
      { reference_period: '2025-08-01', status: 'released', released_at: null, delay_days: null },
      { reference_period: september, status: 'confirmed', released_at: null, delay_days: null },
    ])
    expect((await tagged(lake, `kind = '${payrolls}'`)).map(({ catalyst_id }) => catalyst_id)).toEqual([
      `${payrolls}:2025-09`,
    ])
  })

  it('duplicate: two calendars and a second announcement give one state each, and the agency is preferred', async () => {
    const { lake } = await openTestLake({ isTagged: true })
    await land(lake, 'release_calendar', [first])
    const fred = {
      ...first,
      announcement_id: `${payrolls} 2025-10-03`,
      status: 'tentative',
      known_at: '2025-09-02T12:00:00Z',
    }
    await land(
      lake,
      'release_calendar',
      [fred, { ...fred, announcement_id: 'another', scheduled_at: '2025-10-30T12:30:00Z' }],
      {
        source: 'desk_fred_release_dates',
      },
    )
    await land(lake, 'macro_releases', [oldest, print(september, 1050, '2025-10-03T12:30:00Z')])
    await land(lake, 'macro_releases', [oldest, print(september, 1050, '2025-10-03T12:31:00Z')], {
      source: 'second_desk',
    })
    const rows = await lake.engine.rows(
      `select status, scheduled_at, released_at from macro_timetable where reference_period = date '${september}' order by known_at`,
    )
    expect(rows.filter(({ status }) => status === 'released')).toEqual([
      { status: 'released', scheduled_at: expect.anything(), released_at: '2025-10-03T12:30:00.000Z' },
    ])
  })

  it('across the end of daylight saving time, the same New York time is another UTC instant', async () => {
    expect(newYorkInstant('2025-10-31', '08:30').toISOString()).toBe('2025-10-31T12:30:00.000Z')
    expect(newYorkInstant('2025-11-03', '08:30').toISOString()).toBe('2025-11-03T13:30:00.000Z')
    expect(calendarFacts.daysBetween('2025-11-01T12:30:00Z', '2025-11-02T13:30:00Z')).toBe(1)
    // 23:30 New York on the last summer day is the next day in UTC.
    expect(calendarFacts.daysBetween('2025-11-02T03:30:00Z', '2025-11-02T13:30:00Z')).toBe(1)
    // The bell rings at 20:00 UTC in summer and at 21:00 in winter.
    expect(calendarFacts.sessionHit('2025-10-31T20:00:00Z')).toBe('2025-11-03')
    expect(calendarFacts.sessionHit('2025-11-03T20:00:00Z')).toBe('2025-11-03')
    expect(calendarFacts.sessionHit('2025-11-03T21:00:00Z')).toBe('2025-11-04')
  })

  it('a change across a period without a figure is NULL', async () => {
    const { lake } = await openTestLake({ isTagged: true })
    const rates = [
      print('2025-08-01', 4.3, '2025-09-05T12:30:00Z', 'CPIAUCSL'),
      print(september, 4.4, '2025-11-20T13:30:00Z', 'CPIAUCSL'),
      print('2025-11-01', 4.6, '2025-12-16T13:30:00Z', 'CPIAUCSL'),
    ]
    await land(lake, 'macro_releases', rates)
    await land(lake, 'daily_bars', [bar('2025-12-16')], { symbol: 'SPY' })
    const [known] = await lake.engine.rows(`select * from macro_as_of where session = date '2025-12-16'`)
    expect(known).toMatchObject({ reference_period: '2025-11-01', value: 4.6, prior_value: null, figure: null })
    const [surprise] = await lake.engine.rows(
      `select actual from macro_surprise where reference_period = date '2025-11-01'`,
    )
    expect(surprise).toEqual({ actual: null })
  })
})

/** A filing of the company under test. */
const acme = (accession: string, form: string, items: string, accepted_at: string, report_on?: string) =>
  filing('ACME', accession, form, items, accepted_at, report_on)

describe('earnings', () => {
  const withFilings = async (rows: readonly Record<string, unknown>[]) => {
    const { lake } = await openTestLake({ isTagged: true })
    await land(lake, 'filings', rows)
    return lake
  }
  const lastReport = acme('r1', '10-Q', 'none', '2025-07-25T20:00:00Z', '2025-06-30')

  it.each([
    ['a second before the bell', '2025-10-23T19:59:59Z', 'during_session', '2025-10-23'],
    ['at 16:00:00 exactly', '2025-10-23T20:00:00Z', 'after_close', '2025-10-24'],
    ['before the open', '2025-10-23T11:00:00Z', 'before_open', '2025-10-23'],
    ['in the evening, the next day in UTC', '2025-10-24T01:00:00Z', 'after_close', '2025-10-24'],
    ['at the weekend', '2025-10-25T15:00:00Z', 'after_close', '2025-10-27'],
  ])('accepted %s', async (_, accepted, timing, session) => {
    const lake = await withFilings([lastReport, acme('a1', '8-K', '2.02,9.01', accepted)])
    const [found] = await lake.engine.rows('select timing, session, verdict, period_end from earnings_announcements')
    expect(found).toEqual({ timing, session, verdict: 'results', period_end: '2025-09-30' })
    const [catalyst] = await tagged(lake, "kind = 'earnings'")
    expect(catalyst).toMatchObject({
      session,
      occurred_at: new Date(accepted).toISOString(),
      rule: 'earnings v2',
      rule_version: 2,
    })
  })

  it('an 8-K/A amends the existing catalyst and hits no session itself', async () => {
    const lake = await withFilings([
      lastReport,
      acme('a1', '8-K', '2.02,9.01', '2025-10-23T20:30:00Z'),
      acme('a2', '8-K/A', '2.02', '2025-10-28T14:00:00Z'),
    ])
    const states = await tagged(lake, "kind = 'earnings'")
    expect(states).toMatchObject([
      { catalyst_id: 'earnings:ACME:2025-09', session: '2025-10-24', title: 'ACME reports results' },
      {
        catalyst_id: 'earnings:ACME:2025-09',
        session: '2025-10-24',
        title: 'ACME reports results; amended since',
        evidence: expect.stringContaining('amended by 8-K/A a2'),
        known_at: '2025-10-28T14:00:00.000Z',
      },
    ])
  })

  it('a count of deliveries in the first week of a quarter is not results, with the reason', async () => {
    const lake = await withFilings([
      lastReport,
      acme('d1', '8-K', '2.02,9.01', '2025-10-02T13:00:00Z'),
      acme('a1', '8-K', '2.02,9.01', '2025-10-23T20:30:00Z'),
      acme('a3', '8-K', '2.02,7.01', '2025-10-24T12:00:00Z'),
    ])
    const rows = await lake.engine.rows(
      'select accession, verdict, reason from earnings_announcements order by accession',
    )
    expect(rows).toEqual([
      { accession: 'a1', verdict: 'results', reason: 'first of its quarter, at a usual distance from its end' },
      { accession: 'a3', verdict: 'not_results', reason: 'the quarter had its results already' },
      { accession: 'd1', verdict: 'not_results', reason: expect.stringContaining('a count of deliveries or sales') },
    ])
    expect((await tagged(lake, "kind = 'earnings'")).map(({ catalyst_id }) => catalyst_id)).toEqual([
      'earnings:ACME:2025-09',
    ])
    const former = await lake.engine.rows("select catalyst_id from earlier_catalysts where kind = 'earnings'")
    expect(former).toHaveLength(3)
    const changes = await lake.engine.rows('select change, catalyst_id from catalyst_rule_changes order by catalyst_id')
    expect(changes).toEqual([
      { change: 'removed', catalyst_id: 'earnings:ACME:a3' },
      { change: 'removed', catalyst_id: 'earnings:ACME:d1' },
    ])
  })

  it('a projected date has neither instant nor session, and ends once the results are filed', async () => {
    const { lake } = await openTestLake({ isTagged: true })
    const expected = (known_at: string, expected_on: string) => ({
      symbol: 'ACME',
      fiscal_quarter: 'Sep/2025',
      expected_on,
      time_of_day: 'after_close',
      estimate_count: 5,
      known_at,
    })
    await land(lake, 'earnings_calendar', [
      expected('2025-10-01T12:00:00Z', '2025-10-22'),
      expected('2025-10-10T12:00:00Z', '2025-10-23'),
      expected('2025-10-30T12:00:00Z', '2025-10-24'),
    ])
    await land(lake, 'filings', [lastReport, acme('a1', '8-K', '2.02,9.01', '2025-10-23T20:30:00Z')])
    const states = await tagged(lake, "kind = 'earnings'")
    expect(states).toMatchObject([
      {
        status: 'projected',
        session: null,
        scheduled_at: null,
        title: expect.stringMatching(/2025-10-22 after the close; not confirmed/),
      },
      { status: 'projected', session: null, title: expect.stringMatching(/2025-10-23/) },
      { status: 'released', session: '2025-10-24' },
    ])
  })
})

describe('expectations', () => {
  const quarterEnds = ['2024-06-30', '2024-09-30', '2024-12-31', '2025-03-31', '2025-06-30', '2025-09-30']
  const starts = ['2024-04-01', '2024-07-01', '2024-10-01', '2025-01-01', '2025-04-01', '2025-07-01']
  const at = (end: string, clock = '20:30') =>
    `${new Date(Date.parse(end) + 23 * 86_400_000).toISOString().slice(0, 10)}T${clock}:00Z`

  it('the standardized surprise uses four to eight earlier surprises; a whisper counts only if known before the results', async () => {
    const { lake } = await openTestLake({ isTagged: true })
    const actuals = quarterEnds.map((period_end, i) => ({
      symbol: 'ACME',
      concept: 'eps_nongaap',
      period_start: starts[i],
      period_end,
      value: 1 + (i % 2 === 0 ? 0.1 : -0.1) + (i === 5 ? 0.4 : 0),
      accession: `a${i}`,
      known_at: at(period_end),
    }))
    await land(lake, 'earnings', actuals, { source: 'desk' })
    const estimate = (period_end: string, value: number, known_at: string, kind = 'consensus') => ({
      symbol: 'ACME',
      concept: 'eps_nongaap',
      period_end,
      estimate: kind,
      value,
      known_at,
    })
    await land(
      lake,
      'earnings_estimates',
      [
        ...quarterEnds.map((end) => estimate(end, 1, at(end, '12:00'))),
        estimate('2025-09-30', 1.25, at('2025-09-30', '13:00'), 'whisper'),
        estimate('2025-06-30', 1.05, at('2025-06-30', '21:00'), 'whisper'),
      ],
      { source: 'desk' },
    )
    const rows = await lake.engine.rows<Record<string, number>>(
      `select period_end, estimate, surprise, standardized_surprise, prior_surprise_count from earnings_surprises order by period_end, estimate`,
    )
    const consensus = rows.filter(({ estimate: kind }) => String(kind) === 'consensus')
    expect(consensus.map(({ prior_surprise_count }) => prior_surprise_count)).toEqual([0, 1, 2, 3, 4, 5])
    expect(consensus.slice(0, 4).every(({ standardized_surprise }) => standardized_surprise === null)).toBe(true)
    // Five surprises of 0.1 in turn: their standard deviation is 0.1095.
    expect(consensus[5]?.standardized_surprise).toBeCloseTo(0.3 / 0.10954451150103323, 9)
    expect(rows.filter(({ estimate: kind }) => String(kind) === 'whisper')).toMatchObject([
      { period_end: '2025-09-30', surprise: expect.closeTo(0.05, 12) },
    ])
  })

  it('a consensus for the first date is used for a delayed release; the unemployment rate has the same timetable', async () => {
    const { lake } = await openTestLake({ isTagged: true })
    await land(lake, 'release_calendar', [
      announcement(payrolls, september, '2025-10-03T12:30:00Z', '2025-09-01T12:00:00Z'),
    ])
    await land(lake, 'macro_releases', [
      oldest,
      print(september, 1119, '2025-11-20T13:30:00Z'),
      print('2025-08-01', 4.3, '2025-09-05T12:30:00Z', 'UNRATE'),
      print(september, 4.4, '2025-11-20T13:30:00Z', 'UNRATE'),
    ])
    const expected = (release: string, consensus: number) => ({
      release,
      scheduled_at: '2025-10-03T12:30:00Z',
      consensus,
      reference_period: '',
      released_at: '',
      actual: '',
      prior: '',
      known_at: '2025-10-01T12:00:00Z',
    })
    await land(lake, 'consensus', [expected(payrolls, 50), expected('unemployment_rate', 4.3)], { source: 'desk' })
    const rows = await lake.engine.rows(
      `select release, actual, consensus, policy_sign from macro_surprise where reference_period = date '${september}' order by release`,
    )
    expect(rows).toEqual([
      { release: payrolls, actual: 119, consensus: 50, policy_sign: 1 },
      { release: 'unemployment_rate', actual: 4.4, consensus: 4.3, policy_sign: -1 },
    ])
    // One release is one catalyst, even if it publishes several statistics.
    const released = await tagged(lake, "status = 'released'")
    expect(released.map(({ catalyst_id }) => catalyst_id)).toEqual([`${payrolls}:2025-09`])
  })

  it('a decision of the FOMC: scheduled, decided by the words of the statement, and compared with the consensus', async () => {
    const { lake } = await openTestLake({ isTagged: true })
    const released_at = '2025-10-29T18:00:00Z'
    await land(lake, 'release_calendar', [
      announcement('fomc_decision', '2025-10-29', released_at, '2024-08-09T12:00:00Z', { status: 'tentative' }),
    ])
    const decision = 'The Committee decided to lower the target range for the federal funds rate.'
    await land(lake, 'policy_statements', [
      {
        meeting_on: '2025-10-29',
        released_at,
        action: 'lower',
        target_lower: 3.75,
        target_upper: 4,
        decision,
        url: 'https://www.federalreserve.gov/newsevents/pressreleases/monetary20251029a.htm',
        body: decision,
        known_at: released_at,
      },
    ])
    await land(lake, 'macro_releases', [print('2025-10-29', 4, released_at, 'FOMC_TARGET_UPPER')])
    const states = await tagged(lake, "kind = 'fomc_decision'")
    expect(states).toMatchObject([
      { status: 'tentative', session: null },
      {
        status: 'released',
        session: '2025-10-29',
        delay_days: 0,
        direction: 'dovish',
        title: 'FOMC lowers the target range: 3.75 to 4 %',
        evidence: expect.stringContaining(decision),
      },
    ])
  })
})

describe('speeches', () => {
  const page = {
    speech_id: 'doe20251120a',
    speaker: 'Jane Doe',
    role: 'Governor',
    title: 'On credit',
    location: '',
    url: 'https://www.federalreserve.gov/newsevents/speech/doe20251120a.htm',
    footnotes: '',
  }
  const held_at = '2025-11-20T16:00:00Z'
  const body = [
    'Thank you for having me.',
    'Private credit funds now lend to middle-market firms.',
    'CBDCs are a different matter.',
    'Financial stability risks from hedge fund leverage are limited.',
  ].join(' ')

  it('announced, held, and tagged only once the text is published, days after the speech', async () => {
    const { lake } = await openTestLake({ isTagged: true })
    await land(lake, 'speeches', [
      { ...page, part: 'listing', held_at, body: '', known_at: '2025-11-17T15:00:00Z' },
      { ...page, part: 'article', held_at: '2025-11-20T17:00:00Z', body, known_at: '2025-11-24T15:00:00Z' },
    ])
    const states = await tagged(lake, "kind = 'fed_speech'")
    expect(states).toMatchObject([
      { status: 'confirmed', scheduled_at: '2025-11-20T16:00:00.000Z', session: null, tags: null },
      {
        status: 'held',
        session: '2025-11-20',
        known_at: '2025-11-24T15:00:00.000Z',
        tags: 'private_credit,stablecoins_crypto',
        evidence: expect.stringContaining(
          'private_credit.private_credit (Private credit): “Private credit funds now lend',
        ),
      },
    ])
    // The text of the 24th was not known on the 20th.
    expect(await lake.engine.rows("select * from catalysts_by_session where kind = 'fed_speech'")).toEqual([])
    const [denied] = await lake.engine.rows(
      "select is_negated, words from speech_sentences where topic = 'interconnection_leverage'",
    )
    expect(denied).toMatchObject({ is_negated: true })
  })

  it('novelty and rarity use only speeches known before', async () => {
    const { lake } = await openTestLake({ isTagged: true })
    const speech = (i: number, text: string) => {
      const day = new Date(Date.UTC(2025, 0, 6 + 7 * i, 15)).toISOString()
      const id = `doe${day.slice(0, 10).replaceAll('-', '')}a`
      return { ...page, speech_id: id, part: 'article', held_at: day, body: text, known_at: day }
    }
    const plain = 'Inflation is somewhat elevated.'
    const texts = Array.from({ length: 22 }, (_, i) => (i === 12 ? `${plain} Private credit has grown.` : plain))
    await land(
      lake,
      'speeches',
      [...texts, `${plain} Private credit has grown.`].map((text, i) => speech(i, text)),
    )
    await tagged(lake, "kind = 'fed_speech'")
    const last = await lake.engine.rows<{
      topic: string
      novelty: number
      score_percentile: number
      earlier_speech_count: number
    }>(
      `select topic, novelty, score_percentile, earlier_speech_count from speech_topics
       where held_at = (select max(held_at) from speech_topics) and topic in ('private_credit', 'inflation') order by topic`,
    )
    expect(last).toEqual([
      { topic: 'inflation', novelty: 0, score_percentile: expect.closeTo(1 / 22, 12), earlier_speech_count: 22 },
      { topic: 'private_credit', novelty: expect.closeTo(0.9, 12), score_percentile: 1, earlier_speech_count: 22 },
    ])
  })
})

describe('Treasury auctions', () => {
  const note = {
    cusip: '91282CPK1',
    auctioned_on: '2025-11-25',
    security_type: 'Floating-Rate Note',
    security_term: '2-Year',
    announced_on: '2025-11-20',
    closes_at: '2025-11-25T16:30:00Z',
    offering_amount: 28e9,
    high_yield: '',
    high_discount_margin: '',
    high_discount_rate: '',
    bid_to_cover: '',
    known_at: '2025-11-20T16:00:00Z',
  }

  it.each([
    [
      'a discount margin',
      { high_discount_margin: 0.16, bid_to_cover: 2.9 },
      'high discount margin 0.16 %, bid to cover 2.9',
      0.16,
    ],
    ['a bid-to-cover ratio only', { bid_to_cover: 2.9 }, 'bid to cover 2.9', null],
    ['a yield', { high_yield: 4.07 }, 'high yield 4.07 %', 4.07],
    ['a discount rate', { high_discount_rate: 3.7 }, 'high discount rate 3.7 %', 3.7],
  ])('an auction whose result has %s is held', async (_, result, text, actual) => {
    const { lake } = await openTestLake({ isTagged: true })
    await land(lake, 'treasury_auctions', [note, { ...note, ...result, known_at: '2025-11-25T16:33:00Z' }])
    expect(await tagged(lake, "kind = 'treasury_auction'")).toMatchObject([
      { status: 'confirmed', session: null, actual: null, rule: 'treasury_auction v2' },
      {
        status: 'held',
        session: '2025-11-25',
        occurred_at: '2025-11-25T16:30:00.000Z',
        title: `2-Year Floating-Rate Note auction: ${text}`,
        actual,
      },
    ])
  })

  it('by the earlier version of the rule, a floating-rate note is never held', async () => {
    const { lake } = await openTestLake({ isTagged: true })
    await land(lake, 'treasury_auctions', [{ ...note, high_discount_margin: 0.16, known_at: '2025-11-25T16:33:00Z' }])
    await tagged(lake, 'true')
    const former = await lake.engine.rows("select status from earlier_catalysts where kind = 'treasury_auction'")
    expect(former).toEqual([{ status: 'confirmed' }])
  })
})

describe('by the exchange calendar', () => {
  it.each([
    ['options_expiry', '2025-11-21'],
    // Good Friday was the third Friday: options expired on the Thursday.
    ['options_expiry', '2025-04-17'],
    ['quadruple_witching', '2025-12-19'],
    ['early_close', '2025-11-28'],
    ['index_rebalance', '2025-06-27'],
  ])('%s on %s', async (kind, session) => {
    const { lake } = await openTestLake({ isTagged: true })
    await land(lake, 'daily_bars', [bar('2025-12-31')], { symbol: 'SPY' })
    const [found] = await tagged(lake, `kind = '${kind}' and session = date '${session}'`)
    expect(found).toMatchObject({ status: 'confirmed', occurred_at: null, evidence: expect.any(String) })
    const years = await lake.engine.rows<{ n: number }>(
      `select count(*) as n from catalysts where kind in ('options_expiry', 'quadruple_witching') and year(session) = 2025`,
    )
    expect(years).toEqual([{ n: 12 }])
    const ahead = await lake.engine.rows(`select * from catalysts_by_session where session > date '2025-12-31'`)
    expect(ahead).toEqual([])
  })
})

describe('an evening', () => {
  it('an event that an analyst records is a catalyst', async () => {
    const { lake } = await openTestLake({ isTagged: true })
    const event = {
      event_id: 'tariffs',
      category: 'trade_policy',
      entity: 'United States',
      title: 'Tariffs are announced',
      occurred_at: '2025-04-02T20:00:00Z',
      reference: 'a wire report',
    }
    await land(lake, 'reported_events', [event], { source: 'desk' })
    expect(await tagged(lake, "kind = 'reported_event'")).toMatchObject([
      {
        session: '2025-04-03',
        tags: 'trade_policy',
        evidence: 'a wire report',
        bronze_key: expect.stringContaining('bronze/import'),
      },
    ])
  })

  it('tagging the same data twice gives the same catalysts', async () => {
    const { lake } = await openTestLake({ isTagged: true })
    await land(lake, 'filings', [acme('a1', '8-K', '2.02', '2025-10-23T20:30:00Z')])
    const once = await tagged(lake, 'true')
    expect(await tagged(lake, 'true')).toEqual(once)
  })
})
