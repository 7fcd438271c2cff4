/** Relations that many of the questions about an evening read. Their rows are kept, because each query opens all files of a relation. */
import type { Lake } from '../pipeline/lake/lake.ts'
import { isStored, isStoredBySession, type Relation, type Sql, type View } from '../schemas/view.ts'

/** A stored relation that is read so many times is kept, for which its files are opened once. */
const oftenRead = 8
/** To open the files of a relation once more takes about as long as to copy so many values. */
const valuesPerRead = 200_000

const isNamed = (name: string) => new RegExp(`\\b${name}\\b`, 'g')

/** How many times the queries read each relation, directly and through views that run their SQL. A query may read it twice. */
const timesRead = (queries: readonly Sql[]): ReadonlyMap<Relation, number> => {
  const times = new Map<Relation, number>()
  const visit = ({ text, reads }: Sql, queryCount: number) => {
    for (const relation of reads) {
      const count = queryCount * (text.match(isNamed(relation.name))?.length ?? 1)
      times.set(relation, (times.get(relation) ?? 0) + count)
      if (!isStored(relation)) visit((relation as View).sql, count)
    }
  }
  for (const query of new Map(queries.map((each) => [each.text, each])).values()) visit(query, 1)
  return times
}

/** Keeps the rows of the relations that these queries read often, as far as they are few. */
export const keepOftenRead = async (lake: Lake, queries: readonly Sql[]): Promise<void> => {
  const times = [...timesRead(queries)]
  const often = times.filter(
    ([relation, count]) => count >= oftenRead && isStored(relation) && !isStoredBySession(relation),
  )
  // To count the rows of a stale view would run its SQL.
  await lake.hold(often.map(([relation]) => relation))
  const counts = await lake.engine.rowsOfAll(often.map(([{ name }]) => `select count(*) as n from ${name}`))
  const few = often.flatMap(([relation, count], i) => {
    const values = Number(counts[i]![0]!.n) * Object.keys(relation.columns).length
    return values <= count * valuesPerRead ? [relation] : []
  })
  await lake.keep(few)
}
