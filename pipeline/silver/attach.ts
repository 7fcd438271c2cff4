/** Makes the lake queryable in an engine: one view per table over its Parquet objects, then the declared views. */

import { type Engine, identifier, quoted } from '../../core/engine.ts'
import type { ObjectStore } from '../../core/platform.ts'
import { bigint, sqlTypeName } from '../../schemas/column.ts'
import {
  inDependencyOrder,
  type Relation,
  renderView,
  storedUnder,
  type View,
  withAllBelow,
} from '../../schemas/view.ts'
import { materializedView } from './derived.ts'
import { trinoMacros } from './dialect.ts'
import { emptyRelation, overFiles } from './files.ts'
import { inOrderOfTime, objectKey, yearIn } from './partitions.ts'
import { silverVersions, staleness, type Versions } from './staleness.ts'

/** Statements that define the relations over the objects in the store. The relations must include all that their views read. */
export const catalogStatements = async (
  engine: Engine,
  store: ObjectStore,
  relations: readonly Relation[],
): Promise<readonly string[]> => (await catalogOf(engine, store, relations)).statements

interface Catalog {
  readonly statements: readonly string[]
  /** Materialized views that run their SQL, in an order in which each comes after those that it reads. */
  readonly stale: readonly View[]
  /** Changes whenever an object is replaced. A statement does not change if the new object has the same path. */
  readonly objects: string
}

const catalogOf = async (
  engine: Engine,
  store: ObjectStore,
  relations: readonly Relation[],
  asOf?: Date,
): Promise<Catalog> => {
  const versions = await silverVersions(store)
  const tables = relations.filter(({ kind }) => kind === 'table')
  const sources: string[] = []
  const rows = asOf ? { asOf } : {}
  for (const table of tables) sources.push(await overObjects(engine, store, table, versions, rows))
  const definitions: string[] = []
  const stale = new Set<Relation>()
  for (const view of inDependencyOrder(relations.filter(isView))) {
    const restsOnStale = storedUnder(view.sql.reads).some((read) => stale.has(read))
    // The stored rows are those of today, so that the SQL runs for an earlier instant.
    const state = view.materialized && !asOf ? await stateOf(store, view, versions) : 'stale'
    if (view.materialized && (restsOnStale || state === 'stale')) stale.add(view)
    definitions.push(
      state === 'stored' && !restsOnStale ? await overObjects(engine, store, view, versions) : viewStatement(view),
    )
  }
  return {
    statements: [...trinoMacros, ...sources, ...definitions],
    stale: [...stale].filter(isView),
    objects: JSON.stringify([...versions].map(([name, years]) => [name, ...years])),
  }
}

const isView = (relation: Relation): relation is View => relation.kind === 'view'

/**
 * `stored`: the objects of a materialized view are up to date. `stale`: some are not, so queries run its SQL instead, and that of
 * the stored views above it. `empty`: its first input has no rows yet, so there is nothing to store. Queries run its SQL then, and
 * views above it stay as they are.
 */
const stateOf = async (store: ObjectStore, view: View, versions: Versions): Promise<'stored' | 'stale' | 'empty'> => {
  const { stale, inputs } = await staleness(store, materializedView(view), versions)
  if (stale.length > 0) return 'stale'
  return inputs.size > 0 ? 'stored' : 'empty'
}

export const viewStatement = (view: View) => `create or replace view ${view.name} as ${renderView(view)}`

/** The rows of a relation that are wanted. */
export interface Rows {
  readonly years?: YearRange
  /** Only what was known by this instant. */
  readonly asOf?: Date
}

export interface YearRange {
  /** First day. Undefined means that there is no lower bound. */
  readonly since: string | undefined
  /** Last year. */
  readonly to: number
}

const yearOf = (relation: Relation): string =>
  relation.kind === 'table' ? relation.yearOf : (relation.materialized?.yearOf ?? 'session')

