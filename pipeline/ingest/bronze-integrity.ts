/** Integrity of bronze: every payload that has landed must still be there, with the bytes that were received. */
import { ContractError } from '../../core/errors.ts'
import type { ObjectStore } from '../../core/platform.ts'
import { statusesWithoutRows } from '../../schemas/tables/payloads.ts'
import type { Lake } from '../lake/lake.ts'
import { type LedgerRow, readLedger } from '../landing/ledger.ts'
import { inParallel } from '../silver/integrity.ts'
import { bronzePrefix, readBody, readRecord, recordKey, recordKeys } from './bronze.ts'

/** Why the payload of a record cannot be read, if it cannot. */
const problemOf = async (store: ObjectStore, key: string): Promise<string[]> => {
  try {
    await readBody(store, await readRecord(store, key))
    return []
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    return [message.startsWith(bronzePrefix()) ? message : `${key}: ${message}`]
  }
}

/** A ledger that cannot be read is found as a damaged object. It then says nothing about bronze. */
const recordsKnown = async (lake: Lake): Promise<string[]> => {
  try {
    return await recordsLanded(lake)
  } catch {
    return []
  }
}

/** The damaged and missing payloads of the lake, and the number of its records. */
export const damagedPayloads = async (lake: Lake): Promise<{ problems: string[]; count: number }> => {
  const { platform } = lake
  const keys = await recordKeys(platform.store)
  let done = 0
  const found = await inParallel(keys, (key) => {
    platform.progress.step('verifying bronze', done++, keys.length)
    return problemOf(platform.store, key)
  })
  return { problems: [...missingAmong(await recordsKnown(lake), keys), ...found.flat()], count: keys.length }
}

/** A payload that was refused and a request without an answer have no rows, so nothing is lost with them. */
const hasLanded = ({ status }: LedgerRow) => !statusesWithoutRows.includes(status)

/** Keys of the records whose payloads have landed, of a source or of all. */
const recordsLanded = async (lake: Lake, source?: string): Promise<string[]> =>
  (await readLedger(lake, source))
    .filter(hasLanded)
    .map(({ bronze_key, request_key }) => recordKey(bronze_key ?? '', request_key))

const missingAmong = (landed: readonly string[], keys: readonly string[]): string[] => {
  const present = new Set(keys)
  return landed
    .filter((key) => !present.has(key))
    .map((key) => `${key} is missing: its payload has landed, and its record is gone`)
}

/** The damaged and missing payloads among those of a source that the ledger lists as landed. */
export const lossesOf = async (lake: Lake, source: string): Promise<string[]> => {
  const { store } = lake.platform
  const landed = await recordsLanded(lake, source)
  const keys = await recordKeys(store, source)
  const present = new Set(keys)
  const found = await inParallel(
    landed.filter((key) => present.has(key)),
    (key) => problemOf(store, key),
  )
  return [...missingAmong(landed, keys), ...found.flat()]
}

/** Deriving the rows of a source again would remove those of a payload that is lost. Then nothing is derived. */
export const refuseLosses = async (lake: Lake, source: string): Promise<void> => {
  const [first, ...others] = await lossesOf(lake, source)
  if (!first) return
  const more = others.length ? ` (and ${others.length} more; precursor doctor --verify lists them)` : ''
  throw new ContractError(
    `${first}${more}. Silver was left as it is. Restore the object from a backup or an earlier version, then run \`precursor rebuild ${source}\``,
  )
}
