/** Makes the lake queryable in an engine: one view per table over its Parquet objects, then the declared views. */

import { createHash } from 'node:crypto'
import { type Engine, type FileList, identifier, quoted } from '../../core/engine.ts'
import { placesFor } from '../../core/places.ts'
import type { ObjectStore } from '../../core/platform.ts'
import { bigint, sqlTypeName } from '../../schemas/column.ts'
import { inDependencyOrder, type Relation, renderView, type View, withAllBelow } from '../../schemas/view.ts'
import { definitionsOf } from './definitions.ts'
import { emptyViews, storedStates } from './derived.ts'
import { trinoMacros } from './dialect.ts'
import { emptyRelation, lookAhead, type ObjectFile, overFiles, problemIn } from './files.ts'
import { holderOf } from './held.ts'
import { defining, namedIn } from './lazy-definitions.ts'
import { objectKey, type Partition, yearIn } from './partitions.ts'
import { isReference, partitionsIn, silverVersions, type Versions } from './staleness.ts'

/** The statement that defines each relation, in an order in which each comes after those that it reads. */
export const catalogDefinitions = async (
  engine: Engine,
  store: ObjectStore,
  relations: readonly Relation[],
  rows: Rows,
): Promise<ReadonlyMap<Relation, string>> => (await catalogOf(engine, store, relations, rows)).definitions

interface Catalog {
  readonly statements: readonly string[]
  /** The statement of each relation, in the same order. */
  readonly definitions: ReadonlyMap<Relation, string>
  /** Views that run their SQL. */
  readonly evaluated: ReadonlySet<Relation>
  /** Materialized views that run their SQL, in an order in which each comes after those that it reads. */
  readonly stale: readonly View[]
  /** Changes whenever an object is replaced. A statement does not change if the new object has the same path. */
  readonly objects: string
  /** Changes whenever the notes about a derived relation are replaced. */
  readonly notes: string
}

const catalogOf = async (
  engine: Engine,
  store: ObjectStore,
  relations: readonly Relation[],
  rows: Rows = {},
  before?: Catalog,
): Promise<Catalog> => {
  const versions = await silverVersions(store)
  const objects = JSON.stringify([...versions].map(([name, years]) => [name, ...years]))
  const notes = JSON.stringify([...(await store.versions('state'))])
  if (before?.objects === objects && before.notes === notes) return before
  const views = inDependencyOrder(relations.filter(isView))
  const tables = relations.filter(({ kind }) => kind === 'table')
  const inOrder = [...tables, ...views]
  const looked = async (of: readonly Relation[]) => {
    const files = await Promise.all(of.map((each) => filesOf(store, each, versions)))
    await lookAhead(engine, files.flat())
  }
  // The engine reads the footers of the tables while the notes about views are read here.
  const [states] = await Promise.all([
    // The stored rows are those of today, so that the SQL runs for an earlier instant.
    rows.asOf ? undefined : storedStates(store, views, versions),
    looked(tables),
  ])
  const empty = emptyViews(views, versions)
  const evaluated = new Set<Relation>(views.filter((view) => !empty.has(view) && states?.get(view) !== 'stored'))
  await looked(views.filter((view) => !evaluated.has(view)))
  const definitions = new Map<Relation, string>()
  for (const each of inOrder)
    definitions.set(
      each,
      evaluated.has(each) ? viewStatement(each as View) : await overObjects(engine, store, each, versions, rows),
    )
  return {
    statements: [...trinoMacros, ...definitions.values()],
    definitions,
    evaluated,
    stale: views.filter((view) => view.materialized && !empty.has(view) && (!states || states.get(view) === 'stale')),
    objects,
    notes,
  }
}

const isView = (relation: Relation): relation is View => relation.kind === 'view'

export const viewStatement = (view: View) => `create or replace view ${view.name} as ${renderView(view)}`

/** The rows of a relation that are wanted. */
export interface Rows {
  readonly years?: YearRange
  /** Only what was known by this instant. */
  readonly asOf?: Date
  /** How the statement names the files. Default: by their paths. */
  readonly listOf?: FileList
}

export interface YearRange {
  /** First day. Undefined means that there is no lower bound. */
  readonly since: string | undefined
  /** Last year. */
  readonly to: number
  /** Last day, if it is before the end of that year. */
  readonly until?: string
}

const isInRange = (partition: Partition, { since = '', to, until = '9999' }: YearRange): boolean => {
  const year = yearIn(partition)
  if (year < Number(since.slice(0, 4)) || year > to) return false
  return typeof partition === 'number' || (partition >= since && partition <= until)
}

