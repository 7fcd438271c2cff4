/** Integrity of silver and marts: every object is compared with the size and hash that were recorded when it was written. */
import { ConflictError, ContractError } from '../../core/errors.ts'
import type { ObjectStore } from '../../core/platform.ts'
import { sqlTypeName } from '../../schemas/column.ts'
import { allRelations } from '../../schemas/relations.ts'
import type { Table } from '../../schemas/table.ts'
import { tables } from '../../schemas/tables/index.ts'
import { type Relation, withAllBelow } from '../../schemas/view.ts'
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

/** The prefixes of the objects that a query over these relations may read. */
export const prefixesOf = (relations: readonly Relation[]): readonly string[] =>
  relations === allRelations ? ['silver'] : withAllBelow(relations).map(({ name }) => `silver/${name}`)

/** Messages of one error at most. */
const mostNamed = 6

/** Errors of a query that no bytes of an object can cause. */
const isOfStatement = ({ message }: Error) =>
  /^(Catalog|Binder|Parser|Interrupt|Permission|Out of Memory) Error/i.test(message)

/** Whether damaged bytes may be its cause: the engine or our code failed on values, and not on a file or on what was asked. */
const mayBeOfBytes = (error: unknown): error is Error =>
  error instanceof Error &&
  ['Error', 'TypeError', 'RangeError'].includes(error.name) &&
  !('code' in error) &&
  !isOfStatement(error) &&
  !/ is damaged: /.test(error.message)

/**
 * Does work that reads some relations. If it fails, the objects that it may have read are compared with what was written, and the error
 * names those that are damaged. Without a failure no object is compared.
 */
export const namingDamage = async <T>(
  store: ObjectStore,
  relations: readonly Relation[],
  work: () => Promise<T>,
): Promise<T> => {
  try {
    return await work()
  } catch (error) {
    if (!mayBeOfBytes(error)) throw error
    const keys = (await Promise.all(prefixesOf(relations).map((prefix) => store.keys(prefix)))).flat()
    const examined = await inParallel(keys.filter(isObject), async (key) => ({ key, ...(await store.inspect(key)) }))
    const damages = examined.flatMap((each) =>
      each.state === 'damaged' ? [{ key: each.key, problem: each.damage }] : [],
    )
    if (damages.length === 0) throw error
    const more =
      damages.length > mostNamed ? [`and ${damages.length - mostNamed} more: \`precursor doctor\` names them`] : []
    throw new ContractError([...damages.slice(0, mostNamed).map(messageFor), ...more].join('\n'), { cause: error })
  }
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
