/** Opens a lake: starts the engine and defines the tables and views over the objects. */

import { registerCalendar } from '../../calendar/register.ts'
import { openEngine } from '../../core/engine.ts'
import type { Platform } from '../../core/platform.ts'
import type { Universe } from '../../core/universe.ts'
import { allRelations } from '../../schemas/relations.ts'
import { type Relation, withAllBelow } from '../../schemas/view.ts'
import { attachSilver } from '../silver/attach.ts'
import type { Lake } from './lake.ts'

export interface LakeOptions {
  readonly memory?: string
  readonly threads?: number
  /** False for a lake that is only queried by tables and views: they do not read the calendar of the pipeline. */
  readonly calendar?: boolean
  /** Every table and view answers as this instant knew it. */
  readonly asOf?: Date
  /** Instants that a query names as a schema, such as `"2025-11-20T13:29:59Z".catalysts`. */
  readonly instants?: readonly Instant[]
}

/** An instant, and the schema whose relations answer as the instant knew it. */
export interface Instant {
  readonly schema: string
  readonly at: Date
}

/** A lake with all its tables and views. */
export const openLake = (platform: Platform, universe: Universe, options: LakeOptions = {}): Promise<Lake> =>
  openPart(platform, universe, allRelations, options)

/** A lake in which only the given relations, and those that they read, are defined. */
export const openPart = async (
  platform: Platform,
  universe: Universe,
  relations: readonly Relation[],
  options: LakeOptions = {},
): Promise<Lake> => {
  const { memory, threads, asOf, instants = [] } = options
  const scratch = await platform.scratch('engine')
  const engine = await openEngine({ ...(memory ? { memory } : {}), ...(threads ? { threads } : {}), scratch })
  if (options.calendar ?? true) await registerCalendar(engine)
  const all = withAllBelow(relations)
  const now = attachSilver(engine, platform.store, all, asOf ? { asOf } : {})
  const parts = [
    now,
    ...instants.map(({ schema, at }) => attachSilver(engine, platform.store, all, { schema, asOf: at })),
  ]
  return {
    platform,
    universe,
    engine: now.engine,
    undefining: now.undefining,
    refresh: async () => {
      for (const { refresh } of parts) await refresh()
    },
    hold: async (wanted) => {
      for (const { hold } of parts) await hold(wanted)
    },
    keep: async (wanted) => {
      for (const { keep } of parts) await keep(wanted)
    },
    close: async () => {
      try {
        await engine.close()
      } finally {
        await platform.close()
      }
    },
  }
}
