/** The BLS release calendar (ICS): a current-state file, so each fetch is logged and nothing is overwritten. */
import ICAL from 'ical.js'
import { newYorkInstant } from '../pipeline/calendar/sessions.ts'
import { messageOf } from '../pipeline/errors.ts'
import { releaseOfBlsTitle } from '../schemas/releases.ts'
import { releaseCalendar } from '../schemas/tables/release_calendar.ts'
import { browserHeaders, decoded, defineSource, type Payload } from './source.ts'
import { changed, textOf } from './wire.ts'

/** The calendar names its zone US-Eastern, which no time-zone database knows; it is New York. */
const zones = new Set(['US-Eastern', 'America/New_York'])

const eventsOf = (payload: Payload): ICAL.Component[] => {
  const text = textOf(payload)
  if (!text.trimStart().startsWith('BEGIN:VCALENDAR'))
    throw changed(payload, `expected a calendar, got "${text.slice(0, 40)}"`)
  try {
    return new ICAL.Component(ICAL.parse(text)).getAllSubcomponents('vevent')
  } catch (error) {
    throw changed(payload, `calendar cannot be read, ${messageOf(error)}`)
  }
}

export const blsCalendar = defineSource({
  name: 'bls_calendar',
  doc: 'Scheduled releases of the Bureau of Labor Statistics, as announced at each fetch.',
  homepage: 'https://www.bls.gov/schedule/news_release/',
  licence: 'Public domain; robots must identify themselves.',
  tables: [releaseCalendar],
  hosts: ['www.bls.gov'],
  rate: { requests: 1, seconds: 2 },
  headers: browserHeaders,
  extension: 'ics',
  lookBack: 0,
  rhythm: 'event',
  request: () => [{ key: 'bls', url: 'https://www.bls.gov/schedule/news_release/bls.ics' }],
  rows: (payload) => {
    const events = eventsOf(payload)
    if (events.length === 0) throw changed(payload, 'no events')
    return events.map((event, i) => {
      const text = (name: string) => String(event.getFirstPropertyValue(name) ?? '')
      const start = event.getFirstProperty('dtstart')
      const zone = String(start?.getParameter('tzid') ?? '')
      const time = start?.getFirstValue()
      if (!(time instanceof ICAL.Time) || !zones.has(zone))
        throw changed(payload, `event ${i + 1} starts in the zone "${zone}"`)
      const [day = '', clock = '00:00'] = time.toString().split('T')
      const title = text('summary').trim()
      const status = text('status').toLowerCase()
      return decoded(releaseCalendar, i + 1, {
        announcement_id: text('uid'),
        release: releaseOfBlsTitle(title) ?? title,
        title,
        scheduled_at: newYorkInstant(day, clock.slice(0, 5)).toISOString(),
        status: status === 'cancelled' || status === 'tentative' ? status : 'confirmed',
        revision_number: Number(text('sequence') || 0),
      })
    })
  },
})
