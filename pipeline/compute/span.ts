/** A copy of the lake's relations that holds only a range of years, so that a computation cannot read outside of it. */
import { inDependencyOrder, isStored, type Relation, storedUnder, type View } from '../../schemas/view.ts'
import type { Lake } from '../lake/lake.ts'
import { overObjects, viewStatement, type YearRange } from '../silver/attach.ts'
import { isReference, type Versions } from '../silver/staleness.ts'

/** Runs `work` in a schema where the named relations, and those that they read, hold only the years of the range. */
export const inSpan = async (
  { engine, platform }: Lake,
  relations: readonly Relation[],
  versions: Versions,
  yearRange: YearRange,
  work: () => Promise<void>,
): Promise<void> => {
  const views = relations.filter((relation): relation is View => !isStored(relation))
  const stored = storedUnder(relations)
  const lazy = inDependencyOrder(views).filter((view) => !isStored(view))
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
    await work()
  } finally {
    await engine.run(`set search_path = 'main'`)
    await engine.run('drop schema span cascade')
  }
}
