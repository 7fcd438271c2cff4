/** The rows of catalyst kinds in silver. */
import type { Table } from '../../schemas/table.ts'
import { catalysts } from '../../schemas/tables/catalysts.ts'
import { earlierCatalysts } from '../../schemas/tables/earlier_catalysts.ts'
import { literals } from '../../schemas/view.ts'
import type { Lake } from '../lake/lake.ts'
import { rewrite } from '../silver/objects.ts'

export type Row = Record<string, unknown> & { catalyst_id: string; known_at: string }

/** Replaces the rows of all kinds but those that are kept, by rule and by earlier rule. Returns whether an object had to be replaced. */
export const replaceBoth = async (
  lake: Lake,
  now: readonly Row[],
  before: readonly Row[],
  kept: readonly string[],
): Promise<boolean> => {
  const isReplaced = await replace(lake, catalysts, now, kept)
  return (await replace(lake, earlierCatalysts, before, kept)) || isReplaced
}

/** Replaces the years in which something changed. Returns whether there are any. */
const replace = async (lake: Lake, table: Table, rows: readonly Row[], kinds: readonly string[]): Promise<boolean> => {
  const { engine } = lake
  const kept = kinds.length ? literals(kinds).text : "''"
  const columns = Object.keys(table.columns).join(', ')
  const year = `year(${table.yearOf})`
  await engine.load('tagged', table.columns, rows)
  const wanted = `select ${columns} from tagged union all select ${columns} from ${table.name} where kind in (${kept})`
  const present = `select ${columns} from ${table.name}`
  const changed = await engine.rows<{ y: number }>(
    `select distinct ${year} as y from ((${wanted} except all ${present}) union all (${present} except all (${wanted})))`,
  )
  if (changed.length === 0) return false
  const years = changed.map(({ y }) => y)
  const relation = `${table.name}_now`
  await rewrite(
    lake,
    table,
    years,
    async (before) => {
      await engine.run(
        `create or replace table ${relation} as
       select ${columns} from tagged where ${year} in (${years.join(', ')})
       union all select ${columns} from ${before} where kind in (${kept})`,
      )
      return relation
    },
    { isRederived: kinds.length === 0 },
  )
  return true
}
