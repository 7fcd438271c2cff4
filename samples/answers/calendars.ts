/** Calendars of the agencies, of the FOMC and of the Treasury in the wire formats of their sources. */
import { DateTime } from 'luxon'
import * as pinned from '../pinned.ts'
import { articlePage } from './speeches.ts'

interface Announced {
  readonly uid: string
  readonly title: string
  readonly at: string
  readonly sequence: number
  readonly status?: string
}

const jobs = 'Employment Situation'
const prices = 'Consumer Price Index'
const costs = 'Employment Cost Index'
const openings = 'Job Openings and Labor Turnover Survey'

/** The BLS calendar as published: the first timetable, and the one after the government shutdown. */
const blsTimetable = (now: Date): Announced[] => {
  const others = [
    { uid: 'sample-costs-2025-3', title: costs, at: '20251031T083000', sequence: 0 },
    { uid: 'sample-openings-2025-09', title: openings, at: '20251104T100000', sequence: 0 },
  ]
  if (now < new Date('2025-11-13T00:00:00Z')) {
    return [
      { uid: 'sample-jobs-2025-09', title: jobs, at: '20251003T083000', sequence: 0 },
      { uid: 'sample-jobs-2025-10', title: jobs, at: '20251107T083000', sequence: 0 },
      { uid: 'sample-jobs-2025-11', title: jobs, at: '20251205T083000', sequence: 0 },
      { uid: 'sample-prices-2025-09', title: prices, at: '20251015T083000', sequence: 0 },
      { uid: 'sample-prices-2025-10', title: prices, at: '20251113T083000', sequence: 0 },
      ...others,
    ]
  }
  const october = now < new Date('2025-11-19T20:00:00Z') ? { sequence: 0 } : { sequence: 1, status: 'CANCELLED' }
  return [
    { uid: 'sample-jobs-2025-09', title: jobs, at: '20251120T083000', sequence: 1 },
    { uid: 'sample-jobs-2025-10', title: jobs, at: '20251107T083000', ...october },
    { uid: 'sample-jobs-2025-11', title: jobs, at: '20251216T083000', sequence: 1 },
    { uid: 'sample-prices-2025-09', title: prices, at: '20251024T083000', sequence: 1 },
    { uid: 'sample-prices-2025-10', title: prices, at: '20251113T083000', ...october },
    ...others,
  ]
}

const ics = (announced: readonly Announced[], start: (at: string) => string): string => {
  const events = announced.flatMap(({ uid, title, at, sequence, status }) => [
    'BEGIN:VEVENT',
    `SEQUENCE:${sequence}`,
    `UID:${uid}`,
    start(at),
    'DURATION:PT0M',
    `SUMMARY:${title}`,
    ...(status ? [`STATUS:${status}`] : []),
    'END:VEVENT',
  ])
  return ['BEGIN:VCALENDAR', 'PRODID:-//Precursor sample//EN', 'VERSION:2.0', ...events, 'END:VCALENDAR'].join('\r\n')
}

export const blsIcs = (now: Date): string => ics(blsTimetable(now), (at) => `DTSTART;TZID=US-Eastern:${at}`)

/** The BEA calendar gives instants in UTC and names the reference period. */
export const beaIcs = (): string =>
  ics(
    [
      {
        uid: 'sample-gdp-2025-3',
        title: 'GDP (Advance Estimate), 3rd Quarter 2025',
        at: '20251030T123000Z',
        sequence: 0,
      },
      {
        uid: 'sample-pce-2025-09',
        title: 'Personal Income and Outlays, September 2025',
        at: '20251031T123000Z',
        sequence: 0,
      },
    ],
    (at) => `DTSTART:${at}`,
  )

const dayOf = (meeting: string) => DateTime.fromISO(meeting, { zone: 'utc', locale: 'en-US' })

/** Meetings with their statements and minutes, as far as they are published. */
export const fomcCalendar = (now: Date): string => {
  const meetings = pinned.fomcMeetings.map(([first, last]) => {
    const day = dayOf(last)
    const link = `/newsevents/pressreleases/monetary${day.toFormat('yyyyMMdd')}a.htm`
    const minutes = day.plus({ weeks: 3 })
    const hasStatement = day.plus({ hours: 19 }).toJSDate() <= now
    const hasMinutes = minutes.plus({ hours: 19 }).toJSDate() <= now
    return `<div class="row fomc-meeting"><div class="fomc-meeting__month"><strong>${day.toFormat('MMMM')}</strong></div>
<div class="fomc-meeting__date">${dayOf(first).day}-${day.day}</div>
${hasStatement ? `<div><strong>Statement:</strong><br><a href="${link}">HTML</a></div>` : ''}
${hasMinutes ? `<div class="fomc-meeting__minutes"><strong>Minutes:</strong><br>(Released ${minutes.toFormat('MMMM d, yyyy')})</div>` : ''}</div>`
  })
  return `<!doctype html><html><body><div class="panel panel-default"><div class="panel-heading"><h4>2025 FOMC Meetings</h4></div>
${meetings.join('\n')}</div></body></html>`
}

/** The statement of a meeting. Only the sentence of the decision is from the real statement. */
export const fomcStatement = (stamp: string): string => {
  const day = `${stamp.slice(0, 4)}-${stamp.slice(4, 6)}-${stamp.slice(6)}`
  const decision = pinned.fomcMeetings.find(([, last]) => last === day)?.[2] ?? ''
  return articlePage(dayOf(day).toFormat('MMMM d, yyyy'), "<h3 class='title'>FOMC statement (sample)</h3>", [
    'This text was written for the bundled sample, except for the decision.',
    `The Committee decided to ${decision}.`,
  ])
}

const auction = (
  cusip: string,
  term: string,
  type: string,
  day: string,
  announced: string,
  result: readonly [string, string] | null,
) => ({
  cusip,
  security_type: type,
  security_term: term,
  auction_date: day,
  announcemt_date: announced,
  closing_time_comp: '01:00 PM',
  offering_amt: '42000000000',
  high_yield: result?.[0] ?? 'null',
  bid_to_cover_ratio: result?.[1] ?? 'null',
})

export const treasuryAuctions = (now: Date): string => {
  const after = (instant: string) => now >= new Date(instant)
  const data = [
    auction(
      'SAMPLE010',
      '10-Year',
      'Note',
      '2025-11-12',
      '2025-11-05',
      after('2025-11-12T18:30:00Z') ? ['4.07', '2.43'] : null,
    ),
    ...(after('2025-11-20T16:00:00Z')
      ? [auction('SAMPLE002', '2-Year', 'Note', '2025-11-24', '2025-11-20', null)]
      : []),
  ]
  return JSON.stringify({ data, meta: { 'total-count': data.length } })
}
