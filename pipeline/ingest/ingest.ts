/** Ingest: fetches sources and lands their payloads. A source that fails does not stop the others. */
import type { Source } from '../../sources/source.ts'
import type { Lake } from '../lake/lake.ts'
import { sourceDecoder } from '../landing/decoder.ts'
import { landNew } from '../landing/land.ts'
import { writeCalendar } from '../silver/calendar-tables.ts'
import { type Asked, type Fetched, type FetchLimits, fetchSource } from './fetch.ts'
import { type Landed, landPayloads } from './land-payloads.ts'

/** The outcome of one source. */
export type Ingested = Landed & Omit<Fetched, 'failures'>

/** Fetches the sources at the same time and lands them one after another. */
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
    const { failures, isTransient, isPartial } = fetched[i]!
    const landed = await landPayloads(lake, sourceDecoder(source), landNew, failures)
    outcomes.push({ ...landed, isTransient, isPartial })
  }
  return outcomes
}
