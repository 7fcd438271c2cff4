/** Opens a lake: starts the engine and defines the tables and views over the objects. */

import { registerCalendar } from '../../calendar/register.ts'
import { openEngine } from '../../core/engine.ts'
import type { Platform } from '../../core/platform.ts'
import type { Universe } from '../../core/universe.ts'
import { tables } from '../../schemas/tables/index.ts'
import { type Relation, withAllBelow } from '../../schemas/view.ts'
import { views } from '../../schemas/views/index.ts'
import { attachSilver } from '../silver/attach.ts'
import type { Lake } from './lake.ts'

export interface LakeOptions {
  readonly memory?: string
  readonly threads?: number
  /** False for a lake that is only queried by tables and views: they do not read the calendar of the pipeline. */
  readonly calendar?: boolean
}

/** A lake with all its tables and views. */
export const openLake = (platform: Platform, universe: Universe, options: LakeOptions = {}): Promise<Lake> =>
  openPart(platform, universe, [...tables, ...views], options)

/** A lake in which only the given relations, and those that they read, are defined. */
export const openPart = async (
  platform: Platform,
  universe: Universe,
  relations: readonly Relation[],
  options: LakeOptions = {},
): Promise<Lake> => {
  const engine = await openEngine({ ...options, scratch: await platform.scratch('engine') })
  if (options.calendar ?? true) await registerCalendar(engine)
  return {
    platform,
    universe,
    ...attachSilver(engine, platform.store, withAllBelow(relations)),
    close: async () => {
      engine.close()
      await platform.close()
    },
  }
}
