/** The declaration of a materialized view in the form that staleness is computed from. */
import { renderWithBelow, storedUnder, type View } from '../../schemas/view.ts'
import type { Derived } from './staleness.ts'

const known = new WeakMap<View, Derived>()

/** The text is the same for the life of the process, and each refresh of a lake asks for it. */
export const materializedView = (view: View): Derived => {
  const found = known.get(view) ?? {
    name: view.name,
    reads: storedUnder(view.sql.reads),
    daysBack: view.materialized!.daysBack,
    definition: renderWithBelow(view),
  }
  known.set(view, found)
  return found
}
