/** Makes the lake queryable in an engine: a view per table over its Parquet, then the declared views. */
import { sqlTypeName } from '../../schemas/column.ts'
import type { Table } from '../../schemas/table.ts'
import { inDependencyOrder, renderView, type View } from '../../schemas/view.ts'
import { views } from '../../schemas/views/index.ts'
import { type Engine, quoted } from '../engine.ts'
import type { ObjectStore } from '../platform.ts'
import { trinoMacros } from './dialect.ts'
import { emptyRelation } from './objects.ts'

/** Statements that define the tables and views on what the store holds now. */
export const catalogStatements = async (store: ObjectStore, tables: readonly Table[]): Promise<string[]> => {
  const objects = await store.list('silver')
  const sources = await Promise.all(
    tables.map(async (table) => {
      const keys = objects
        .map(({ key }) => key)
        .filter((key) => key.startsWith(`silver/${table.name}/`) && key.endsWith('.parquet'))
      return `create or replace view ${table.name} as ${tableRelation(table, await store.readable(keys))}`
    }),
  )
  return [...trinoMacros, ...sources, ...inDependencyOrder(views).map(viewStatement)]
}

const viewStatement = (view: View) => `create or replace view ${view.name} as ${renderView(view)}`

const tableRelation = (table: Table, paths: readonly string[]): string => {
  const names = Object.keys(table.columns)
  if (paths.length === 0)
    return emptyRelation({ ...table.columns }, sqlTypeName).replace(' where', ', cast(null as integer) as year where')
  const list = paths.map(quoted).join(', ')
  return `select ${names.join(', ')}, year from read_parquet([${list}], hive_partitioning = true, hive_types = {year: integer})`
}

/** Defines everything at first, then again only what reads other objects than before. */
export const attachSilver = (engine: Engine, store: ObjectStore, tables: readonly Table[]): (() => Promise<void>) => {
  const attached: string[] = []
  return async () => {
    for (const [i, statement] of (await catalogStatements(store, tables)).entries()) {
      if (attached[i] === statement) continue
      await engine.run(statement)
      attached[i] = statement
    }
  }
}
