/** What reported the rows that a query rests on, for the line below an exhibit. */

import type { Lake } from '../../pipeline/lake/lake.ts'
import { type Relation, type Sql, withAllBelow } from '../../schemas/view.ts'

const nobody = new Set(['calendar', 'compute', 'tag', 'declarations'])

/** Names of the sources in the lake of the tables below a query; each table is asked once. */
export const sourcesOf = ({ engine }: Lake): ((query: Sql) => Promise<readonly string[]>) => {
  const asked = new Map<string, Promise<readonly string[]>>()
  const of = ({ name }: Relation) => {
    const found =
      asked.get(name) ??
      engine
        .rows<{ source: string }>(`select distinct source from ${name} order by source`)
        .then((rows) => rows.map(({ source }) => source).filter((source) => !nobody.has(source)))
    asked.set(name, found)
    return found
  }
  return async ({ reads }) => {
    const tables = withAllBelow(reads).filter(({ kind, ...each }) => kind === 'table' && 'source' in each.columns)
    return [...new Set((await Promise.all(tables.map(of))).flat())].sort()
  }
}
