/** A copy of the lake's relations that holds only a range of years, so that a computation cannot read outside of it. */
import { inOrder, isStored, type Relation, storedUnder, type View } from '../../schemas/view.ts'
import type { Lake } from '../lake/lake.ts'
import { overObjects, viewStatement, type YearRange } from '../silver/attach.ts'
import { isReference, type Versions } from '../silver/staleness.ts'

/** Views that run their SQL. What is below a stored relation is not read. */
const evaluatedAmong = (relations: readonly Relation[]): View[] =>
  relations.filter((relation): relation is View => !isStored(relation))

/** Runs `work` in a schema where the named relations, and those that they read, hold only the years of the range. It gets a lake with that schema. */
export const inSpan = async (
  lake: Lake,
  relations: readonly Relation[],
  versions: Versions,
  yearRange: YearRange,
  work: (lake: Lake) => Promise<void>,
): Promise<void> => {
  const { undefining: engine, platform } = lake
  const stored = storedUnder(relations)
  const lazy = inOrder(evaluatedAmong(relations), (view) => evaluatedAmong(view.sql.reads))
  await engine.run('create schema if not exists span')
  await engine.run(`set search_path = 'span,main'`)
  try {
    for (const relation of stored) {
      await engine.run(
        await overObjects(
          engine,
          platform.store,
          relation,
          versions,
          isReference(relation) ? {} : { years: yearRange },
        ),
      )
    }
    for (const view of lazy) await engine.run(viewStatement(view))
    await work({ ...lake, engine })
  } finally {
    await engine.run(`set search_path = 'main'`)
    await engine.run('drop schema span cascade')
  }
}
