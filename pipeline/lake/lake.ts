/** An open lake: a platform, an engine and a universe. Every verb of the pipeline takes one. */

import { registerCalendar } from '../../calendar/register.ts'
import { type Engine, openEngine } from '../../core/engine.ts'
import type { Platform } from '../../core/platform.ts'
import type { Universe } from '../../core/universe.ts'
import { tables } from '../../schemas/tables/index.ts'
import { type Relation, withAllBelow } from '../../schemas/view.ts'
import { views } from '../../schemas/views/index.ts'
import { attachSilver } from '../silver/attach.ts'

export interface Lake {
  readonly platform: Platform
  readonly engine: Engine
  readonly universe: Universe
  /** Points its tables and views at the objects that are there now. */
  refresh(): Promise<void>
  close(): Promise<void>
}

export interface LakeOptions {
  readonly memory?: string
  readonly threads?: number
}

/** A lake with all its tables and views. */
export const openLake = (platform: Platform, universe: Universe, options: LakeOptions = {}): Promise<Lake> =>
  openPart(platform, universe, [...tables, ...views], options)

/** A lake of which only these relations, and what they read, are looked at. */
export const openPart = async (
  platform: Platform,
  universe: Universe,
  relations: readonly Relation[],
  options: LakeOptions = {},
): Promise<Lake> => {
  const engine = await openEngine({ ...options, scratch: await platform.scratch('engine') })
  await registerCalendar(engine)
  return {
    platform,
    engine,
    universe,
    refresh: attachSilver(engine, platform.store, withAllBelow(relations)),
    close: async () => {
      engine.close()
      await platform.close()
    },
  }
}