const yearOf = (relation: Relation): string =>
  relation.kind === 'table' ? relation.yearOf : (relation.materialized?.yearOf ?? 'session')

/** The objects of a relation in order of time, as files of this machine. */
const filesOf = async (
  store: ObjectStore,
  relation: Relation,
  versions: Versions,
  yearRange?: YearRange,
): Promise<ObjectFile[]> => {
  const found = partitionsIn(versions, relation.name)
    .filter((each) => !yearRange || isInRange(each, yearRange))
    .map((each) => ({ key: objectKey(relation, each), version: versions.get(relation.name)!.get(each)! }))
  const paths = await store.readable(found.map(({ key }) => key))
  return found.map((each, i) => ({ ...each, path: paths[i]! }))
}

/**
 * A relation over its Parquet objects: all rows, those of a range of years, or those that were known by an instant. A reference table is read
 * into memory once for each version of its objects: `sessions` has 71, and one statement names it up to 35 times.
 */
export const overObjects = async (
  engine: Engine,
  store: ObjectStore,
  relation: Relation,
  versions: Versions,
  { years: yearRange, asOf, listOf }: Rows = {},
): Promise<string> => {
  const { kind, name, columns } = relation
  const conditions = [
    ...(yearRange?.since ? [`${yearOf(relation)} >= date '${yearRange.since}'`] : []),
    ...(yearRange?.until ? [`${yearOf(relation)} <= date '${yearRange.until}'`] : []),
    ...(asOf ? [`known_at <= timestamp '${asOf.toISOString().replace('Z', '')}'`] : []),
  ]
  const where = conditions.length ? ` where ${conditions.join(' and ')}` : ''
  // A table by year also has the year of the object as a column, so that a query can restrict it.
  const withYear = kind === 'table' && relation.partition === 'year'
  const files = await filesOf(store, relation, versions, yearRange)
  const rows = files.length
    ? await overFiles(engine, columns, files, { withYear, where, listOf })
    : emptyRelation(withYear ? { ...columns, year: bigint('Year of the object.') } : columns, sqlTypeName)
  const isKept = isReference(relation) && files.length > 0 && !asOf && !listOf && (await areReadable(engine, files))
  if (!isKept) return `create or replace view ${name} as ${rows}`
  const text = [rows, ...files.map(({ version }) => version)].join('\n')
  const kept = `reference.${name}_${createHash('sha256').update(text).digest('hex').slice(0, 12)}`
  return [
    'create schema if not exists reference',
    `create table if not exists ${kept} as ${rows}`,
    `create or replace view ${name} as select * from ${kept}`,
  ].join(';\n')
}

const areReadable = async (engine: Engine, files: readonly ObjectFile[]) => {
  for (const file of files) if (await problemIn(engine, file)) return false
  return true
}

/** What `attachSilver` gives. */
export interface Attached {
  /**
   * The engine, in which a relation is defined when the first statement names it: a definition takes some milliseconds, and
   * most work reads few relations.
   */
  readonly engine: Engine
  /** The engine for statements that name other relations of the same names, such as a copy that holds a range of years. */
  readonly undefining: Engine
  /** The first call gives every relation its objects. Later calls drop those relations whose objects have changed. */
  refresh(): Promise<void>
  /**
   * Computes the stale materialized views that the relations read, and the views that declare `isHeld`, each once. It keeps their
   * rows in the engine until the objects change. Otherwise every question runs their SQL again, one inside the other, and may
   * need more memory than the engine has. The rows are the same.
   */
  hold(relations: readonly Relation[]): Promise<void>
  /** As `hold`, and also keeps the rows of these relations themselves. For small relations that many questions are about. */
  keep(relations: readonly Relation[]): Promise<void>
}

export interface AttachOptions {
  /** Every relation answers as this instant knew it. */
  readonly asOf?: Date
  /** Schema in which all relations are defined at once. Default: main, in which each is defined when it is named. */
  readonly schema?: string
}

