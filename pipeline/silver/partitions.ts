/** Partitions: which object of a relation holds a row. A relation has one object per year, or one per session if its rows are many. */
import type { Table } from '../../schemas/table.ts'

/** A year, or a session as `yyyy-mm-dd`. */
export type Partition = number | string

/** A relation that has objects. Without `partition` it has one per year. */
export interface Partitioned {
  readonly name: string
  /** Column that names the partition of a row. */
  readonly yearOf: string
  readonly partition?: Table['partition']
}

export const objectKey = ({ name }: Pick<Partitioned, 'name'>, partition: Partition) =>
  `silver/${name}/${typeof partition === 'number' ? 'year' : 'session'}=${partition}/data.parquet`

const pattern = /^silver\/(\w+)\/(?:year=(\d{4})|session=(\d{4}-\d\d-\d\d))\/data\.parquet$/

/** The relation and the partition of an object, from its key. */
export const placeIn = (key: string): { readonly name: string; readonly partition: Partition } | undefined => {
  const [, name, year, session] = pattern.exec(key) ?? []
  return name === undefined ? undefined : { name, partition: session ?? Number(year) }
}

export const yearIn = (partition: Partition): number => Number(String(partition).slice(0, 4))

/** For sorting: years by number, sessions by date. */
export const inOrderOfTime = (a: Partition, b: Partition): number => (a < b ? -1 : a > b ? 1 : 0)

/** SQL of the partition of a row. */
export const partitionOf = ({ yearOf, partition }: Partitioned): string =>
  partition === 'session' ? `cast(${yearOf} as varchar)` : `year(${yearOf})`

/** A condition on a range, which the engine can push down to the scan. */
export const within = ({ yearOf }: Partitioned, partition: Partition): string =>
  typeof partition === 'number'
    ? `${yearOf} >= date '${partition}-01-01' and ${yearOf} < date '${partition + 1}-01-01'`
    : `${yearOf} = date '${partition}'`
