/** Rebuild: derives silver again from the bytes in bronze. */
import type { Outcome } from '../../core/outcome.ts'
import { sources } from '../../sources/index.ts'
import type { Lake } from '../lake/lake.ts'
import { sourceDecoder } from '../landing/decoder.ts'
import { importDecoder } from '../landing/import.ts'
import { landAll } from '../landing/land.ts'
import { writeCalendar } from '../silver/calendar-tables.ts'
import { landPayloads } from './land-payloads.ts'

/** Replays every payload of the wanted sources; of all sources if none is named. */
export const rebuild = async (lake: Lake, wanted: readonly string[]): Promise<Outcome[]> => {
  await writeCalendar(lake, true)
  const decoders = [...sources.map(sourceDecoder), importDecoder].filter(
    (each) => wanted.length === 0 || wanted.includes(each.source),
  )
  const outcomes: Outcome[] = []
  for (const decoder of decoders) outcomes.push(await landPayloads(lake, decoder, landAll))
  return outcomes
}
