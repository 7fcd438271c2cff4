/** Silver objects: one Parquet file per table and partition, which is replaced as a whole by compare-and-swap. */
import { setTimeout } from 'node:timers/promises'
import { quoted } from '../../core/engine.ts'
import { ConflictError, ContractError } from '../../core/errors.ts'
import type { Condition, ObjectStore, Snapshot } from '../../core/platform.ts'
import { sqlTypeName } from '../../schemas/column.ts'
import type { Table } from '../../schemas/table.ts'
import type { Lake } from '../lake/lake.ts'
import { type Contents, codesOf, constantsIn, contentsOf, type Unfinished } from './contents.ts'
import { damagedMessage, emptyRelation, type ObjectFile, overFiles, problemIn } from './files.ts'
import { inOrderOfTime, objectKey, type Partition, placeIn, within } from './partitions.ts'

const rowGroup = 131_072
/** Another writer makes progress whenever this one loses, so a limit only ends what cannot be a race. */
const manyAttempts = 100
const longestWaitMs = 200

/** A relation that has objects: a table, or a materialized view. */
export type Kept = Pick<Table, 'name' | 'columns' | 'grain' | 'yearOf'> &
  Partial<Pick<Table, 'partition' | 'coded' | 'level'>> & { readonly rowGroup?: number }

/** The partitions for which a table has an object. */
export const partitionsOf = async (store: ObjectStore, table: Kept): Promise<Partition[]> => {
  const keys = await store.keys(`silver/${table.name}`)
  return keys.flatMap((key) => placeIn(key)?.partition ?? [])
}

/** The objects of a table as files of this machine. */
export const filesOf = async (store: ObjectStore, table: Pick<Kept, 'name'>): Promise<ObjectFile[]> => {
  const versions = await store.versions(`silver/${table.name}`)
  const keys = [...versions.keys()].filter((key) => key.endsWith('.parquet')).sort()
  const paths = await store.readable(keys)
  return keys.map((key, i) => ({ key, path: paths[i]!, version: versions.get(key)! }))
}

/** The level of ZSTD is a trade of time for size. The default of the engine is 3. */
export const parquetCopy = (select: string, file: string, rowsPerGroup = rowGroup, level = 3) =>
  `copy (${select}) to ${quoted(file)}
   (format parquet, compression zstd, compression_level ${level}, row_group_size ${rowsPerGroup})`

export interface RewriteOptions {
  /** The new rows do not depend on the present ones, so that these may be damaged or missing. `present` is then empty. */
  readonly isRederived?: boolean
  /** How often a write is tried while others are faster. Then a `ConflictError` is thrown. */
  readonly attempts?: number
}

type Produce = (present: string) => Promise<string | Unfinished>

/**
 * Replaces objects of a table. `produce` gets a relation with the present rows of the requested partitions, and names a relation
 * with the rows that replace them. If another writer was faster, it runs again with fresh reads, which also include the
 * partitions that the other writer has created. Returns the partitions whose bytes changed.
 */
export const rewrite = async (
  lake: Lake,
  table: Kept,
  partitions: readonly Partition[],
  produce: Produce,
  options: RewriteOptions = {},
): Promise<Partition[]> => {
  const { attempts = manyAttempts } = options
  const read = new Set(partitions)
  const changed = new Set<Partition>()
  for (let attempt = 1; ; attempt++) {
    const written = await rewriteOnce(lake, table, [...read], produce, options)
    const lost: Partition[] = []
    for (const { partition, result } of written) {
      if (result.status === 'fulfilled') {
        if (result.value) changed.add(partition)
      } else if (result.reason instanceof ConflictError && attempt < attempts) lost.push(partition)
      else throw result.reason
    }
    if (lost.length === 0) return [...changed].sort(inOrderOfTime)
    for (const partition of lost) read.add(partition)
    lake.platform.log.info(
      { table: table.name, attempt, partitions: lost },
      `${table.name}: another writer replaced ${lost.join(', ')}; merging again`,
    )
    await setTimeout(Math.random() * longestWaitMs)
  }
}

