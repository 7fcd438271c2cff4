/**
 * Nasdaq's economic events: consensus with history, and ahead of the releases. A request for day D returns day D-1, with times
 * at a fixed UTC-4. macro_surprise compares the day with the official calendar.
 */
import { DateTime } from 'luxon'
import * as z from 'zod'
import { type Release, releaseOfConsensusTitle } from '../schemas/releases.ts'
import { consensus } from '../schemas/tables/consensus.ts'
import { figureReader, notSaid } from './shared/figures.ts'
import { dataIfAny, nasdaqApi } from './shared/nasdaq.ts'
import { cellReader } from './shared/wire.ts'
import { decoded, defineSource } from './source.ts'

const shape = z.object({
  rows: z
    .array(
      z.object({
        gmt: z.string(),
        country: z.string(),
        eventName: z.string(),
        consensus: z.string(),
        previous: z.string(),
        description: z.string().nullish(),
      }),
    )
    .nullable(),
})

const comparisons: Readonly<Partial<Record<Release['frequency'], string>>> = { monthly: 'm/m', quarterly: 'q/q' }

/** Events of one name can be about the change in a month and in a year; the description tells them apart. */
const isOther = ({ frequency }: Release, description: string | null | undefined) => {
  const [, letter] = /\b([mqy])(?:\/|o)\1\b/i.exec(description ?? '') ?? []
  const said = letter && `${letter}/${letter}`.toLowerCase()
  return said !== undefined && said !== comparisons[frequency]
}

/** Calendar days after the window that are asked for. A consensus counts only if it was captured before its release. */
const daysAhead = 7
/** Agencies publish on holidays of the exchange too, such as Good Friday. */
const weekdays = (from: string, to: string): DateTime<true>[] => {
  const first = DateTime.fromISO(from, { zone: 'utc' }) as DateTime<true>
  const count = DateTime.fromISO(to, { zone: 'utc' }).plus({ days: daysAhead }).diff(first, 'days').days
  return Array.from({ length: count + 1 }, (_, i) => first.plus({ days: i })).filter(({ weekday }) => weekday <= 5)
}

const clockOffset = 'UTC-4'
const isBlank = (text: string) => text === '' || text === '-' || /^(&nbsp;|\s)+$/.test(text)

export const nasdaqConsensus = defineSource({
  name: 'nasdaq_consensus',
  doc: 'Consensus for the releases that the lake follows, by day, with history. Each evening asks for the days to come.',
  homepage: 'https://www.nasdaq.com/market-activity/economic-calendar',
  ...nasdaqApi,
  tables: [consensus],
  proof: { on: 'documented shape', since: '2026-11-23' },
  lookBack: 0,
  rhythm: 'event',
  // The key is the day of the rows; the request names the day after it.
  request: ({ from, to }) =>
    weekdays(from, to).map((day) => ({
      key: day.toISODate(),
      url: `https://api.nasdaq.com/api/calendar/economicevents?date=${day.plus({ days: 1 }).toISODate()}`,
    })),
  rows: (payload) => {
    const data = dataIfAny(payload, shape)
    return (data?.rows ?? []).flatMap((event, i) => {
      const found = event.country === 'United States' ? releaseOfConsensusTitle(event.eventName.trim()) : undefined
      if (!found || isBlank(event.consensus)) return []
      const [kind, release] = found
      if (isOther(release, event.description)) return []
      const cell = cellReader(payload, consensus, i + 1, `${event.eventName}, ${payload.key}`)
      const figure = figureReader(cell, release)
      const at = DateTime.fromISO(`${payload.key}T${event.gmt}`, { zone: clockOffset })
      if (!at.isValid) throw cell.fail('scheduled_at', 'a time such as 08:30', event.gmt)
      return [
        decoded(consensus, i + 1, {
          release: kind,
          scheduled_at: at.toUTC().toISO(),
          consensus: figure('consensus', event.consensus),
          ...notSaid,
          prior: isBlank(event.previous) ? null : figure('prior', event.previous),
        }),
      ]
    })
  },
})
