/** Keeps rows in the engine for a test that asks many questions: each view is evaluated once, over the kept rows of the views below it. */
import type { Lake } from '../../pipeline/lake/lake.ts'
import { inDependencyOrder, type Relation, type View } from '../../schemas/view.ts'

export const evaluateOnce = async ({ engine }: Lake, relations: readonly Relation[]): Promise<void> => {
  const wanted = new Set(relations)
  const ofViews = inDependencyOrder(relations.filter((relation): relation is View => relation.kind === 'view'))
  const tables = [...wanted].filter(({ kind }) => kind === 'table')
  const inOrder: Relation[] = [...tables, ...ofViews.filter((view) => wanted.has(view))]
  for (const { name } of inOrder) {
    await engine.run(`create or replace table once_${name} as select * from ${name}`)
    await engine.run(`create or replace view ${name} as select * from once_${name}`)
  }
}
