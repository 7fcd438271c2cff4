/** Silver objects: one Parquet file per table and partition, which is replaced as a whole by compare-and-swap. */
import { setTimeout } from 'node:timers/promises'
import { parquetFiles, quoted } from '../../core/engine.ts'
import { ConflictError, ContractError } from '../../core/errors.ts'
import type { Condition, ObjectStore, Snapshot } from '../../core/platform.ts'
import { sqlTypeName } from '../../schemas/column.ts'
import type { Table } from '../../schemas/table.ts'
import type { Lake } from '../lake/lake.ts'
import { type Contents, codesOf, constantsIn, contentsOf, type Unfinished } from './contents.ts'
import { damagedMessage, emptyRelation, type ObjectFile, overFiles, problemIn } from './files.ts'
import { inOrderOfTime, objectKey, type Partition, partitionOf, placeIn, within } from './partitions.ts'

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
export const parquetCopy = (select: string, file: string, rowsPerGroup = rowGroup, level = 3, options = '') =>
  `copy (${select}) to ${quoted(file)}
   (format parquet, compression zstd, compression_level ${level}, row_group_size ${rowsPerGroup}${options})`

export interface RewriteOptions {
  /** The new rows do not depend on the present ones, so that these may be damaged or missing. `present` is then empty. */
  readonly isRederived?: boolean
  /** Called when the new rows are in files, before the objects are replaced. */
  readonly afterFiles?: () => Promise<void>
  /** How often a write is tried while others are faster. Then a `ConflictError` is thrown. */
  readonly attempts?: number
}

/** Rows in the order of the grain, or nearly, as queries that run side by side. They are written without a sort. No partition is in two queries. */
export interface Ordered {
  readonly queries: readonly string[]
}

type Produce = (present: string) => Promise<string | Unfinished | Ordered>

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
  lake: Lake,
  table: Kept,
  partitions: readonly Partition[],
  produce: Produce,
  { isRederived = false, afterFiles }: RewriteOptions,
): Promise<{ partition: Partition; result: PromiseSettledResult<boolean> }[]> => {
  const { engine, platform } = lake
  const snapshots = await snapshotsOf(platform, table, partitions)
  const files = [...snapshots].map(([each, { path, etag }]) => ({ key: objectKey(table, each), path, version: etag }))
  const present =
    files.length && !isRederived
      ? `(${await intact(engine, table, snapshots, files)})`
      : `(${emptyRelation(table.columns, (type) => type)})`
  const produced = await produce(present)
  const make =
    typeof produced === 'string'
      ? await sorted(lake, table, { relation: produced, helpers: [], late: {} })
      : 'queries' in produced
        ? await ordered(lake, table, produced)
        : await sorted(lake, table, produced)
  const all = [...new Set([...make.partitions, ...snapshots.keys()])].sort()
  if (!isRederived)
    await refuseLost(
      platform,
      table,
      all.filter((each) => !snapshots.has(each)),
    )
  const made = await make.filesOf(all)
  await afterFiles?.()
  const written = await Promise.allSettled(
    all.map((partition, i) => putIfChanged(platform, objectKey(table, partition), made[i]!, snapshots.get(partition))),
  )
  return all.map((partition, i) => ({ partition, result: written[i]! }))
}

/** The partitions of new rows, and files with the rows of each of some partitions. */
interface Make {
  readonly partitions: readonly Partition[]
  readonly filesOf: (partitions: readonly Partition[]) => Promise<readonly string[]>
}

/** A column with the type of its declaration: the same rows give the same bytes whatever query they come from. */
const typed = ({ columns }: Kept, name: string, text = name) =>
  `cast(${text} as ${sqlTypeName(columns[name]!.type)}) as ${name}`

const scratchFile = ({ platform }: Lake, { name }: Kept, partition: Partition) =>
  platform.scratch(`${name}-${partition}.parquet`)

const sorted = async (lake: Lake, table: Kept, made: Unfinished): Promise<Make> => {
  const found = await contentsOf(lake.engine, table, made)
  return {
    partitions: [...found.keys()],
    filesOf: async (partitions) => {
      const files = await Promise.all(partitions.map((partition) => scratchFile(lake, table, partition)))
      const copies = partitions.map((partition, i) =>
        parquetCopy(objectQuery(table, partition, made, found.get(partition)), files[i]!, table.rowGroup, table.level),
      )
      await lake.engine.runAll(copies)
      return files
    },
  }
}

/** Each query writes a file for each of its partitions. Files whose rows are not in the order of the grain are then sorted. */
const ordered = async (lake: Lake, table: Kept, { queries }: Ordered): Promise<Make> => {
  const { name, columns, rowGroup: rowsPerGroup, level } = table
  const names = Object.keys(columns)
  const types = names.map((each) => typed(table, each)).join(', ')
  const byPartition = ', partition_by (partition_of_row), write_partition_columns false, return_stats true'
  const copies = await Promise.all(
    queries.map(async (query, i) => {
      const rows = `select ${types}, ${partitionOf(table)} as partition_of_row from (${query})`
      return parquetCopy(rows, await lake.platform.scratch(`${name}-${i}`), rowsPerGroup, level, byPartition)
    }),
  )
  const written = (await lake.engine.oneThreadEach(copies)).flat().map(({ filename }) => String(filename))
  const files = new Map(written.map((file) => [/\/partition_of_row=([\d-]+)\/[^/]*$/.exec(file)![1]!, file]))
  const again = async (from: string, partition: Partition) => {
    const file = await scratchFile(lake, table, partition)
    await lake.engine.runAll([parquetCopy(from, file, rowsPerGroup, level)])
    return file
  }
  const mixed = await outOfOrder(lake, table, written)
  return {
    partitions: [...files.keys()].map((each) => (table.partition === 'session' ? each : Number(each))),
    filesOf: (partitions) =>
      Promise.all(
        partitions.map((partition) => {
          const file = files.get(String(partition))
          if (!file) return again(emptyRelation(columns, sqlTypeName), partition)
          if (!mixed.has(file)) return file
          return again(`select ${types} from ${parquetFiles([file])} order by ${table.grain.join(', ')}`, partition)
        }),
      ),
  }
}

/**
 * The files that have a row which is not after the row before it. A join gives the rows that it finds a match for before the others, and
 * the engine may write some thousand rows of a partition before earlier ones.
 */
const outOfOrder = async (
  { engine }: Lake,
  { grain }: Kept,
  files: readonly string[],
): Promise<ReadonlySet<string>> => {
  if (files.length === 0) return new Set()
  const earlier = (column: string) => `earlier_${column}`
  const isAfter = grain.reduceRight(
    (rest, each) => `(${each} > ${earlier(each)} or (${each} = ${earlier(each)} and ${rest}))`,
    'false',
  )
  const lags = ['filename', ...grain].map((each) => `lag(${each}) over () as ${earlier(each)}`)
  const found = await engine.oneThreadEach([
    `select distinct filename
     from (
       select filename, ${[...grain, ...lags].join(', ')}
       from ${parquetFiles(files, 'hive_partitioning = false, filename = true')}
     )
     where filename = earlier_filename and not ${isAfter}`,
  ])
  return new Set(found.flat().map(({ filename }) => String(filename)))
}

/** The rows of an object in the order of their grain, with the types of their columns. */
const objectQuery = (table: Kept, partition: Partition, made: Unfinished, contents?: Contents) => {
  const { relation, helpers, order = table.grain } = made
  const codes = codesOf(contents)
  // A column that has one value in all rows is left out of the sort.
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
