/** The release calendar of the Bureau of Labor Statistics (BLS). */
import { releaseCalendar } from '../schemas/tables/release_calendar.ts'
import { announcementsOf } from './shared/ics.ts'
import { browserHeaders, defineSource } from './source.ts'

export const blsCalendar = defineSource({
  name: 'bls_calendar',
  doc: 'Scheduled releases of the Bureau of Labor Statistics. Each fetch records the calendar as announced at that time.',
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
  rows: announcementsOf,
})
