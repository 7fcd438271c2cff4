/** A stretch of years of the lake, under the same names: what a computation reads cannot reach beyond it. */
import { inDependencyOrder, isStored, type Relation, storedUnder, type View } from '../../schemas/view.ts'
import type { Lake } from '../lake.ts'
import { overObjects, viewStatement } from '../silver/attach.ts'
import { isReference, type Versions } from '../silver/freshness.ts'

/** Does the work with `relations` (and what they rest on) confined to objects of the years from..to. */
export const inSpan = async (
  { engine, platform }: Lake,
  relations: readonly Relation[],
  versions: Versions,
  years: { readonly from: number; readonly to: number },
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
          platform.store,
          relation,
          versions,
          (year) => isReference(relation) || (year >= years.from && year <= years.to),
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
