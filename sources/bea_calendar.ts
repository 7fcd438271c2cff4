/** The release calendar of the Bureau of Economic Analysis (BEA). Each title names the reference period. */
import { releaseCalendar } from '../schemas/tables/release_calendar.ts'
import { announcementsOf } from './shared/ics.ts'
import { browserHeaders, defineSource } from './source.ts'

export const beaCalendar = defineSource({
  name: 'bea_calendar',
  doc: 'Scheduled releases of the Bureau of Economic Analysis. Each fetch records the calendar as announced at that time.',
  homepage: 'https://www.bea.gov/news/schedule',
  licence: 'Public domain; cite the Bureau of Economic Analysis.',
  tables: [releaseCalendar],
  proof: { on: 'documented shape', since: '2026-11-24' },
  hosts: ['www.bea.gov'],
  rate: { requests: 1, seconds: 2 },
  headers: browserHeaders,
  extension: 'ics',
  lookBack: 0,
  rhythm: 'event',
  request: () => [{ key: 'bea', url: 'https://www.bea.gov/news/schedule/ics/online-calendar-subscription.ics' }],
  rows: announcementsOf,
})