export const attachSilver = (
  engine: Engine,
  store: ObjectStore,
  relations: readonly Relation[],
  { asOf, schema }: AttachOptions = {},
): Attached => {
  let found: Catalog = {
    statements: [],
    definitions: new Map(),
    evaluated: new Set(),
    stale: [],
    objects: '',
    notes: '',
  }
  const defined = new Map<Relation, string>()
  const searchPath = schema === undefined ? 'main' : `${identifier(schema)},main`
  /** Does the work where names are those of the relations. A statement may come while another schema is in the search path. */
  const inSchema = async (work: () => Promise<void>) => {
    const [now] = await engine.rows<{ path: string }>("select current_setting('search_path') as path")
    await engine.run(`set search_path = ${quoted(searchPath)}`)
    try {
      await work()
    } finally {
      await engine.run(`set search_path = ${quoted(now?.path || 'main')}`)
    }
  }
  const inTurn = placesFor(1)
  /** Defines relations as they were found, after those that they read. Work that runs side by side defines none twice. */
  const define = (wanted: readonly Relation[]) =>
    inTurn({ isAlone: true, rank: 0 }, async () => {
      const missing = missingUnder(wanted)
      if (missing.size === 0) return
      const views = [...missing].filter((each): each is [View, string] => found.evaluated.has(each[0]))
      const others = [...missing].flatMap(([relation, each]) => (found.evaluated.has(relation) ? [] : [each]))
      // On a connection of its own: other statements neither join the transaction nor see what is defined in part.
      const changes = ['begin transaction', ...definitionsOf(views), 'commit']
      await engine.runAll([[`set search_path = ${quoted(searchPath)}`, ...others, ...changes].join(';\n')])
      for (const [relation, statement] of missing) defined.set(relation, statement)
    })
  /** The statements of relations that are not defined as they were found, each after those that it reads. */
  const missingUnder = (wanted: readonly Relation[], missing = new Map<Relation, string>()) => {
    for (const relation of wanted) {
      const statement = found.definitions.get(relation)
      if (statement === undefined || defined.get(relation) === statement || missing.has(relation)) continue
      if (found.evaluated.has(relation)) missingUnder((relation as View).sql.reads, missing)
      missing.set(relation, statement)
    }
    return missing
  }
  /** The relations and those that their SQL reads. A view that is defined may read one whose statement has changed. */
  const withBelow = (wanted: readonly Relation[], all = new Set<Relation>()): readonly Relation[] => {
    for (const relation of wanted) {
      if (all.has(relation)) continue
      if (found.evaluated.has(relation)) withBelow((relation as View).sql.reads, all)
      all.add(relation)
    }
    return [...all]
  }
  const held = holderOf(engine, schema, {
    define,
    withBelow,
    isEvaluated: (relation) => found.evaluated.has(relation),
    isStale: (relation) => found.stale.includes(relation as View),
    redefine: (relation, statement) =>
      inTurn({ isAlone: true, rank: 0 }, async () => {
        await engine.run(statement)
        defined.set(relation, found.definitions.get(relation)!)
      }),
    inSchema,
  })
  /** Drops relations whose statements have changed. Most work names few of them, and views that run their SQL take long to define. */
  const undefineOthers = async () => {
    const others = [...defined].filter(([relation, statement]) => found.definitions.get(relation) !== statement)
    if (others.length === 0) return
    await engine.run(others.map(([{ name }]) => `drop view if exists main.${name}`).join(';\n'))
    for (const [relation] of others) defined.delete(relation)
  }
  /** The views whose rows are held for these relations, each after those that it reads. */
  const heldFor = (wanted: readonly Relation[]) => {
    const [needed, evaluated, stale] = [withAllBelow(wanted), withBelow(wanted), found.stale].map(
      (each) => new Set(each),
    )
    return [...found.definitions.keys()].filter(
      (each) => isView(each) && (stale!.has(each) ? needed!.has(each) : each.isHeld && evaluated!.has(each)),
    )
  }
  return {
    engine: defining(engine, async (statement) => {
      if (defined.size < found.definitions.size)
        await define(withBelow(namedIn(statement, [...found.definitions.keys()])))
    }),
    undefining: engine,
    refresh: async () => {
      if (found.statements.length === 0) {
        if (schema === undefined) await engine.run(trinoMacros.join(';\n'))
        else await engine.run(`create schema if not exists ${identifier(schema)}`)
      }
      const before = found
      found = await catalogOf(engine, store, relations, asOf ? { asOf } : {}, before)
      if (found === before) return
      const isOther = [...found.definitions].some(
        ([relation, statement]) => before.definitions.get(relation) !== statement,
      )
      const released = isOther || found.objects !== before.objects ? held.relations() : []
      for (const view of released) defined.set(view, '')
      if (schema === undefined) await undefineOthers()
      else await define(relations)
      for (const view of released) await held.release(view)
    },
    hold: (wanted) => held.hold(heldFor(wanted)),
    keep: (wanted) => held.hold([...new Set([...heldFor(wanted), ...wanted])]),
  }
}