/** A relation over its Parquet objects: all rows, those of a range of years, or those that were known by an instant. */
export const overObjects = async (
  engine: Engine,
  store: ObjectStore,
  relation: Relation,
  versions: Versions,
  { years: yearRange, asOf }: Rows = {},
): Promise<string> => {
  const { kind, name, columns } = relation
  const first = Number(yearRange?.since?.slice(0, 4) ?? 0)
  const found = [...(versions.get(name) ?? [])]
    .filter(([each]) => yearIn(each) >= first && yearIn(each) <= (yearRange?.to ?? yearIn(each)))
    .sort(([a], [b]) => inOrderOfTime(a, b))
    .map(([each, version]) => ({ key: objectKey(relation, each), version }))
  const conditions = [
    ...(yearRange?.since ? [`${yearOf(relation)} >= date '${yearRange.since}'`] : []),
    ...(asOf ? [`known_at <= timestamp '${asOf.toISOString().replace('Z', '')}'`] : []),
  ]
  const where = conditions.length ? ` where ${conditions.join(' and ')}` : ''
  // A table by year also has the year of the object as a column, so that a query can restrict it.
  const withYear = kind === 'table' && relation.partition === 'year'
  const paths = await store.readable(found.map(({ key }) => key))
  const files = found.map((each, i) => ({ ...each, path: paths[i]! }))
  const rows = files.length
    ? await overFiles(engine, columns, files, { withYear, where })
    : emptyRelation(withYear ? { ...columns, year: bigint('Year of the object.') } : columns, sqlTypeName)
  return `create or replace view ${name} as ${rows}`
}

/** What `attachSilver` gives. */
export interface Attached {
  /** The first call defines every relation. Later calls define only those whose objects have changed. */
  refresh(): Promise<void>
  /**
   * Computes the stale materialized views that the relations read, each once, and keeps their rows in the engine until the
   * objects change. Otherwise every question runs their SQL again, one inside the other, and may need more memory than
   * the engine has. The rows are the same.
   */
  hold(relations: readonly Relation[]): Promise<void>
}

export interface AttachOptions {
  /** Every relation answers as this instant knew it. */
  readonly asOf?: Date
  /** Schema of the relations. Default: main. */
  readonly schema?: string
}

export const attachSilver = (
  engine: Engine,
  store: ObjectStore,
  relations: readonly Relation[],
  { asOf, schema = 'main' }: AttachOptions = {},
): Attached => {
  /** Does the work where names without a schema are those of the relations. */
  const inSchema = async (work: () => Promise<void>): Promise<void> => {
    if (schema === 'main') return work()
    const name = identifier(schema)
    await engine.run(`create schema if not exists ${name}`)
    await engine.run(`set search_path = ${quoted(`${name},main`)}`)
    try {
      await work()
    } finally {
      await engine.run(`set search_path = 'main'`)
    }
  }
  const heldName = (view: View) => `${identifier(schema)}.held_${view.name}`

  let attached: readonly string[] = []
  let stale: readonly View[] = []
  let objects = ''
  const held = new Set<View>()
  return {
    refresh: () =>
      inSchema(async () => {
        const found = await catalogOf(engine, store, relations, asOf)
        const isChanged = found.objects !== objects || found.statements.some((each, i) => each !== attached[i])
        if (held.size > 0 && isChanged) {
          for (const view of held) await engine.run(viewStatement(view))
          for (const view of held) await engine.run(`drop table ${heldName(view)}`)
          held.clear()
          attached = []
        }
        for (const [i, statement] of found.statements.entries())
          if (attached[i] !== statement) await engine.run(statement)
        attached = found.statements
        stale = found.stale
        objects = found.objects
      }),
    hold: (wanted) =>
      inSchema(async () => {
        const needed = new Set(withAllBelow(wanted))
        for (const view of stale) {
          if (held.has(view) || !needed.has(view)) continue
          await engine.run(`create or replace table ${heldName(view)} as ${renderView(view)}`)
          await engine.run(`create or replace view ${view.name} as select * from ${heldName(view)}`)
          held.add(view)
        }
      }),
  }
}
