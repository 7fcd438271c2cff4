/** Checks that every view can be created from the relations that it reads, on a lake without objects. */

import { openEngine } from '../../core/engine.ts'
import { messageOf } from '../../core/errors.ts'
import type { ObjectStore } from '../../core/platform.ts'
import { inDependencyOrder, type Relation, type View } from '../../schemas/view.ts'
import { overObjects, viewStatement } from './attach.ts'
import { emptyView } from './definitions.ts'
import { trinoMacros } from './dialect.ts'

export const nothingStored: Pick<ObjectStore, 'list' | 'versions' | 'get' | 'readable'> = {
  list: async () => [],
  versions: async () => new Map(),
  get: async () => undefined,
  readable: async () => [],
}

/** One message per view that cannot be created. The relations must include all that their views read. */
export const unboundViews = async (relations: readonly Relation[]): Promise<string[]> => {
  const engine = await openEngine()
  try {
    const messages: string[] = []
    for (const macro of trinoMacros) await engine.run(macro)
    for (const each of relations)
      if (each.kind === 'table')
        await engine.run(await overObjects(engine, nothingStored as ObjectStore, each, new Map()))
    for (const view of inDependencyOrder(relations.filter((each): each is View => each.kind === 'view'))) {
      try {
        await engine.run(viewStatement(view))
        // The views that read it are resolved over an empty relation, and not with everything below it once more.
        await engine.run(emptyView(view))
      } catch (error) {
        messages.push(`${view.name}: ${messageOf(error).split('\n')[0]}`)
      }
    }
    return messages
  } finally {
    await engine.close()
  }
}
