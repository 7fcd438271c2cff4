/**
 * The query of a materialized view over the tables of the catalog alone, for an engine that reads these. Each relation below it is
 * named once in a WITH clause: a stored one as the rows of the years that the view may read, another one by its SQL. The views of
 * the catalog are not read, because they may be those of another version of this project.
 */
import { identifier } from '../../core/engine.ts'
import { storedName } from '../../schemas/catalog.ts'
import { inOrder, isStored, isStoredBySession, type Relation, renderView, type View } from '../../schemas/view.ts'
import { firstDayRead, isReference } from '../silver/staleness.ts'
import type { Span } from './computation.ts'

export const queryOverTables = (view: View, database: string, { from, to }: Span): string => {
  const { yearOf, daysBack } = view.materialized!
  const since = firstDayRead(from, daysBack)
  const named = belowEvaluated(view).map((each) => {
    const query = isStored(each) ? rowsOf(each, database, since, to) : renderView(each as View)
    return `${each.name} as (\n${query}\n)`
  })
  const columns = Object.keys(view.columns).join(', ')
  return `select ${columns} from (
with ${named.join(',\n')}
select ${columns} from (
${renderView(view)}
) as computed
where ${yearOf} >= date '${from}-01-01' and ${yearOf} < date '${to + 1}-01-01'
) as wanted`
}

/** The relations that the SQL of a view reads, down to stored ones, each after those that it reads. */
const belowEvaluated = (view: View): Relation[] => {
  const below = (relation: Relation): readonly Relation[] => (isStored(relation) ? [] : (relation as View).sql.reads)
  const found = new Set<Relation>()
  const visit = (relation: Relation) => {
    if (found.has(relation)) return
    found.add(relation)
    below(relation).forEach(visit)
  }
  view.sql.reads.forEach(visit)
  return inOrder([...found], below)
}

/** The rows of the same range as `inSpan` gives to the embedded engine. The partition column lets the engine skip other objects. */
const rowsOf = (relation: Relation, database: string, since: string | undefined, to: number): string => {
  const isTable = relation.kind === 'table'
  const isBySession = isStoredBySession(relation)
  const day = isTable ? relation.yearOf : relation.materialized!.yearOf
  const columns = [...Object.keys(relation.columns), ...(isTable && !isBySession ? ['year'] : [])]
  const upTo = isBySession ? [`session <= date '${to}-12-31'`] : [`year <= ${to}`]
  const from = since ? [...(isBySession ? [] : [`year >= ${since.slice(0, 4)}`]), `${day} >= date '${since}'`] : []
  const where = isReference(relation) ? '' : ` where ${[...upTo, ...from].join(' and ')}`
  return `select ${columns.join(', ')} from ${identifier(database)}.${isTable ? relation.name : storedName(relation)}${where}`
}
