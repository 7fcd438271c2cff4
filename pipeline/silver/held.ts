/** Relations whose rows the engine keeps in tables: each is read once, and its name then means the table. */
import { areMany, type Engine, identifier } from '../../core/engine.ts'
import { allOf, placesFor } from '../../core/places.ts'
import { type Relation, renderView, type View } from '../../schemas/view.ts'

/** How the caller defines relations in the engine. The holder calls these functions. */
interface Definitions {
  /** Defines relations as they were found, after those that they read. */
  define(relations: readonly Relation[]): Promise<void>
  /** The relations, and those that they read when a query names them. */
  withBelow(relations: readonly Relation[]): readonly Relation[]
  /** Whether its rows come from its SQL. */
  isEvaluated(relation: Relation): boolean
  /** Whether it may need all memory of the engine. */
  isStale(relation: Relation): boolean
  /** Gives the relation another statement than the one that was found, with the same rows. */
  redefine(relation: Relation, statement: string): Promise<void>
  /** Does the work where names are those of the schema. */
  inSchema(work: () => Promise<void>): Promise<void>
}

export interface Holder {
  /**
   * Holds relations, each once and after those of them that it reads. Some are read side by side, a stale view alone. Several calls may run
   * at once.
   */
  hold(relations: readonly Relation[]): Promise<void>
  /** The relations that are held. */
  relations(): readonly Relation[]
  /** Drops the rows of a relation whose name means other rows already. */
  release(relation: Relation): Promise<void>
}

export const holderOf = (engine: Engine, schema: string | undefined, definitions: Definitions): Holder => {
  /** Relations that are held, or will be when the promise is fulfilled. */
  const held = new Map<Relation, Promise<void>>()
  const places = placesFor(engine.cores)
  const own = identifier(schema ?? 'main')
  const tableOf = ({ name }: Relation) => `${own}.held_${name}`

  /** Reads a relation and points its name at the rows. */
  const holdNow = async (relation: Relation) => {
    const { define, withBelow, isEvaluated, inSchema, redefine } = definitions
    const isView = isEvaluated(relation)
    const rows = isView ? renderView(relation as View) : `select * from ${relation.name}`
    const statement = `create or replace table ${tableOf(relation)} as ${rows}`
    // A view is resolved when its rows are read. To define it before that would resolve its SQL twice.
    await define(withBelow(isView ? (relation as View).sql.reads : [relation]))
    // Only the connections of `main` find the names of the lake without a search path of their own.
    if (schema === undefined) await engine.runAll([statement])
    else await inSchema(() => engine.run(statement))
    const view = `create or replace view ${own}.${relation.name} as select * from ${tableOf(relation)}`
    await redefine(relation, view)
  }

  const holdOne = (relation: Relation, isWanted: ReadonlySet<Relation>): Promise<void> => {
    const begun = held.get(relation)
    if (begun) return begun
    const below = definitions.withBelow([relation]).filter((each) => each !== relation)
    const before = below.filter((each) => isWanted.has(each) || held.has(each))
    const isAlone = schema !== undefined || definitions.isStale(relation)
    const made = allOf(before.map((each) => holdOne(each, isWanted))).then(() =>
      places({ isAlone, rank: 0 }, () => holdNow(relation)),
    )
    held.set(relation, made)
    // It is not held. The next call tries again.
    made.catch(() => held.delete(relation))
    return made
  }

  return {
    hold: async (relations) => {
      const wanted = new Set(relations)
      const all = () => allOf(relations.map((relation) => holdOne(relation, wanted)))
      await (areMany(relations, engine.cores) ? engine.onOneThread(all) : all())
    },
    relations: () => [...held.keys()],
    release: async (relation) => {
      await engine.run(`drop table if exists ${tableOf(relation)}`)
      held.delete(relation)
    },
  }
}
