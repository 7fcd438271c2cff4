/** `import { openLake } from 'precursor-lake'`: rows of a lake in a folder, typed from the declarations. */
import { localPlatform } from '../../adapters/local.ts'
import { requireLakeFolder } from '../../adapters/local-folder.ts'
import { presetUniverse } from '../../core/universe.ts'
import { reading } from '../../pipeline/lake/current.ts'
import type { Lake as OpenedLake } from '../../pipeline/lake/lake.ts'
import { openPart } from '../../pipeline/lake/open.ts'
import { namingDamage } from '../../pipeline/silver/integrity.ts'
import { allRelations } from '../../schemas/relations.ts'
import { asOfInstant } from '../as-of.ts'
import { queryIn, withSuggestion } from '../query-text.ts'
import { relationsIn } from '../statement.ts'
import { viewStatement } from '../view-statement.ts'
import type { AskOptions, Lake, OpenLake } from './api.ts'

export type * from './api.ts'

const instantOf = (asOf: string | Date): Date => (typeof asOf === 'string' ? asOfInstant(asOf) : asOf)

export const openLake: OpenLake = async ({ lake = process.env.PRECURSOR_LAKE || 'lake', memory } = {}) => {
  await requireLakeFolder(lake)
  const platform = localPlatform({ lake })
  // Tables and views do not depend on the universe of the user: the pipeline reads it.
  const universe = presetUniverse('default')
  const opened = new Map<string, Promise<OpenedLake>>()

  const lakeOf = (asOf: Date | undefined): Promise<OpenedLake> => {
    const key = asOf?.toISOString() ?? ''
    const options = { ...(memory ? { memory } : {}), ...(asOf ? { asOf } : {}), calendar: false }
    const found = opened.get(key) ?? openPart(platform, universe, allRelations, options)
    opened.set(key, found)
    return found
  }

  const ask = async (statement: string, { asOf }: AskOptions = {}) => {
    const instant = asOf === undefined ? undefined : instantOf(asOf)
    const answer = reading(async (from: OpenedLake) => {
      // Materialized views are not stored for an earlier instant.
      if (instant) await from.hold(relationsIn(statement, allRelations))
      return from.engine.rows(statement)
    })
    const opened = await lakeOf(instant)
    const relations = relationsIn(statement, allRelations)
    return namingDamage(platform.store, relations, () => answer(opened)).catch((error: Error) => {
      throw withSuggestion(error)
    })
  }

  return {
    rows: ((name, { columns, from, to, ...options } = {}) =>
      ask(viewStatement(name, { from, to }, columns), options)) as Lake['rows'],
    query: ((sql, options) => ask(queryIn(sql), options)) as Lake['query'],
    close: async () => {
      for (const each of opened.values()) (await each).engine.close()
      opened.clear()
      await platform.close()
    },
  }
}
