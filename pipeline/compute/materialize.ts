/** Materialized views as computations: their SQL, run for a few years at a time. */
import { renderView, type View } from '../../schemas/view.ts'
import { materializedView } from '../silver/derived.ts'
import type { Computation } from './computation.ts'

export const materialize = (view: View): Computation => {
  const { daysBack, definition } = materializedView(view)
  const { yearOf, yearsAtOnce, rowGroup, isByDay } = view.materialized!
  return {
    into: { ...view, yearOf, ...(rowGroup ? { rowGroup } : {}) },
    reads: view.sql.reads,
    daysBack,
    definition,
    ...(yearsAtOnce ? { yearsAtOnce } : {}),
    ...(isByDay ? { isByDay } : {}),
    produce: async ({ engine }, { from, to }) => {
      await engine.run(
        `create or replace table main.computed as select * from (${renderView(view)}) 
         where ${yearOf} >= date '${from}-01-01' and ${yearOf} < date '${to + 1}-01-01'`,
      )
      return 'main.computed'
    },
  }
}