const rewriteOnce = async (
  { engine, platform }: Lake,
  table: Kept,
  partitions: readonly Partition[],
  produce: Produce,
  { isRederived = false }: RewriteOptions,
): Promise<{ partition: Partition; result: PromiseSettledResult<boolean> }[]> => {
  const snapshots = await snapshotsOf(platform, table, partitions)
  const files = [...snapshots].map(([each, { path, etag }]) => ({ key: objectKey(table, each), path, version: etag }))
  const present =
    files.length && !isRederived
      ? `(${await intact(engine, table, snapshots, files)})`
      : `(${emptyRelation(table.columns, (type) => type)})`
  const produced = await produce(present)
  const made: Unfinished = typeof produced === 'string' ? { relation: produced, helpers: [], late: {} } : produced
  const found = await contentsOf(engine, table, made)
  const all = [...new Set([...found.keys(), ...snapshots.keys()])].sort()
  if (!isRederived)
    await refuseLost(
      platform,
      table,
      all.filter((each) => !snapshots.has(each)),
    )
  const objects = await Promise.all(
    all.map(async (partition) => ({
      partition,
      file: await platform.scratch(`${table.name}-${partition}.parquet`),
    })),
  )
  await engine.runAll(
    objects.map(({ partition, file }) =>
      parquetCopy(objectQuery(table, partition, made, found.get(partition)), file, table.rowGroup, table.level),
    ),
  )
  const written = await Promise.allSettled(
    objects.map(({ partition, file }) =>
      putIfChanged(platform, objectKey(table, partition), file, snapshots.get(partition)),
    ),
  )
  return objects.map(({ partition }, i) => ({ partition, result: written[i]! }))
}

/** The rows of an object in the order of their grain, with the types of their columns. */
const objectQuery = (table: Kept, partition: Partition, made: Unfinished, contents?: Contents) => {
  const { relation, helpers, order = table.grain } = made
  const codes = codesOf(contents)
  // What is the same in all rows need not be sorted.
  const late: Readonly<Record<string, string>> = { ...constantsIn(contents), ...made.late }
  // Casts fix the Parquet types whatever query the rows come from, so that the same rows give the same bytes.
  const cast = (name: string, text = name) =>
    `cast(${text} as ${codes.get(name) ?? sqlTypeName(table.columns[name]!.type)}) as ${name}`
  const names = Object.keys(table.columns)
  const isSorted = (name: string) => !(name in late)
  const sorted = [...names.filter(isSorted).map((name) => cast(name)), ...helpers].join(', ')
  // Row groups are told apart by the least and greatest value of a column, which are those of all codes if it is coded.
  const isPlain = (name: string) =>
    codes.has(name) && table.grain.includes(name) && contents!.rows > (table.rowGroup ?? rowGroup)
  const finished = (name: string) => (isPlain(name) ? `cast(${name} as varchar) as ${name}` : name)
  const columns = names.map((name) => (isSorted(name) ? finished(name) : cast(name, late[name]))).join(', ')
  const keys = order.filter(isSorted)
  return `select ${columns} from (
    select ${sorted} from ${relation} where ${within(table, partition)} ${keys.length ? `order by ${keys.join(', ')}` : ''})`
}

const snapshotsOf = async ({ store }: Lake['platform'], table: Kept, partitions: readonly Partition[]) => {
  const snapshots = new Map<Partition, Snapshot>()
  for (const partition of partitions) {
    const snapshot = await store.snapshot(objectKey(table, partition))
    if (snapshot) snapshots.set(partition, snapshot)
  }
  return snapshots
}

/** A query for the rows of the files. New rows are not merged with those of a damaged object. */
const intact = async (
  engine: Lake['engine'],
  table: Kept,
  snapshots: ReadonlyMap<Partition, Snapshot>,
  files: readonly ObjectFile[],
): Promise<string> => {
  for (const [each, { damage }] of snapshots) if (damage) throw refusal(objectKey(table, each), damage)
  const query = await overFiles(engine, table.columns, files)
  for (const file of files) {
    const problem = await problemIn(engine, file)
    if (problem) throw refusal(file.key, problem)
  }
  return query
}

const refusal = (key: string, problem: string) => new ContractError(damagedMessage(key, problem))

/** A partition that was written and is gone had rows. New rows alone must not take its place. */
const refuseLost = async ({ store }: Lake['platform'], table: Kept, partitions: readonly Partition[]) => {
  if (partitions.length === 0) return
  const written = new Set(await store.written(`silver/${table.name}`))
  for (const key of partitions.map((partition) => objectKey(table, partition)).filter((each) => written.has(each)))
    if (!(await store.snapshot(key))) throw refusal(key, 'it was written and is missing')
}

/** Writes the file unless the object already has its bytes. */
export const putIfChanged = async (
  platform: Lake['platform'],
  key: string,
  file: string,
  before: Snapshot | undefined,
): Promise<boolean> => {
  const condition: Condition = before ? { etag: before.etag } : 'absent'
  const bytes = await platform.readFile(file)
  if (before && !before.damage && Buffer.from(bytes).equals(await platform.readFile(before.path))) return false
  await platform.store.put(key, bytes, condition)
  return true
}
