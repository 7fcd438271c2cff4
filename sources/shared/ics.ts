/** Release calendars as ICS files: current-state, so each fetch is logged and nothing is overwritten. */
import ICAL from 'ical.js'
import { newYorkDate, newYorkInstant } from '../../calendar/sessions.ts'
import { messageOf } from '../../core/errors.ts'
import { periodDueOn, periodNamedIn, releaseOfCalendarTitle } from '../../schemas/releases.ts'
import { releaseCalendar } from '../../schemas/tables/release_calendar.ts'
import { type Context, type Decoded, decoded, type Payload } from '../source.ts'
import { changed, textOf } from './wire.ts'

/** BLS names its zone US-Eastern, which no time-zone database knows; it is New York. */
const zones = new Set(['US-Eastern', 'America/New_York'])

/** Properties of RFC 5545, as the parser knows them, and those that RFC 7986 adds to an event. */
const properties = new Set([
  ...Object.keys(ICAL.design.icalendar.property),
  ...['color', 'conference', 'image', 'name', 'refresh-interval', 'source'],
])
/** Properties that an event has at most once. */
const single = ['uid', 'summary', 'dtstart', 'sequence', 'status'] as const

/** Every line ends as the others do; a line end that lost a character would join two properties or change a value. */
const refuseTornEnds = (payload: Payload, text: string) => {
  const [lf, crLf, cr] = [/\n/g, /\r\n/g, /\r/g].map((end) => text.match(end)?.length ?? 0)
  if (cr !== crLf || (crLf !== 0 && crLf !== lf)) throw changed(payload, 'a calendar whose lines end in different ways')
}

const eventsOf = (payload: Payload): ICAL.Component[] => {
  const text = textOf(payload)
  if (!text.trimStart().startsWith('BEGIN:VCALENDAR'))
    throw changed(payload, `expected a calendar, got "${text.trim().slice(0, 40)}"`)
  refuseTornEnds(payload, text)
  try {
    return new ICAL.Component(ICAL.parse(text)).getAllSubcomponents('vevent')
  } catch (error) {
    throw changed(payload, `calendar cannot be read, ${messageOf(error)}`)
  }
}

/** Refuses an event with a property that is unknown, as a damaged name is, or that it has twice, as two joined events do. */
const refuseDamaged = (payload: Payload, event: ICAL.Component, row: number) => {
  const names = event.getAllProperties().map(({ name }) => name)
  const unknown = names.find((name) => !properties.has(name) && !name.startsWith('x-'))
  if (unknown !== undefined) throw changed(payload, `event ${row} has the unknown property ${unknown.toUpperCase()}`)
  const double = single.find((name) => names.filter((each) => each === name).length > 1)
  if (double !== undefined) throw changed(payload, `event ${row} has ${double.toUpperCase()} twice`)
}

/** Start of an event as an instant: in UTC, or on a New York clock. */
const startOf = (payload: Payload, event: ICAL.Component, row: number): Date => {
  const start = event.getFirstProperty('dtstart')
  const zone = String(start?.getParameter('tzid') ?? '')
  const time = start?.getFirstValue()
  if (!(time instanceof ICAL.Time)) throw changed(payload, `event ${row} has no start`)
  if (time.zone === ICAL.Timezone.utcTimezone) return time.toJSDate()
  if (!zones.has(zone)) throw changed(payload, `event ${row} starts in the zone "${zone}"`)
  const [day = '', clock = '00:00'] = time.toString().split('T')
  return newYorkInstant(day, clock.slice(0, 5))
}

/** Announcements of a calendar: which release of those followed, of which period, when, and how sure. */
export const announcementsOf = (payload: Payload, { universe }: Context): Decoded[] => {
  const events = eventsOf(payload)
  if (events.length === 0) throw changed(payload, 'no events')
  return events.map((event, i) => {
    refuseDamaged(payload, event, i + 1)
    const text = (name: string) => String(event.getFirstPropertyValue(name) ?? '').trim()
    const scheduled = startOf(payload, event, i + 1)
    // An event without an identifier or a title is set aside, since both columns are required.
    const title = text('summary') || null
    const status = text('status').toLowerCase()
    const [name, release] = (title && releaseOfCalendarTitle(title)) || []
    // A release whose figures are not followed would stay overdue for ever.
    const isFollowed = name !== undefined && universe.releases.includes(name)
    return decoded(releaseCalendar, i + 1, {
      announcement_id: text('uid') || null,
      release: isFollowed ? name : title,
      title,
      scheduled_at: scheduled.toISOString(),
      status: status === 'cancelled' || status === 'tentative' ? status : 'confirmed',
      revision_number: Number(text('sequence') || 0),
      reference_period:
        isFollowed && release ? (periodNamedIn(title!) ?? periodDueOn(release, newYorkDate(scheduled))) : null,
      merged_into: null,
    })
  })
}
