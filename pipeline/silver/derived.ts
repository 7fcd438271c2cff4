/** Materialized views in the form that staleness is computed from, and the state of their objects. */
import type { ObjectStore } from '../../core/platform.ts'
import { inDependencyOrder, type Relation, renderWithBelow, storedUnder, type View } from '../../schemas/view.ts'
import { type Derived, isReference, partitionsIn, staleness, type Versions } from './staleness.ts'

type MaterializedView = Derived & Required<Pick<Derived, 'yearsOf'>>

const known = new WeakMap<View, MaterializedView>()

/** The text is the same for the life of the process, and each refresh of a lake asks for it. */
export const materializedView = (view: View): MaterializedView => {
  const found = known.get(view) ?? derivedFrom(view)
  known.set(view, found)
  return found
}

const derivedFrom = (view: View): MaterializedView => {
  const { daysBack, embedded, outlivesFirst = false } = view.materialized!
  const reads = storedUnder(view.sql.reads)
  return {
    name: view.name,
    reads,
    yearsOf: outlivesFirst ? reads.filter((each) => !isReference(each)) : reads.slice(0, 1),
    daysBack,
    definition: [renderWithBelow(view), ...(embedded ? [embedded.text] : [])].join('\n'),
  }
}

/**
 * `stored`: the objects of a materialized view are up to date. `stale`: some are not, or those of a stored view below it are not, so
 * queries run its SQL instead. `empty`: the relations that determine its years have no rows yet, so there is
 * nothing to store, and views above it stay as they are.
 */
export type StoredState = 'stored' | 'stale' | 'empty'

/** The state of each of the materialized views. They must include those that they read. */
export const storedStates = async (
  store: ObjectStore,
  views: readonly View[],
  versions: Versions,
): Promise<ReadonlyMap<View, StoredState>> => {
  const states = new Map<View, StoredState>()
  for (const view of inDependencyOrder(views).filter(({ materialized }) => materialized)) {
    const { stale, inputs } = await staleness(store, materializedView(view), versions)
    const restsOnStale = materializedView(view).reads.some((read) => states.get(read as View) === 'stale')
    states.set(view, restsOnStale || stale.length > 0 ? 'stale' : inputs.size > 0 ? 'stored' : 'empty')
  }
  return states
}

/** The materialized views without rows, because the relations that determine their years have none, and none are left from before. */
export const emptyViews = (views: readonly View[], versions: Versions): ReadonlySet<Relation> => {
  const empty = new Set<Relation>()
  const hasNone = (relation: Relation) => partitionsIn(versions, relation.name).length === 0
  for (const view of inDependencyOrder(views)) {
    if (!view.materialized || !hasNone(view)) continue
    const { yearsOf } = materializedView(view)
    if (yearsOf.every((each) => (each.kind === 'table' ? hasNone(each) : empty.has(each)))) empty.add(view)
  }
  return empty
}
