/** The most that a query can scan, before it runs: all objects of the tables, years and sessions in its plan. */

import type { ObjectStore } from '../../core/platform.ts'
import { prefixOf } from '../../schemas/catalog.ts'
import type { Athena } from './client.ts'

export interface Estimate {
  readonly bytes: number
  readonly objectCount: number
  /** Scans of tables in the plan; one table can be scanned several times. */
  readonly scanCount: number
}

/** One scan: a table, and the years or sessions to which it is restricted. */
interface Scan {
  readonly table: string
  readonly isWanted: (partition: string) => boolean
}

/** EXPLAIN runs nothing and costs nothing. A query reads only the columns that it names, so this is an upper bound. */
export const estimate = async (athena: Athena, store: ObjectStore, sql: string): Promise<Estimate> => {
  const { rows } = await athena.query(`explain (type logical, format json) ${sql}`)
  const text = rows.flatMap((row) => Object.values(row)).join('\n')
  const scans = scansIn(JSON.parse(text.slice(text.indexOf('{'), text.lastIndexOf('}') + 1)))
  const sizes = await Promise.all(
    scans.map(async ({ table, isWanted }) => {
      const objects = await store.list(prefixOf(table))
      return objects
        .filter(({ key }) => isWanted(/(?:year|session)=([\d-]+)/.exec(key)?.[1] ?? ''))
        .map(({ size }) => size)
    }),
  )
  return {
    bytes: sizes.flat().reduce((sum, size) => sum + size, 0),
    objectCount: sizes.flat().length,
    scanCount: scans.length,
  }
}

/** Every node of the plan that names a table. */
const scansIn = (node: unknown): Scan[] => {
  if (typeof node !== 'object' || node === null) return []
  const { descriptor, details } = node as { descriptor?: { table?: string }; details?: string[] }
  const below = Object.values(node).flatMap(scansIn)
  // As in awsdatacatalog:precursor:daily_bars constraint on [session].
  const table = /^\S*?(\w+)(?: |$)/.exec(descriptor?.table ?? '')?.[1]
  return table ? [{ table, isWanted: partitionsOf(details ?? []) }, ...below] : below
}

/**
 * Of the lines `year:int:PARTITION_KEY`, `    :: [[1990, 2024], [2027]]`, or the same with `session:date` and dates. A column that the
 * query gives out begins with its symbol: `session_1 := session:date:PARTITION_KEY`.
 */
const partitionsOf = (details: readonly string[]): Scan['isWanted'] => {
  const line = details[details.findIndex((each) => /^(?:\w+ := )?(year|session):.*:PARTITION_KEY/.test(each)) + 1]
  if (!line?.includes('::')) return () => true
  const ranges = [...line.matchAll(/\[(\d{4}[\d-]*)(?:, (\d{4}[\d-]*))?\]/g)].map(
    ([, from, to]) => [from!, to ?? from!] as const,
  )
  return (partition) => ranges.some(([from, to]) => partition >= from && partition <= to)
}
