/** What reported the rows that a query rests on, for the line below an exhibit. */

import { group } from 'd3-array'
import type { Lake } from '../../pipeline/lake/lake.ts'
import type { Table } from '../../schemas/table.ts'
import { quoted, type Relation, type Sql, withAllBelow } from '../../schemas/view.ts'

const nobody = new Set(['calendar', 'compute', 'tag', 'declarations'])

/** Origins of tables that nobody has reported a row of. To ask them for their sources would read hundreds of objects. */
const made: readonly Table['origin'][] = ['calendar', 'compute']

const isTable = (relation: Relation): relation is Table => relation.kind === 'table'

const tablesBelow = ({ reads }: Sql): readonly Table[] =>
  withAllBelow(reads)
    .filter(isTable)
    .filter(({ origin, columns }) => 'source' in columns && !made.includes(origin))

/** Names of sources that a query rests on: all of them, or those with a row by a day. */
export type SourcesOf = (query: Sql, until?: string) => readonly string[]

/** The first session of which a source has rows, or the first day on which a row of it was known in New York. */
const firstDay = ({ columns }: Relation) => {
  const known = `cast(timezone('America/New_York', timezone('UTC', min(known_at))) as date)`
  return `cast(${'session' in columns ? `coalesce(cast(min(session) as date), ${known})` : known} as varchar)`
}

/** Names of the sources in the lake of the tables below each of the queries. One statement asks all tables. */
export const sourcesOf = async ({ engine }: Lake, queries: readonly Sql[]): Promise<SourcesOf> => {
  const tables = [...new Set(queries.flatMap(tablesBelow))]
  const each = tables.map(
    (table) =>
      `select ${quoted(table.name)} as name, source, ${firstDay(table)} as since from ${table.name} group by source`,
  )
  const rows =
    each.length > 0 ? await engine.rows<{ name: string; source: string; since: string }>(each.join(' union all ')) : []
  const found = group(
    rows.filter(({ source }) => !nobody.has(source)),
    ({ name }) => name,
  )
  const below = new WeakMap<Sql, readonly { readonly source: string; readonly since: string }[]>()
  return (query, until) => {
    const own = below.get(query) ?? tablesBelow(query).flatMap(({ name }) => found.get(name) ?? [])
    below.set(query, own)
    return [...new Set(own.flatMap(({ source, since }) => (until && since > until ? [] : [source])))].sort()
  }
}
