/** An open lake: a platform, an engine and a universe. Every verb of the pipeline takes one. */
import { tables } from '../schemas/tables/index.ts'
import { registerCalendar } from './calendar/register.ts'
import { type Engine, openEngine } from './engine.ts'
import type { Platform } from './platform.ts'
import { attachSilver } from './silver/attach.ts'
import type { Universe } from './universe.ts'

export interface Lake {
  readonly platform: Platform
  readonly engine: Engine
  readonly universe: Universe
  /** Points every table and view at the objects that are there now. */
  refresh(): Promise<void>
  close(): Promise<void>
}

export interface LakeOptions {
  readonly memory?: string
  readonly threads?: number
}

export const openLake = async (platform: Platform, universe: Universe, options: LakeOptions = {}): Promise<Lake> => {
  const engine = await openEngine({ ...options, scratch: await platform.scratch('engine') })
  await registerCalendar(engine)
  return {
    platform,
    engine,
    universe,
    refresh: attachSilver(engine, platform.store, tables),
    close: async () => {
      engine.close()
      await platform.close()
    },
  }
}
