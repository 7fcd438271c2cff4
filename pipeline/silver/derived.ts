/** A materialized view as something the pipeline derives by year. */
import { renderView, storedUnder, type View } from '../../schemas/view.ts'
import type { Derived } from './freshness.ts'

export const materializedView = (view: View): Derived => ({
  name: view.name,
  reads: storedUnder(view.sql.reads),
  daysBack: view.materialized!.daysBack,
  definition: renderView(view),
})
