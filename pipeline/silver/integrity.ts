/** Integrity of silver and marts: every object is compared with the size and hash that were recorded when it was written. */
import { ConflictError } from '../../core/errors.ts'
import type { ObjectStore } from '../../core/platform.ts'
import { sqlTypeName } from '../../schemas/column.ts'
import type { Table } from '../../schemas/table.ts'
import { tables } from '../../schemas/tables/index.ts'
import { views } from '../../schemas/views/index.ts'
import type { Lake } from '../lake/lake.ts'
import { damagedMessage, emptyRelation, problemIn } from './files.ts'
import { type Kept, parquetCopy } from './objects.ts'
import { objectKey, type Partition, placeIn } from './partitions.ts'

export interface Damage {
  readonly key: string
  readonly problem: string
}

export const messageFor = ({ key, problem }: Damage) => damagedMessage(key, problem)

const atOnce = 8
const prefixes = ['silver', 'mart']
const isObject = (key: string) => key.endsWith('.parquet')

/** Applies `work` to all items, some of them at the same time. */
export const inParallel = async <Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> => {
  const results: Result[] = []
  for (let i = 0; i < items.length; i += atOnce)
    results.push(...(await Promise.all(items.slice(i, i + atOnce).map(work))))
  return results
}

/** Objects that were written and are gone, in all of the lake or below some prefixes. */
export const missingObjects = async (store: ObjectStore, below: readonly string[] = prefixes): Promise<Damage[]> => {
  const found: Damage[] = []
  for (const prefix of below)
    for (const key of (await store.missing(prefix)).filter(isObject))
      found.push({ key, problem: 'it was written and is missing' })
  return found
}

/** All objects that are missing, differ from what was written, or cannot be read. Reads every byte. */
export const damagedObjects = async ({ platform, engine }: Lake): Promise<{ damages: Damage[]; count: number }> => {
  const { store } = platform
  const keys = (await Promise.all(prefixes.map((prefix) => store.keys(prefix)))).flat()
  let done = 0
  const examined = await inParallel(keys.filter(isObject), async (key): Promise<Damage[]> => {
    platform.progress.step('verifying objects', done++, keys.length)
    const inspection = await store.inspect(key)
    if (inspection.state === 'damaged') return [{ key, problem: inspection.damage }]
    if (inspection.state !== 'unrecorded') return []
    const [path = ''] = await store.readable([key])
    const problem = await problemIn(engine, { key, path, version: 'verified' })
    return problem ? [{ key, problem }] : []
  })
  return { damages: [...(await missingObjects(store)), ...examined.flat()], count: examined.length }
}

/** A relation with objects, and the partition of one of them. */
export interface Place {
  readonly relation: Kept
  readonly partition: Partition
  /** The declaration, if the relation is a table. */
  readonly table: Table | undefined
}

/** The relation and partition that a silver object holds, as far as they are declared. */
export const placeOf = (key: string): Place | undefined => {
  const found = placeIn(key)
  if (!found) return undefined
  const { name, partition } = found
  const table = tables.find((each) => each.name === name)
  if (table) return { relation: table, partition, table }
  const view = views.find((each) => each.name === name && each.materialized)
  return view && { relation: { ...view, yearOf: view.materialized!.yearOf }, partition, table: undefined }
}

/** Replaces a damaged or missing object by one without rows, which the steps after it can fill again. */
export const empty = async ({ platform, engine }: Lake, { relation, partition }: Place): Promise<void> => {
  const key = objectKey(relation, partition)
  const before = await platform.store.snapshot(key)
  const file = await platform.scratch(`${relation.name}-${partition}.parquet`)
  await engine.run(parquetCopy(emptyRelation(relation.columns, sqlTypeName), file))
  try {
    await platform.store.put(key, await platform.readFile(file), before ? { etag: before.etag } : 'absent')
  } catch (error) {
    // Another process has replaced the object already.
    if (!(error instanceof ConflictError)) throw error
  }
}
