/** Silver objects: one Parquet file per table and year, which is replaced as a whole by compare-and-swap. */
import { setTimeout } from 'node:timers/promises'
import { quoted } from '../../core/engine.ts'
import { ConflictError } from '../../core/errors.ts'
import type { Condition, ObjectStore, Snapshot } from '../../core/platform.ts'
import { sqlTypeName } from '../../schemas/column.ts'
import type { Table } from '../../schemas/table.ts'
import type { Lake } from '../lake/lake.ts'

const rowGroup = 131_072
const attempts = 20
const longestWaitMs = 200

/** A relation that has objects: a table, or a materialized view. */
export type Kept = Pick<Table, 'name' | 'columns' | 'grain' | 'yearOf'> & { readonly rowGroup?: number }

export const yearKey = (table: Pick<Kept, 'name'>, year: number) => `silver/${table.name}/year=${year}/data.parquet`

/** The years for which a table has an object. */
export const yearsOf = async (store: ObjectStore, table: Kept): Promise<number[]> => {
  const objects = await store.list(`silver/${table.name}`)
  return objects.flatMap(({ key }) => {
    const year = /year=(\d{4})\/data\.parquet$/.exec(key)?.[1]
    return year ? [Number(year)] : []
  })
}

/** An empty relation with the columns of a table. */
export const emptyRelation = (
  columns: Table['columns'],
  typeName: (type: Table['columns'][string]['type']) => string,
) =>
  `select ${Object.entries(columns)
    .map(([name, column]) => `cast(null as ${typeName(column.type)}) as ${name}`)
    .join(', ')} where false`

export const parquetCopy = (select: string, file: string, rowsPerGroup = rowGroup) =>
  `copy (${select}) to ${quoted(file)} (format parquet, compression zstd, row_group_size ${rowsPerGroup})`

/**
 * Replaces objects of a table. `produce` gets a relation with the present rows of the years asked for and names a
 * relation with the rows that shall be there instead. Runs again from fresh reads when somebody else was faster.
 * Returns the years whose bytes changed.
 */
export const rewrite = async (
  lake: Lake,
  table: Kept,
  years: readonly number[],
  produce: (present: string) => Promise<string>,
): Promise<number[]> => {
  const read = new Set(years)
  for (let attempt = 1; ; attempt++) {
    try {
      return await rewriteOnce(lake, table, [...read], produce)
    } catch (error) {
      if (!(error instanceof ConflictError) || attempt === attempts) throw error
      // A year that was not there when we began is there now: its rows are to be read too.
      const year = /year=(\d{4})\//.exec(error.key)?.[1]
      if (year) read.add(Number(year))
      lake.platform.log.info({ table: table.name, attempt }, `${error.message}; merging again`)
      await setTimeout(Math.random() * longestWaitMs)
    }
  }
}

const rewriteOnce = async (
  { engine, platform }: Lake,
  table: Kept,
  years: readonly number[],
  produce: (present: string) => Promise<string>,
): Promise<number[]> => {
  const snapshots = new Map<number, Snapshot>()
  for (const year of years) {
    const snapshot = await platform.store.snapshot(yearKey(table, year))
    if (snapshot) snapshots.set(year, snapshot)
  }
  const paths = [...snapshots.values()].map(({ path }) => quoted(path))
  const present = paths.length
    ? `(select * from read_parquet([${paths.join(', ')}], hive_partitioning = false))`
    : `(${emptyRelation(table.columns, (type) => type)})`
  const result = await produce(present)
  const yearOf = `year(${table.yearOf})`
  const found = await engine.rows<{ y: number }>(`select distinct ${yearOf} as y from ${result}`)
  // Casts fix the Parquet types whatever query the rows come from, so that the same rows give the same bytes.
  const columns = Object.entries(table.columns)
    .map(([name, { type }]) => `cast(${name} as ${sqlTypeName(type)}) as ${name}`)
    .join(', ')
  const all = [...new Set([...found.map((each) => each.y), ...snapshots.keys()])].sort()
  const objects = await Promise.all(
    all.map(async (year) => ({ year, file: await platform.scratch(`${table.name}-${year}.parquet`) })),
  )
  const order = table.grain.join(', ')
  await engine.runAll(
    objects.map(({ year, file }) =>
      parquetCopy(
        `select ${columns} from ${result} where ${within(table, year)} order by ${order}`,
        file,
        table.rowGroup,
      ),
    ),
  )
  const written = await Promise.allSettled(
    objects.map(({ year, file }) => putIfChanged(platform, yearKey(table, year), file, snapshots.get(year))),
  )
  const failed = written.find((each) => each.status === 'rejected')
  if (failed) throw failed.reason
  return objects.filter((_, i) => (written[i] as PromiseFulfilledResult<boolean>).value).map(({ year }) => year)
}

/** A condition on a range, which the engine can push down to the scan. */
const within = ({ yearOf }: Kept, year: number) =>
  `${yearOf} >= date '${year}-01-01' and ${yearOf} < date '${year + 1}-01-01'`

/** Writes the file unless the object already has its bytes. */
export const putIfChanged = async (
  platform: Lake['platform'],
  key: string,
  file: string,
  before: Snapshot | undefined,
): Promise<boolean> => {
  const condition: Condition = before ? { etag: before.etag } : 'absent'
  const bytes = await platform.readFile(file)
  if (before && Buffer.from(bytes).equals(await platform.readFile(before.path))) return false
  await platform.store.put(key, bytes, condition)
  return true
}
