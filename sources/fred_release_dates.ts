/**
 * Release dates from FRED, one release per request, because the bulk call omits today and the past. FRED gives no
 * times.
 */
import * as z from 'zod'
import { newYorkInstant } from '../calendar/sessions.ts'
import { periodDueOn, releaseEntries, releaseNamed } from '../schemas/releases.ts'
import { releaseCalendar } from '../schemas/tables/release_calendar.ts'
import { cellReader, changed, jsonOf } from './shared/wire.ts'
import { decoded, defineSource } from './source.ts'

const secret = 'FRED_API_KEY'
const shape = z.object({ release_dates: z.array(z.object({ release_id: z.number(), date: z.string() })) })

export const fredReleaseDates = defineSource({
  name: 'fred_release_dates',
  doc: 'Past and future dates of the releases that the lake follows, from FRED. The time of day is the usual one of each release.',
  homepage: 'https://fred.stlouisfed.org/releases/calendar',
  licence: 'FRED terms of use. The dates are facts published by the agencies.',
  tables: [releaseCalendar],
  proof: { on: 'documented shape', since: '2026-11-24' },
  hosts: ['api.stlouisfed.org'],
  rate: { requests: 2, seconds: 1 },
  secret: { name: secret, required: true },
  extension: 'json',
  lookBack: 0,
  rhythm: 'event',
  request: ({ to }, { universe }) =>
    releaseEntries.flatMap(([name, { fredRelease }]) =>
      fredRelease && universe.releases.includes(name)
        ? [
            {
              key: name,
              url: `https://api.stlouisfed.org/fred/release/dates?release_id=${fredRelease}&realtime_start=${Number(to.slice(0, 4)) - 1}-01-01&realtime_end=9999-12-31&include_release_dates_with_no_data=true&sort_order=asc&limit=10000&file_type=json`,
              secret: { name: secret, query: 'api_key' },
            },
          ]
        : [],
    ),
  rows: (payload) => {
    const name = payload.key
    const release = releaseNamed(name)
    if (!release) throw changed(payload, `the lake does not follow the release ${name}`)
    return jsonOf(payload, shape).release_dates.map(({ release_id, date }, i) => {
      const cell = cellReader(payload, releaseCalendar, i + 1, `${name}, ${date}`)
      if (release_id !== release.fredRelease)
        throw cell.fail('release', `FRED release ${release.fredRelease}`, release_id)
      const day = cell.date('scheduled_at', date)
      return decoded(releaseCalendar, i + 1, {
        announcement_id: `${name} ${day}`,
        release: name,
        title: release.title,
        scheduled_at: newYorkInstant(day, release.clock).toISOString(),
        status: 'tentative',
        revision_number: 0,
        reference_period: periodDueOn(release, day),
        merged_into: null,
      })
    })
  },
})
