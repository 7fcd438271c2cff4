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

/** Names of the sources in the lake of the tables below each of the queries. One statement asks all tables. */
export const sourcesOf = async (
  { engine }: Lake,
  queries: readonly Sql[],
): Promise<(query: Sql) => readonly string[]> => {
  const names = [...new Set(queries.flatMap(tablesBelow).map(({ name }) => name))]
  const each = names.map((name) => `select ${quoted(name)} as name, source from ${name} group by source`)
  const rows = each.length > 0 ? await engine.rows<{ name: string; source: string }>(each.join(' union all ')) : []
  const found = group(
    rows.filter(({ source }) => !nobody.has(source)),
    ({ name }) => name,
  )
  return (query) =>
    [...new Set(tablesBelow(query).flatMap(({ name }) => (found.get(name) ?? []).map(({ source }) => source)))].sort()
}
