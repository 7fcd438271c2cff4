/** Relations that many of the questions about an evening read. Their rows are kept, because each query opens all files of a relation. */
import type { Lake } from '../pipeline/lake/lake.ts'
import { isStored, isStoredBySession, type Relation, type Sql, type View } from '../schemas/view.ts'

/** A relation that is read so many times is kept, for which its files are opened once. */
const oftenRead = 8
/** Values of a relation that are kept at most. Copying more takes longer than opening its files again. */
const mostValues = 500_000

/** How many times the queries read each stored relation, directly and through views that run their SQL. */
const timesRead = (queries: readonly Sql[]): ReadonlyMap<Relation, number> => {
  const times = new Map<Relation, number>()
  const visit = (relation: Relation) => {
    if (isStored(relation)) times.set(relation, (times.get(relation) ?? 0) + 1)
    else (relation as View).sql.reads.forEach(visit)
  }
  for (const { reads } of queries) reads.forEach(visit)
  return times
}

/** Keeps the rows of the stored relations that these queries read often, as far as they are few. */
export const keepOftenRead = async (lake: Lake, queries: readonly Sql[]): Promise<void> => {
  const often = [...timesRead(queries)].flatMap(([relation, times]) =>
    times >= oftenRead && !isStoredBySession(relation) ? [relation] : [],
  )
  const counts = await lake.engine.rowsOfAll(often.map(({ name }) => `select count(*) as n from ${name}`))
  const valuesOf = (relation: Relation, i: number) => Number(counts[i]![0]!.n) * Object.keys(relation.columns).length
  await lake.keep(often.filter((relation, i) => valuesOf(relation, i) <= mostValues))
}
