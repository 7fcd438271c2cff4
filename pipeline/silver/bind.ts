/** Checks that every view can be created from the relations that it reads, on a lake without objects. */

import { type Engine, openEngine } from '../../core/engine.ts'
import { messageOf } from '../../core/errors.ts'
import type { ObjectStore } from '../../core/platform.ts'
import { inDependencyOrder, type Relation, type View } from '../../schemas/view.ts'
import { overObjects, viewStatement } from './attach.ts'
import { trinoMacros } from './dialect.ts'

export const nothingStored: Pick<ObjectStore, 'list' | 'versions' | 'get' | 'readable'> = {
  list: async () => [],
  versions: async () => new Map(),
  get: async () => undefined,
  readable: async () => [],
}

/** One message for each view that cannot be created, and for each view that reads such a view. */
export const unboundViews = async (relations: readonly Relation[]): Promise<string[]> => {
  const engine = await openEngine()
  try {
    const messages: string[] = []
    for (const statement of await statementsOf(engine, relations)) {
      const name = /^create or replace view (\w+)/.exec(statement)?.[1]
      const error = await engine.run(statement).then(
        () => undefined,
        (thrown: unknown) => thrown,
      )
      if (error) messages.push(`${name ?? statement}: ${messageOf(error).split('\n')[0]}`)
    }
    return messages
  } finally {
    engine.close()
  }
}

/** Statements that define the relations, each view by its SQL, each after those that it reads. */
const statementsOf = async (engine: Engine, relations: readonly Relation[]): Promise<readonly string[]> => {
  const views = relations.filter((relation): relation is View => relation.kind === 'view')
  const tables = relations.filter(({ kind }) => kind === 'table')
  const ofTables = tables.map((each) => overObjects(engine, nothingStored as ObjectStore, each, new Map()))
  return [...trinoMacros, ...(await Promise.all(ofTables)), ...inDependencyOrder(views).map(viewStatement)]
}
