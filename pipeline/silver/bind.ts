/** Checks that every view can be created from the relations that it reads, on a lake without objects. */

import { openEngine } from '../../core/engine.ts'
import { messageOf } from '../../core/errors.ts'
import type { ObjectStore } from '../../core/platform.ts'
import type { Relation } from '../../schemas/view.ts'
import { catalogStatements } from './attach.ts'

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
    for (const statement of await catalogStatements(engine, nothingStored as ObjectStore, relations)) {
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
