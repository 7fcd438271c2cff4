/** A copy of the lake's relations that holds only a range of years, so that a computation cannot read outside of it. */
import { placesFor } from '../../core/places.ts'
import { inOrder, isStored, type Relation, storedUnder, type View } from '../../schemas/view.ts'
import type { Lake } from '../lake/lake.ts'
import { overObjects, type Rows, viewStatement, type YearRange } from '../silver/attach.ts'
import { isReference, type Versions } from '../silver/staleness.ts'

const inTurn = placesFor(1)

/** Views that run their SQL. What is below a stored relation is not read. */
const evaluatedAmong = (relations: readonly Relation[]): View[] =>
  relations.filter((relation): relation is View => !isStored(relation))

/**
 * Runs `work` on a connection of its own, in a schema where the named relations, and those that they read, hold only the years of the range. It gets
 * a lake with that schema. Several may run at once.
 */
export const inSpan = async <T>(
  lake: Lake,
  relations: readonly Relation[],
  versions: Versions,
  yearRange: YearRange,
  work: (lake: Lake) => Promise<T>,
): Promise<T> => {
  const stored = storedUnder(relations)
  const lazy = inOrder(evaluatedAmong(relations), (view) => evaluatedAmong(view.sql.reads))
  const engine = await lake.undefining.beside()
  try {
    const { store } = lake.platform
    const [references, byYear] = [stored.filter(isReference), stored.filter((each) => !isReference(each))]
    const over = (each: readonly Relation[], rows: Rows) =>
      Promise.all(each.map((relation) => overObjects(engine, store, relation, versions, rows)))
    const define = async (statements: readonly string[]) => {
      if (statements.length > 0) await engine.run(statements.join(';\n'))
    }
    // Two connections cannot make the same table at once.
    await inTurn({ isAlone: true, rank: 0 }, async () => define(await over(references, {})))
    await define([...(await over(byYear, { years: yearRange })), ...lazy.map(viewStatement)])
    return await work({ ...lake, engine, undefining: engine })
  } finally {
    await engine.close()
  }
}
