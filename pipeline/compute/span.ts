/** A stretch of years of the lake, under the same names: what a computation reads cannot reach beyond it. */
import { inDependencyOrder, isStored, type Relation, storedUnder, type View } from '../../schemas/view.ts'
import type { Lake } from '../lake/lake.ts'
import { overObjects, type Stretch, viewStatement } from '../silver/attach.ts'
import { isReference, type Versions } from '../silver/freshness.ts'

/** Does the work with `relations` (and what they rest on) confined to a stretch of time. */
export const inSpan = async (
  { engine, platform }: Lake,
  relations: readonly Relation[],
  versions: Versions,
  stretch: Stretch,
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
        await overObjects(platform.store, relation, versions, isReference(relation) ? undefined : stretch),
      )
    }
    for (const view of lazy) await engine.run(viewStatement(view))
    await work()
  } finally {
    await engine.run(`set search_path = 'main'`)
    await engine.run('drop schema span cascade')
  }
}
