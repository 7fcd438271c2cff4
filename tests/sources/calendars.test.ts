/** Calendars and what they announce: agencies, FRED, the FOMC, auctions, earnings; recorded payloads where there are. */
import { readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { ingestPayload } from '../../pipeline/ingest/import-files.ts'
import { articlePage } from '../../samples/answers/speeches.ts'
import { beaCalendar } from '../../sources/bea_calendar.ts'
import { blsCalendar } from '../../sources/bls_calendar.ts'
import { fomcCalendar } from '../../sources/fomc_calendar.ts'
import { fredMacro, vintageCap } from '../../sources/fred_macro.ts'
import { fredReleaseDates } from '../../sources/fred_release_dates.ts'
import { sourceNamed } from '../../sources/index.ts'
import { nasdaqEarnings } from '../../sources/nasdaq_earnings.ts'
import type { Payload } from '../../sources/source.ts'
import { treasuryAuctions } from '../../sources/treasury_auctions.ts'
import { openTestLake, sampleUniverse, writeInput } from '../support/lake.ts'
import { describeShared, sharedPath, sharedText } from '../support/shared.ts'
import { decode, valuesOf } from '../support/sources.ts'

const payloadOf = (key: string, text: string, url?: string): Payload => ({
  source: 'fred_macro',
  key,
  body: Buffer.from(text),
  fetchedAt: new Date('2026-11-23T15:00:00Z'),
  bronzeKey: 'bronze/test',
  ...(url ? { url } : {}),
})

describe('bea_calendar', () => {
  it('takes the period from the title, whatever the day of release', async () => {
    const event = (uid: string, title: string, at: string) => [
      'BEGIN:VEVENT',
      `UID:${uid}`,
      `DTSTART:${at}`,
      `SUMMARY:${title}`,
      'END:VEVENT',
    ]
    const text = [
      'BEGIN:VCALENDAR',
      'VERSION:2.0',
      ...event('a', 'GDP (Initial Estimate)\\, 3rd Quarter 2025', '20251223T133000Z'),
      ...event('b', 'GDP (Third Estimate)\\, 2nd Quarter 2025', '20250925T123000Z'),
      ...event('c', 'Personal Income and Outlays\\, September 2025', '20251205T150000Z'),
      'END:VCALENDAR',
    ].join('\r\n')
    expect(valuesOf(await decode(beaCalendar, text), 'release_calendar')).toMatchObject([
      { release: 'gross_domestic_product', reference_period: '2025-07-01', scheduled_at: '2025-12-23T13:30:00.000Z' },
      { release: 'GDP (Third Estimate), 2nd Quarter 2025', reference_period: null },
      {
        release: 'personal_consumption_prices',
        reference_period: '2025-09-01',
        scheduled_at: '2025-12-05T15:00:00.000Z',
      },
    ])
  })
})

describe('a calendar', () => {
  it('maps only the releases that are followed: others would stay overdue for ever', async () => {
    const text = [
      'BEGIN:VCALENDAR',
      'BEGIN:VEVENT',
      'UID:a',
      'DTSTART;TZID=US-Eastern:20251104T100000',
      'SUMMARY:Job Openings and Labor Turnover Survey',
      'END:VEVENT',
      'END:VCALENDAR',
    ].join('\r\n')
    const decodeWith = (releases: readonly string[]) =>
      blsCalendar.rows(payloadOf('bls', text), { universe: { ...sampleUniverse, releases: [...releases] } })
    expect(valuesOf(await decodeWith(['job_openings']), 'release_calendar')).toMatchObject([
      { release: 'job_openings', reference_period: '2025-09-01' },
    ])
    expect(valuesOf(await decodeWith([]), 'release_calendar')).toMatchObject([
      { release: 'Job Openings and Labor Turnover Survey', reference_period: null },
    ])
  })
})

describe('fred_release_dates', () => {
  it('asks for one release at a time, never for all at once', () => {
    const universe = { ...sampleUniverse, releases: ['nonfarm_payrolls', 'unemployment_rate', 'jobless_claims'] }
    const asked = fredReleaseDates.request({ from: '2025-11-20', to: '2025-11-20' }, { universe, hasSecret: true })
    expect(asked.map(({ url }) => new URL(url).searchParams.get('release_id'))).toEqual(['50', '180'])
    for (const { url } of asked) {
      expect(new URL(url).pathname).toBe('/fred/release/dates')
      expect(new URL(url).searchParams.get('include_release_dates_with_no_data')).toBe('true')
    }
  })

  it('dates become instants at the usual hour, winter and summer', async () => {
    const text = JSON.stringify({
      release_dates: [
        { release_id: 180, date: '2025-07-03' },
        { release_id: 180, date: '2025-11-20' },
      ],
    })
    expect(valuesOf(await decode(fredReleaseDates, text, { key: 'jobless_claims' }), 'release_calendar')).toMatchObject(
      [
        { scheduled_at: '2025-07-03T12:30:00.000Z', reference_period: '2025-06-22', status: 'tentative' },
        { scheduled_at: '2025-11-20T13:30:00.000Z', reference_period: '2025-11-09', status: 'tentative' },
      ],
    )
  })

  it('refuses the dates of another release', async () => {
    const text = JSON.stringify({ release_dates: [{ release_id: 10, date: '2025-07-03' }] })
    await expect(decode(fredReleaseDates, text, { key: 'nonfarm_payrolls' })).rejects.toThrow(
      'release_calendar.release row 1 (nonfarm_payrolls, 2025-07-03): expected FRED release 50, got 10',
    )
  })
})

describe('fred_macro beyond the cap of vintages', () => {
  const day = (i: number) => new Date(Date.UTC(2000, 0, 1 + i)).toISOString().slice(0, 10)
  const vintages = Array.from({ length: vintageCap + 500 }, (_, i) => day(i))
  const window = { from: day(0), to: day(vintages.length) }

  it('stretches begin and end on real vintages', () => {
    const asked = fredMacro.follow!(payloadOf('PAYEMS vintages', JSON.stringify({ vintage_dates: vintages })), window, {
      universe: sampleUniverse,
    })
    const bounds = asked.map(({ url }) => {
      const { searchParams } = new URL(url)
      return [searchParams.get('realtime_start'), searchParams.get('realtime_end')]
    })
    expect(bounds).toEqual([
      [day(0), day(vintageCap - 1)],
      [day(vintageCap), day(vintages.length - 1)],
    ])
    expect(asked.every(({ secret }) => secret?.query === 'api_key')).toBe(true)
  })

  it('a long answer is asked for page by page, within the same bounds', () => {
    const url = `https://api.stlouisfed.org/fred/series/observations?series_id=PAYEMS&realtime_start=${day(0)}&realtime_end=${day(9)}`
    const text = JSON.stringify({ count: 250_000, offset: 100_000, observations: [] })
    const [next, ...none] = fredMacro.follow!(payloadOf('PAYEMS', text, url), window, { universe: sampleUniverse })
    expect(none).toEqual([])
    const { searchParams } = new URL(next!.url)
    expect(Object.fromEntries(searchParams)).toMatchObject({
      offset: '200000',
      realtime_start: day(0),
      realtime_end: day(9),
    })
  })

  it('what an edge clips is no vintage: stretches land as one answer would', async () => {
    const observation = (realtime_start: string, value: string) => ({ realtime_start, date: '1999-12-01', value })
    const land = async (answers: readonly (readonly ReturnType<typeof observation>[])[]) => {
      const { lake } = await openTestLake()
      for (const [i, observations] of answers.entries()) {
        const file = writeInput(`answer-${i}.json`, JSON.stringify({ observations }))
        expect(await ingestPayload(lake, sourceNamed('fred_macro'), file, { key: 'PAYEMS' })).toMatchObject({
          error: null,
        })
      }
      await lake.refresh()
      return lake.engine.rows(
        'select reference_period, value, known_at, known_basis from macro_releases order by known_at',
      )
    }
    const [first, edge, last] = [day(0), day(vintageCap), day(vintageCap + 3)]
    const whole = await land([[observation(first, '100'), observation(last, '101')]])
    // The second stretch shows the value in force at its beginning as if it were of that day.
    const parted = await land([[observation(first, '100')], [observation(edge, '100'), observation(last, '101')]])
    expect(parted).toEqual(whole)
    expect(whole).toHaveLength(2)
  })
})

describe('fomc_calendar', () => {
  const meeting = (month: string, days: string, rest = '') =>
    `<div class="row fomc-meeting"><div class="fomc-meeting__month"><strong>${month}</strong></div><div class="fomc-meeting__date">${days}</div>${rest}</div>`
  const page = (...meetings: string[]) =>
    `<html><div class="panel"><div class="panel-heading"><h4><a>2025 FOMC Meetings</a></h4></div>${meetings.join('')}</div></html>`
  const options = { key: 'calendar', fetchedAt: '2025-11-20T15:00:00Z' }

  it('a meeting ends on the last day named; decisions at 14:00 New York, minutes three weeks later', async () => {
    const text = page(
      meeting(
        'Apr/May',
        '30-1',
        '<a href="/newsevents/pressreleases/monetary20250501a.htm">HTML</a><div>(Released May 22, 2025)</div>',
      ),
      meeting('October', '28-29'),
      meeting('December', '9-10*'),
      meeting('August', '22 (notation vote)'),
    )
    const rows = valuesOf(await decode(fomcCalendar, text, options), 'release_calendar')
    expect(rows).toMatchObject([
      {
        release: 'fomc_decision',
        reference_period: '2025-05-01',
        scheduled_at: '2025-05-01T18:00:00.000Z',
        status: 'released',
      },
      {
        release: 'fomc_minutes',
        reference_period: '2025-05-01',
        scheduled_at: '2025-05-22T18:00:00.000Z',
        status: 'released',
      },
      { release: 'fomc_decision', reference_period: '2025-10-29', status: 'confirmed' },
      {
        release: 'fomc_minutes',
        reference_period: '2025-10-29',
        scheduled_at: '2025-11-19T19:00:00.000Z',
        status: 'tentative',
      },
      { release: 'fomc_decision', reference_period: '2025-12-10', status: 'tentative' },
      { release: 'fomc_minutes', reference_period: '2025-12-10', status: 'tentative' },
    ])
  })

  it('follows the statements of the window only', () => {
    const link = (stamp: string) => `<a href="/newsevents/pressreleases/monetary${stamp}a.htm">HTML</a>`
    const text = page(meeting('September', '16-17', link('20250917')), meeting('October', '28-29', link('20251029')))
    const asked = fomcCalendar.follow!(
      payloadOf('calendar', text),
      { from: '2025-10-20', to: '2025-10-31' },
      { universe: sampleUniverse },
    )
    expect(asked).toEqual([
      {
        key: 'monetary20251029a',
        url: 'https://www.federalreserve.gov/newsevents/pressreleases/monetary20251029a.htm',
      },
    ])
  })

  it.each([
    [page(), 'no meeting in a panel with a year'],
    [page(meeting('Smarch', '13')), 'a meeting on "Smarch 13" of 2025'],
  ])('refuses a page that it does not know', async (text, message) => {
    await expect(decode(fomcCalendar, text, options)).rejects.toThrow(message)
  })

  it('a statement on something else sets no range', async () => {
    const text = articlePage('March 3, 2025', '', ['The Federal Reserve announced a facility.'])
    expect(await decode(fomcCalendar, text, { key: 'monetary20250303a' })).toEqual([])
  })
})

describeShared('recorded', () => {
  it('the twelve FOMC statements from March 2025 to July 2026: action and range in their own words', async () => {
    const files = readdirSync(sharedPath('data/fed/payloads/fomc_statements')).sort()
    const found = []
    for (const file of files) {
      const day = file.slice(-14, -4)
      const text = sharedText('data/fed/payloads/fomc_statements', file)
      const heading = new Date(day).toLocaleDateString('en-US', { dateStyle: 'long', timeZone: 'UTC' })
      const rows = await decode(fomcCalendar, articlePage(heading, '', text.split('\n')), { key: file })
      const [statement] = valuesOf(rows, 'policy_statements')
      expect(statement?.meeting_on).toBe(day)
      expect(statement?.decision).toMatch(/decided to/)
      expect(valuesOf(rows, 'macro_releases')).toMatchObject([
        { reference_period: day, value: statement?.target_upper },
      ])
      found.push([day, statement?.action, statement?.target_lower, statement?.target_upper])
    }
    expect(found).toEqual([
      ['2025-03-19', 'maintain', 4.25, 4.5],
      ['2025-05-07', 'maintain', 4.25, 4.5],
      ['2025-06-18', 'maintain', 4.25, 4.5],
      ['2025-07-30', 'maintain', 4.25, 4.5],
      ['2025-09-17', 'lower', 4, 4.25],
      ['2025-10-29', 'lower', 3.75, 4],
      ['2025-12-10', 'lower', 3.5, 3.75],
      ['2026-01-28', 'maintain', 3.5, 3.75],
      ['2026-03-18', 'maintain', 3.5, 3.75],
      ['2026-04-29', 'maintain', 3.5, 3.75],
      ['2026-06-17', 'maintain', 3.5, 3.75],
      ['2026-07-29', 'maintain', 3.5, 3.75],
    ])
  })

  it('the earnings calendar: only companies that are followed; none of that day is', async () => {
    const text = sharedText('data/fed/payloads/calendar_2019-12-23_excerpt.json')
    expect(await decode(nasdaqEarnings, text, { key: '2019-12-23' })).toEqual([])
    const dated = sharedText('data/fed/payloads/calendar_2026-07-17_excerpt.json')
    await expect(decode(nasdaqEarnings, dated, { key: '2026-07-18' })).rejects.toThrow(
      'asked for 2026-07-18, the answer is of Fri, Jul 17, 2026',
    )
    const followed = dated.replace('"symbol": "HDB"', '"symbol": "NVDA"')
    expect(valuesOf(await decode(nasdaqEarnings, followed, { key: '2026-07-17' }), 'earnings_calendar')).toEqual([
      {
        symbol: 'NVDA',
        fiscal_quarter: 'Jun/2026',
        expected_on: '2026-07-17',
        time_of_day: 'unknown',
        estimate_count: 2,
      },
    ])
  })
})

describe('treasury_auctions', () => {
  const row = {
    cusip: '91282CPJ4',
    security_type: 'Note',
    security_term: '10-Year',
    auction_date: '2025-11-12',
    announcemt_date: '2025-11-05',
    closing_time_comp: '01:00 PM',
    offering_amt: '42000000000',
    high_yield: 'null',
    bid_to_cover_ratio: 'null',
  }

  it('the word null is no figure until the result is there', async () => {
    const text = JSON.stringify({ data: [row, { ...row, high_yield: '4.074000', bid_to_cover_ratio: '2.43' }] })
    expect(valuesOf(await decode(treasuryAuctions, text), 'treasury_auctions')).toMatchObject([
      { closes_at: '2025-11-12T18:00:00.000Z', offering_amount: 42e9, high_yield: null },
      { high_yield: 4.074, bid_to_cover: 2.43 },
    ])
  })

  it('a floating-rate note has a discount margin, and no yield', async () => {
    const result = {
      floating_rate: 'Yes',
      high_discnt_margin: '0.160000',
      high_discnt_rate: 'null',
      bid_to_cover_ratio: '2.90',
    }
    const rows = await decode(treasuryAuctions, JSON.stringify({ data: [{ ...row, ...result }] }))
    expect(valuesOf(rows, 'treasury_auctions')).toMatchObject([
      { high_yield: null, high_discount_margin: 0.16, high_discount_rate: null, bid_to_cover: 2.9 },
    ])
  })

  it('refuses a part for the whole', async () => {
    const text = JSON.stringify({ data: [row], meta: { 'total-count': 2 } })
    await expect(decode(treasuryAuctions, text)).rejects.toThrow('1 of 2 auctions')
  })
})
