/** Rebuild: derives silver again from the bytes in bronze, and replaces objects that are damaged or missing. */
import { ContractError } from '../../core/errors.ts'
import { unknownName } from '../../core/nearest.ts'
import { failedWith, type Outcome } from '../../core/outcome.ts'
import { sources } from '../../sources/index.ts'
import type { Lake } from '../lake/lake.ts'
import { type Decoder, sourceDecoder } from '../landing/decoder.ts'
import { importDecoder } from '../landing/import.ts'
import { landAll } from '../landing/land.ts'
import { forget } from '../landing/ledger.ts'
import { writeCalendar } from '../silver/calendar-tables.ts'
import { type Damage, damagedObjects, empty, messageFor, type Place, placeOf } from '../silver/integrity.ts'
import { declareLastSessions } from '../silver/last-sessions-table.ts'
import { lossesOf } from './bronze-integrity.ts'
import { landPayloads } from './land-payloads.ts'

const decoders: readonly Decoder[] = [...sources.map(sourceDecoder), importDecoder]

/** The decoders whose payloads have rows in a table. */
const feeding = ({ table }: Place): readonly Decoder[] => {
  if (!table) return []
  // The ledger and the rejected rows have rows of every source.
  if (['payloads', 'rejected_rows'].includes(table.name)) return decoders
  if (table.origin !== 'payloads') return []
  return decoders.filter((each) => each === importDecoder || sourceTables(each.source).includes(table))
}

const sourceTables = (name: string) => sources.find((source) => source.name === name)?.tables ?? []

/** Replays every payload of the wanted sources; of all sources if none is named. */
export const rebuild = async (lake: Lake, wanted: readonly string[]): Promise<Outcome[]> => {
  const names = decoders.map(({ source }) => source)
  for (const name of wanted) if (!names.includes(name)) throw unknownName('source', name, names)
  const repaired = await repair(lake)
  await writeCalendar(lake, true)
  await declareLastSessions(lake)
  const replayed = decoders.filter(
    ({ source }) => wanted.length === 0 || wanted.includes(source) || repaired.sources.has(source),
  )
  const outcomes: Outcome[] = [...repaired.outcomes]
  for (const decoder of replayed) outcomes.push(await landPayloads(lake, decoder, landAll))
  return outcomes
}

/**
 * Empties damaged objects. Before that, the payloads that fed them are taken out of the ledger. If the process ends early,
 * they land again with the next command.
 */
const repair = async (lake: Lake): Promise<{ outcomes: Outcome[]; sources: Set<string> }> => {
  const { damages } = await damagedObjects(lake)
  const outcomes: Outcome[] = []
  const replayed = new Set<string>()
  // The ledger first, because the others need it.
  const inOrder = [...damages].sort((a, b) => Number(isLedger(b)) - Number(isLedger(a)))
  for (const damage of inOrder) {
    const place = placeOf(damage.key)
    // A mart is written again by publish.
    if (!place) continue
    const fed = feeding(place)
    const losses = isLedger(damage) ? [] : (await Promise.all(fed.map(({ source }) => lossesOf(lake, source)))).flat()
    if (losses.length > 0) {
      outcomes.push(failedWith(damage.key, new ContractError(`${messageFor(damage)}, once ${losses[0]} is restored`)))
      continue
    }
    if (place.table?.origin === 'pipeline' && fed.length === 0) await keepDamaged(lake, damage)
    if (!isLedger(damage)) for (const { source } of fed) if (!replayed.has(source)) await forget(lake, source)
    await empty(lake, place)
    for (const { source } of fed) replayed.add(source)
    outcomes.push({ subject: damage.key, status: 'ok', rowCount: 0, rejectedCount: 0, error: null })
    lake.platform.log.warn({ key: damage.key }, `${damage.key} was damaged (${damage.problem}) and is derived again`)
  }
  return { outcomes, sources: replayed }
}

const isLedger = ({ key }: Damage) => key.startsWith('silver/payloads/')

/** The log of runs and the checks follow from no payload, so that what is left of their bytes is kept. */
const keepDamaged = async ({ platform: { store, now } }: Lake, { key }: Damage) => {
  const bytes = await store.get(key)
  if (bytes) await store.put(`damaged/${now().toISOString()}/${key}`, bytes, 'absent')
}
