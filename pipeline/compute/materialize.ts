/** Materialized views, as computations: their SQL, run over a few years at a time. */
import { renderView, type View } from '../../schemas/view.ts'
import { materializedView } from '../silver/derived.ts'
import type { Computation } from './computation.ts'

export const materialize = (view: View): Computation => {
  const { reads, daysBack, definition } = materializedView(view)
  const { yearOf, yearsAtOnce } = view.materialized!
  return {
    into: { ...view, yearOf },
    reads,
    daysBack,
    definition,
    ...(yearsAtOnce ? { yearsAtOnce } : {}),
    produce: async ({ engine }, { from, to }) => {
      await engine.run(
        `create or replace table main.computed as select * from (${renderView(view)}) where year(${yearOf}) between ${from} and ${to}`,
      )
      return 'main.computed'
    },
  }
}
