/** Names of relations in the Glue catalog, and the prefix in the lake that holds the rows of each. */
import { isStoredBySession, type Relation, type View } from './view.ts'

const stored = '_stored'
const mart = 'mart_'

/** Name of the catalog table that holds the rows of a materialized view. */
export const storedName = (view: Pick<View, 'name'>) => `${view.name}${stored}`

/** Name of the catalog table over the published object of a view. */
export const martName = (view: Pick<View, 'name'>) => `${mart}${view.name}`

/** Prefix of the objects that hold the rows of a catalog table. */
export const prefixOf = (table: string): string =>
  table.startsWith(mart)
    ? `mart/${table.slice(mart.length)}/`
    : `silver/${table.endsWith(stored) ? table.slice(0, -stored.length) : table}/`

/** First year of a relation that the catalog looks up. The catalog of a deployment begins with `firstYear`. */
export const firstYearOf = (relation: Relation, firstYear: number): number => {
  const own = relation.kind === 'table' ? relation.firstYear : undefined
  if (isStoredBySession(relation)) return own ?? firstYear
  return Math.min(own ?? firstYear, firstYear)
}
