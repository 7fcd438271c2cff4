/**
 * ForexFactory's calendar of this week: forecasts and times with a UTC offset. It has no history and no actual figures.
 */
import * as z from 'zod'
import { releaseOfConsensusTitle } from '../schemas/releases.ts'
import { consensus } from '../schemas/tables/consensus.ts'
import { figureReader, notSaid } from './shared/figures.ts'
import { cellReader, changed, jsonOf } from './shared/wire.ts'
import { browserHeaders, decoded, defineSource } from './source.ts'

const shape = z.array(
  z.object({ title: z.string(), country: z.string(), date: z.string(), forecast: z.string(), previous: z.string() }),
)

export const forexfactoryConsensus = defineSource({
  name: 'forexfactory_consensus',
  doc: 'Forecasts for this week of the releases that the lake follows. Each fetch is a snapshot.',
  homepage: 'https://www.forexfactory.com/calendar',
  licence: 'Site terms: personal use. The site allows about two requests in five minutes.',
  tables: [consensus],
  proof: { on: 'recorded bytes', since: '2026-11-23' },
  hosts: ['nfs.faireconomy.media'],
  rate: { requests: 1, seconds: 150 },
  headers: browserHeaders,
  extension: 'json',
  lookBack: 0,
  rhythm: 'event',
  request: () => [{ key: 'this_week', url: 'https://nfs.faireconomy.media/ff_calendar_thisweek.json' }],
  rows: (payload) => {
    const events = jsonOf(payload, shape)
    if (events.length === 0) throw changed(payload, 'no events')
    return events.flatMap((event, i) => {
      const found = event.country === 'USD' ? releaseOfConsensusTitle(event.title) : undefined
      if (!found || event.forecast === '') return []
      const [kind, release] = found
      const cell = cellReader(payload, consensus, i + 1, `${event.title}, ${event.date}`)
      const figure = figureReader(cell, release)
      return [
        decoded(consensus, i + 1, {
          release: kind,
          scheduled_at: cell.instant('scheduled_at', event.date),
          consensus: figure('consensus', event.forecast),
          ...notSaid,
          prior: event.previous === '' ? null : figure('prior', event.previous),
        }),
      ]
    })
  },
})
