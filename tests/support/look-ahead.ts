/** The look-ahead check: a row of an evening never changes when the lake is cut after it, and no row claims to be known too early. */
import { join } from 'node:path'
import { compute } from '../../pipeline/compute/compute.ts'
import type { Lake } from '../../pipeline/lake/lake.ts'
import { tag } from '../../pipeline/tag/tag.ts'
import { type Relation, renderView } from '../../schemas/view.ts'
import { views } from '../../schemas/views/index.ts'
import { computed, cut } from './cut.ts'
import { earlyRows } from './early-rows.ts'
import { newFolder, openTestLake } from './lake.ts'
import { differences } from './rows.ts'

/** Everything that a signal may rest on: precursor views, and the tables that the compute step makes. */
const precursors: readonly Relation[] = [...views.filter((view) => view.role === 'precursor'), ...computed]

/** Leaks in words, each with its relation, column and session: of these relations by cutting the lake at the instants, and of its tables by their own evidence. */
export const leaksOf = async (
  folder: string,
  instants: readonly string[],
  relations: readonly Relation[] = precursors,
): Promise<string[]> => {
  const full = await openTestLake({ folder })
  await full.lake.refresh()
  await plant(full.lake, relations)
  const leaks = await earlyRows(full.lake)
  for (const instant of instants) {
    const part = await openTestLake({ folder: await cut(folder, instant) })
    for (const { error } of [...(await tag(part.lake)), ...(await compute(part.lake))])
      if (error) throw new Error(error)
    await part.lake.refresh()
    await plant(part.lake, relations)
    for (const relation of relations) {
      leaks.push(...(await changedRows(full.lake, part.lake, relation, instant)))
      leaks.push(...(await unfoundedRows(full.lake, part.lake, relation, instant)))
    }
    await part.lake.close()
  }
  await full.lake.close()
  return leaks
}

/** Adds views that the lake does not declare. */
const plant = async ({ engine }: Lake, relations: readonly Relation[]) => {
  for (const relation of relations)
    if (relation.kind === 'view' && !views.some(({ name }) => name === relation.name))
      await engine.run(`create or replace view ${relation.name} as ${renderView(relation)}`)
}

/** Writes rows of a relation to a file of its own. */
const written = async ({ engine }: Lake, relation: Relation, condition: string): Promise<string> => {
  const file = join(newFolder(), `${relation.name}.parquet`)
  await engine.run(`copy (select v.* from ${relation.name} v ${condition}) to '${file}' (format parquet)`)
  return file
}

const sessionOf = (relation: Relation) =>
  ['known_session', 'session', 'member_from'].find((name) => name in relation.columns)

const shown = (relation: Relation, row: Readonly<Record<string, unknown>>) =>
  relation.grain.map((name) => `${name} ${row[name]}`).join(', ')

/** Rows whose evening was over by the instant, and which were others then. */
const changedRows = async (full: Lake, part: Lake, relation: Relation, instant: string): Promise<string[]> => {
  const over = `join calendar c on c.session = v.${sessionOf(relation)} where c.as_of <= timestamp '${instant.replace('Z', '')}'`
  const [found, expected] = [await written(full, relation, over), await written(part, relation, over)]
  const rows = await differences(full, relation, found, expected)
  return rows.map((row) => {
    const columns = row.columns.length ? row.columns.join(', ') : row.is_found ? 'a row too many' : 'a row less'
    return `${relation.name}.${columns} of ${shown(relation, row)}: changes when the lake is cut at ${instant}`
  })
}

/** Rows that were known by the instant, as they say, but could not be made from what was known then. */
const unfoundedRows = async (full: Lake, part: Lake, relation: Relation, instant: string): Promise<string[]> => {
  if (!('known_at' in relation.columns)) return []
  const known = `where known_at <= timestamp '${instant.replace('Z', '')}'`
  const [found, expected] = [await written(full, relation, known), await written(part, relation, known)]
  const same = relation.grain.map((name) => `e.${name} is not distinct from f.${name}`).join(' and ')
  const rows = await full.engine.rows<Record<string, unknown>>(
    `select ${relation.grain.map((name) => `f.${name}`).join(', ')}, f.known_at as known_at, f.${sessionOf(relation)} as known_on
     from read_parquet('${found}') f anti join read_parquet('${expected}') e on ${same} order by all limit 5`,
  )
  return rows.map(
    (row) =>
      `${relation.name}.known_at of ${shown(relation, row)}, session ${row.known_on}: says ${row.known_at}, and is not there when the lake is cut at ${instant}`,
  )
}
