/** The FOMC calendar: the meetings, the release times of statements and minutes, and the statement of each meeting. */
import { DateTime } from 'luxon'
import { parse } from 'node-html-parser'
import { newYorkDate, newYorkInstant } from '../calendar/sessions.ts'
import { releases } from '../schemas/releases.ts'
import { macroReleases } from '../schemas/tables/macro_releases.ts'
import { policyStatements } from '../schemas/tables/policy_statements.ts'
import { releaseCalendar } from '../schemas/tables/release_calendar.ts'
import { articleText } from './shared/fed-article.ts'
import { decisionOf, namesRate } from './shared/fomc.ts'
import { changed, htmlOf } from './shared/wire.ts'
import { browserHeaders, type Decoded, decoded, defineSource, type Payload } from './source.ts'

const site = 'https://www.federalreserve.gov'
const calendar = 'calendar'
const { clock, series, title } = releases.fomc_decision
/** The Committee publishes the minutes of a regular meeting three weeks after its decision. */
const minutesAfterDays = 21

interface Meeting {
  /** Last day of the meeting. */
  readonly day: string
  readonly isCancelled: boolean
  readonly statement: string | undefined
  readonly minutesReleasedOn: string | undefined
}

const meetingsOf = (payload: Payload): Meeting[] => {
  const page = parse(htmlOf(payload))
  const meetings = page.querySelectorAll('.panel').flatMap((panel) => {
    const year = /(\d{4}) FOMC Meetings/.exec(panel.querySelector('.panel-heading')?.text ?? '')?.[1]
    if (!year) return []
    return panel.querySelectorAll('.fomc-meeting').flatMap((row) => {
      const month = row.querySelector('.fomc-meeting__month')?.text.trim() ?? ''
      const days = row.querySelector('.fomc-meeting__date')?.text.trim() ?? ''
      if (/notation vote/i.test(days)) return []
      // A meeting on `Apr/May` `30-1` ends in the last month and on the last day named.
      const lastMonth = month.split('/').at(-1)?.trim().slice(0, 3)
      const lastDay = days.match(/\d+/g)?.at(-1)
      const day = DateTime.fromFormat(`${lastMonth} ${lastDay} ${year}`, 'MMM d yyyy', { zone: 'utc', locale: 'en-US' })
      if (!day.isValid) throw changed(payload, `a meeting on "${month} ${days}" of ${year}`)
      const links = row.querySelectorAll('a').map((link) => link.getAttribute('href') ?? '')
      const released = /Released (\w+ \d{1,2}, \d{4})/.exec(row.text)?.[1]
      return [
        {
          day: day.toISODate(),
          isCancelled: /cancell?ed/i.test(days),
          statement: links.find((href) => /\/newsevents\/pressreleases\/monetary\d{8}a\.htm$/.test(href)),
          minutesReleasedOn: released
            ? DateTime.fromFormat(released, 'MMMM d, yyyy', { zone: 'utc', locale: 'en-US' }).toISODate()!
            : undefined,
        },
      ]
    })
  })
  if (meetings.length === 0) throw changed(payload, 'no meeting in a panel with a year')
  return meetings
}

const announcement = (row: number, release: string, meeting: string, day: string, status: string): Decoded =>
  decoded(releaseCalendar, row, {
    announcement_id: `${release} ${meeting}`,
    release,
    title: release === 'fomc_minutes' ? 'Minutes of the FOMC' : title,
    scheduled_at: newYorkInstant(day, clock).toISOString(),
    status,
    revision_number: 0,
    reference_period: meeting,
    merged_into: null,
  })

const fromCalendar = (payload: Payload): Decoded[] => {
  const today = newYorkDate(payload.fetchedAt)
  return meetingsOf(payload).flatMap(({ day, isCancelled, statement, minutesReleasedOn }, i) => {
    const later = DateTime.fromISO(day, { zone: 'utc' }).plus({ days: minutesAfterDays }).toISODate()!
    const hasMinutes = minutesReleasedOn !== undefined && minutesReleasedOn <= today
    return [
      // The page says that the date of a meeting is tentative until it is confirmed at the meeting before it.
      announcement(2 * i + 1, 'fomc_decision', day, day, statusOf(isCancelled, Boolean(statement), day > today)),
      announcement(2 * i + 2, 'fomc_minutes', day, minutesReleasedOn ?? later, statusOf(isCancelled, hasMinutes, true)),
    ]
  })
}

const statusOf = (isCancelled: boolean, isOut: boolean, isTentative: boolean): string => {
  if (isCancelled) return 'cancelled'
  if (isOut) return 'released'
  return isTentative ? 'tentative' : 'confirmed'
}

const fromStatement = (payload: Payload): Decoded[] => {
  const { day, lines } = articleText(payload, htmlOf(payload))
  const meeting = DateTime.fromFormat(day, 'MMMM d, yyyy', { zone: 'utc', locale: 'en-US' })
  if (!meeting.isValid) throw changed(payload, `the day "${day}"`)
  const body = lines.join('\n')
  const decision = decisionOf(body)
  if (!decision) {
    // A statement about something else, such as lending facilities, sets no target range.
    if (!namesRate.test(body)) return []
    throw changed(payload, 'a statement that names the federal funds rate without a decision on its target range')
  }
  const meeting_on = meeting.toISODate()
  const released_at = newYorkInstant(meeting_on, clock).toISOString()
  return [
    decoded(
      policyStatements,
      1,
      {
        meeting_on,
        released_at,
        action: decision.action,
        target_lower: decision.lower,
        target_upper: decision.upper,
        decision: decision.sentence,
        url: payload.url ?? `${site}/newsevents/pressreleases/${payload.key}.htm`,
        body,
      },
      released_at,
    ),
    decoded(macroReleases, 1, { series, reference_period: meeting_on, value: decision.upper }, released_at),
  ]
}

export const fomcCalendar = defineSource({
  name: 'fomc_calendar',
  doc: 'Meetings of the FOMC, its statements with the target range that each sets, and the release times of its minutes.',
  homepage: `${site}/monetarypolicy/fomccalendars.htm`,
  licence: 'Public domain; cite the Board of Governors of the Federal Reserve System.',
  tables: [releaseCalendar, policyStatements, macroReleases],
  proof: { on: 'documented shape', since: '2026-11-24', scope: 'and the recorded words of twelve statements' },
  brings: ({ frequency }) => frequency === 'meeting',
  hosts: ['www.federalreserve.gov'],
  rate: { requests: 2, seconds: 1 },
  headers: browserHeaders,
  extension: 'html',
  maxBytes: 4 * 1024 * 1024,
  lookBack: 5,
  rhythm: 'event',
  request: () => [{ key: calendar, url: `${site}/monetarypolicy/fomccalendars.htm` }],
  follow: (payload, { from, to }) =>
    (payload.key === calendar ? meetingsOf(payload) : []).flatMap(({ day, statement }) =>
      statement && day >= from && day <= to
        ? [{ key: /([^/]+)\.htm$/.exec(statement)?.[1] ?? statement, url: new URL(statement, site).href }]
        : [],
    ),
  rows: (payload) => (payload.key === calendar ? fromCalendar(payload) : fromStatement(payload)),
})
