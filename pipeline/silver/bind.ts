/** Checks that every view can be created from the relations that it reads, on a lake without objects. */

import { openEngine } from '../../core/engine.ts'
import { messageOf } from '../../core/errors.ts'
import type { ObjectStore } from '../../core/platform.ts'
import type { Relation } from '../../schemas/view.ts'
import { catalogDefinitions } from './attach.ts'
import { emptyView } from './define.ts'
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
    for (const macro of trinoMacros) await engine.run(macro)
    const definitions = await catalogDefinitions(engine, nothingStored as ObjectStore, relations, {})
    for (const [relation, statement] of definitions) {
      try {
        await engine.run(statement)
        // The views that read it are resolved over an empty relation, and not with everything below it once more.
        if (relation.kind === 'view') await engine.run(emptyView(relation))
      } catch (error) {
        messages.push(`${relation.name}: ${messageOf(error).split('\n')[0]}`)
      }
    }
    return messages
  } finally {
    engine.close()
  }
}
