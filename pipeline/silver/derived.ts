/** The declaration of a materialized view in the form that staleness is computed from. */
import { renderView, storedUnder, type View } from '../../schemas/view.ts'
import type { Derived } from './staleness.ts'

export const materializedView = (view: View): Derived => ({
  name: view.name,
  reads: storedUnder(view.sql.reads),
  daysBack: view.materialized!.daysBack,
  definition: renderView(view),
})
