/** Makes the lake queryable in an engine: one view per table over its Parquet objects, then the declared views. */

import type { Engine } from '../../core/engine.ts'
import type { ObjectStore } from '../../core/platform.ts'
import { bigint, sqlTypeName } from '../../schemas/column.ts'
import { inDependencyOrder, type Relation, renderView, storedUnder, type View } from '../../schemas/view.ts'
import { materializedView } from './derived.ts'
import { trinoMacros } from './dialect.ts'
import { emptyRelation, overFiles } from './files.ts'
import { yearKey } from './objects.ts'
import { silverVersions, staleness, type Versions } from './staleness.ts'

/** Statements that define the relations over the objects in the store. The relations must include all that their views read. */
export const catalogStatements = async (
  engine: Engine,
  store: ObjectStore,
  relations: readonly Relation[],
): Promise<string[]> => {
  const versions = await silverVersions(store)
  const tables = relations.filter(({ kind }) => kind === 'table')
  const sources: string[] = []
  for (const table of tables) sources.push(await overObjects(engine, store, table, versions))
  const definitions: string[] = []
  const stale = new Set<Relation>()
  for (const view of inDependencyOrder(relations.filter((relation): relation is View => relation.kind === 'view'))) {
    const restsOnStale = storedUnder(view.sql.reads).some((read) => stale.has(read))
    const isReady = view.materialized && !restsOnStale && (await isFresh(store, view, versions))
    if (view.materialized && !isReady) stale.add(view)
    definitions.push(isReady ? await overObjects(engine, store, view, versions) : viewStatement(view))
  }
  return [...trinoMacros, ...sources, ...definitions]
}

/** Whether the objects of a materialized view are up to date. If they are not, queries run its SQL instead. */
const isFresh = async (store: ObjectStore, view: View, versions: Versions) => {
  const { stale, inputs } = await staleness(store, materializedView(view), versions)
  return stale.length === 0 && inputs.size > 0
}

export const viewStatement = (view: View) => `create or replace view ${view.name} as ${renderView(view)}`

export interface YearRange {
  /** First day. Undefined means that there is no lower bound. */
  readonly since: string | undefined
  /** Last year. */
  readonly to: number
}

const yearOf = (relation: Relation): string =>
  relation.kind === 'table' ? relation.yearOf : (relation.materialized?.yearOf ?? 'session')

/** A relation over its Parquet objects: all of them, or those of a range of years. */
export const overObjects = async (
  engine: Engine,
  store: ObjectStore,
  relation: Relation,
  versions: Versions,
  yearRange?: YearRange,
): Promise<string> => {
  const { kind, name, columns } = relation
  const first = Number(yearRange?.since?.slice(0, 4) ?? 0)
  const found = [...(versions.get(name) ?? [])]
    .filter(([year]) => year >= first && year <= (yearRange?.to ?? year))
    .sort(([a], [b]) => a - b)
    .map(([year, version]) => ({ key: yearKey(relation, year), version }))
  const since = yearRange?.since ? ` where ${yearOf(relation)} >= date '${yearRange.since}'` : ''
  // A table also has the year of the object as a column, so that a query can restrict it.
  const withYear = kind === 'table'
  const paths = await store.readable(found.map(({ key }) => key))
  const files = found.map((each, i) => ({ ...each, path: paths[i]! }))
  const rows = files.length
    ? await overFiles(engine, columns, files, { withYear, where: since })
    : emptyRelation(withYear ? { ...columns, year: bigint('Year of the object.') } : columns, sqlTypeName)
  return `create or replace view ${name} as ${rows}`
}

/** The first call defines every relation. Later calls define only those whose objects have changed. */
export const attachSilver = (
  engine: Engine,
  store: ObjectStore,
  relations: readonly Relation[],
): (() => Promise<void>) => {
  const attached: string[] = []
  return async () => {
    for (const [i, statement] of (await catalogStatements(engine, store, relations)).entries()) {
      if (attached[i] === statement) continue
      await engine.run(statement)
      attached[i] = statement
    }
  }
}
