/** Ingest: fetches sources and lands their payloads. A source that fails does not stop the others. */
import { messageOf } from '../../core/errors.ts'
import type { Source } from '../../sources/source.ts'
import type { Lake } from '../lake/lake.ts'
import { sourceDecoder } from '../landing/decoder.ts'
import { landNew } from '../landing/land.ts'
import { writeCalendar } from '../silver/calendar-tables.ts'
import { keepUnanswered } from './bronze.ts'
import { type Asked, type Fetched, type FetchLimits, fetchSource } from './fetch.ts'
import { type Landed, landPayloads } from './land-payloads.ts'

/** The outcome of one source. */
export type Ingested = Landed & Omit<Fetched, 'failures' | 'unanswered'>

/** Fetches the sources at the same time and lands them one after another, with what they did not answer. */
export const ingest = async (
  lake: Lake,
  wanted: readonly Source[],
  askedOf: (source: Source) => Asked,
  limits: FetchLimits = {},
): Promise<Ingested[]> => {
  await writeCalendar(lake)
  const fetched = await Promise.all(wanted.map((source) => fetchSource(lake, source, askedOf(source), limits)))
  const outcomes: Ingested[] = []
  for (const [i, source] of wanted.entries()) {
    const { failures, unanswered, isTransient, isPartial } = fetched[i]!
    const unstored = await keepUnanswered(lake.platform.store, source, unanswered, lake.platform.now()).then(
      () => [],
      (error: unknown) => [messageOf(error)],
    )
    const landed = await landPayloads(lake, sourceDecoder(source), landNew, [...failures, ...unstored])
    outcomes.push({ ...landed, isTransient, isPartial })
  }
  return outcomes
}
