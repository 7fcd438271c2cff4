/** The release calendar of the Bureau of Labor Statistics (BLS). */
import { releaseCalendar } from '../schemas/tables/release_calendar.ts'
import { contactHeaders } from './shared/contact.ts'
import { announcementsOf } from './shared/ics.ts'
import { defineSource } from './source.ts'

export const blsCalendar = defineSource({
  name: 'bls_calendar',
  doc: 'Scheduled releases of the Bureau of Labor Statistics. Each fetch records the calendar as announced at that time.',
  homepage: 'https://www.bls.gov/schedule/news_release/',
  licence: 'Public domain; robots must identify themselves.',
  tables: [releaseCalendar],
  proof: { on: 'recorded bytes', since: '2026-11-23' },
  hosts: ['www.bls.gov'],
  rate: { requests: 1, seconds: 2 },
  extension: 'ics',
  lookBack: 0,
  rhythm: 'event',
  // The terms of the BLS want robots that say who they are. A program that poses as a browser is against them.
  request: (_, { universe }) => [
    { key: 'bls', url: 'https://www.bls.gov/schedule/news_release/bls.ics', headers: contactHeaders(universe) },
  ],
  rows: announcementsOf,
})
