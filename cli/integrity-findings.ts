/** What `precursor doctor` finds out about the bytes of the lake. */
import { damagedPayloads } from '../pipeline/ingest/bronze-integrity.ts'
import type { Lake } from '../pipeline/lake/lake.ts'
import { damagedObjects, messageFor, missingObjects } from '../pipeline/silver/integrity.ts'
import type { Finding } from './lake-findings.ts'

const bad = (text: string): Finding => ({ mark: 'bad', text })

/** Objects that are gone, found by their names alone. */
export const losses = async ({ platform }: Lake): Promise<Finding[]> =>
  (await missingObjects(platform.store)).map((damage) => bad(messageFor(damage)))

/** Compares every object of the lake with its recorded hash. */
export const verification = async (lake: Lake): Promise<Finding[]> => {
  const bronze = await damagedPayloads(lake)
  const objects = await damagedObjects(lake)
  lake.platform.progress.end()
  return [
    ...bronze.problems.map(bad),
    ...objects.damages.map((damage) => bad(messageFor(damage))),
    {
      mark: 'ok',
      text: `verified ${bronze.count} payloads and ${objects.count} objects: ${bronze.problems.length + objects.damages.length} damaged`,
    },
  ]
}
