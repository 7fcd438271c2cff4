/**
 * Nasdaq's economic events: consensus with history. A request for day D returns day D-1, with times at a fixed UTC-4.
 */
import { DateTime } from 'luxon'
import { z } from 'zod'
import { sessionsBetween } from '../calendar/sessions.ts'
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

const clockOffset = 'UTC-4'
const isBlank = (text: string) => text === '' || text === '-' || /^(&nbsp;|\s)+$/.test(text)

export const nasdaqConsensus = defineSource({
  name: 'nasdaq_consensus',
  doc: 'Consensus for the releases that the lake follows, by day, with history.',
  homepage: 'https://www.nasdaq.com/market-activity/economic-calendar',
  ...nasdaqApi,
  tables: [consensus],
  lookBack: 0,
  rhythm: 'event',
  // The key is the day of the rows; the request names the day after it.
  request: ({ from, to }) =>
    sessionsBetween(from, to).map(({ session }) => {
      const asked = DateTime.fromISO(session, { zone: 'utc' }).plus({ days: 1 }).toISODate()
      return { key: session, url: `https://api.nasdaq.com/api/calendar/economicevents?date=${asked}` }
    }),
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
