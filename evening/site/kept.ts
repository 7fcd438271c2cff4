/** The relations that the pages of evenings are read from, and how their rows are kept while many pages are made. */
import type { Lake } from '../../pipeline/lake/lake.ts'
import { isStored, isStoredBySession, type Relation, type Sql, type View } from '../../schemas/view.ts'
import { allParts, queriesOf, readsOf } from '../gather.ts'
import { reportQueries, reportReads } from '../html/gather-report.ts'

/** An example of a session: the relations are the same for all. */
export const anySession = '2025-11-20'

/** The relations that the pages of evenings are read from. */
export const eveningRelations = (): readonly Relation[] => [
  ...new Set([...readsOf(allParts), ...reportReads(anySession)]),
]

/** Examples of the queries of one page. */
export const pageQueries = (): readonly Sql[] => [...queriesOf(anySession, {}), ...reportQueries(anySession, {})]

/** Bars inside the session are too many to be kept. */
export const areManyRows = (relation: Relation): boolean =>
  isStored(relation) ? isStoredBySession(relation) : (relation as View).sql.reads.some(areManyRows)

/** Rows of a stored relation that are kept at most. */
const mostRows = 1_000_000

/** Keeps the rows of the relations that every page asks, so that a question about one session is answered at once. */
export const keepSmall = async (lake: Lake): Promise<void> => {
  const relations = eveningRelations().filter((relation) => !areManyRows(relation))
  const small: Relation[] = []
  for (const relation of relations) {
    const [row] = isStored(relation)
      ? await lake.engine.rows<{ n: number }>(`select count(*) as n from ${relation.name}`)
      : []
    if (!row || row.n <= mostRows) small.push(relation)
  }
  await lake.keep(small)
}
