/**
 * The partitions in which an incoming row says something new. Many answers hold the whole history of what they are about, of which
 * one row is new. The partitions of the other rows need not be merged and written.
 */
import { entityOf, reportedColumns, type Table } from '../../schemas/table.ts'
import type { Lake } from '../lake/lake.ts'
import { overFiles } from '../silver/files.ts'
import { filesOf } from '../silver/objects.ts'
import { objectKey, type Partition, partitionOf } from '../silver/partitions.ts'
import { hasOwnInstants } from './own-instants.ts'
import { incomingName } from './relations.ts'

/** Of some partitions those that have to be merged. All of them where vintages have instants of their own, or an object cannot be read. */
export const partitionsWithNews = async (
  lake: Lake,
  table: Table,
  touched: readonly Partition[],
): Promise<readonly Partition[]> => {
  const { engine, platform } = lake
  if (touched.length < 2 || table.vintagesBy !== 'fetched_at') return touched
  const keys = new Set(touched.map((each) => objectKey(table, each)))
  const files = (await filesOf(platform.store, table)).filter(({ key }) => keys.has(key))
  if (files.length === 0) return touched
  try {
    const present = `(${await overFiles(engine, table.columns, files)})`
    if (await hasOwnInstants(engine, table, present)) return touched
    const found = await engine.rows<{ p: Partition }>(newsQuery(table, present))
    return found.map(({ p }) => p)
  } catch {
    // The merge says which object is damaged.
    return touched
  }
}

/** A row is known if its entity has one vintage, which was fetched before it and has the same values. */
const newsQuery = (table: Table, present: string): string => {
  const entity = entityOf(table)
  const values = reportedColumns(table).filter((name) => !entity.includes(name))
  const same = [
    ...entity.map((name) => `p.${name} = i.${name}`),
    ...values.map((name) => `p.${name} is not distinct from i.${name}`),
  ]
  const once = values.map((name) => `any_value(${name}) as ${name}`)
  return `
    select distinct ${partitionOf(table)} as p from ${incomingName} i
    anti join (
      select ${[...entity, ...once].join(', ')}, min(fetched_at) as fetched_at
      from ${present} semi join ${incomingName} using (${entity.join(', ')}) group by ${entity.join(', ')} having count(*) = 1
    ) p on ${same.join(' and ')} and p.fetched_at <= i.fetched_at`
}
