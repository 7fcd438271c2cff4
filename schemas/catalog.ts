/** Names of relations in the Glue catalog, and where in the lake the rows of each are. */
import type { View } from './view.ts'

const stored = '_stored'
const mart = 'mart_'

/** The table with the rows of a materialized view. */
export const storedName = (view: Pick<View, 'name'>) => `${view.name}${stored}`

/** The table over the published object of a view. */
export const martName = (view: Pick<View, 'name'>) => `${mart}${view.name}`

/** Objects under this prefix hold the rows of a table of the catalog. */
export const prefixOf = (table: string): string =>
  table.startsWith(mart)
    ? `mart/${table.slice(mart.length)}/`
    : `silver/${table.endsWith(stored) ? table.slice(0, -stored.length) : table}/`
