/** The look-ahead check: a row of an evening never changes when the lake is cut after it, and no row claims to be known too early. */
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { compute } from '../../pipeline/compute/compute.ts'
import type { Lake } from '../../pipeline/lake/lake.ts'
import { tag } from '../../pipeline/tag/tag.ts'
import { type Relation, renderView } from '../../schemas/view.ts'
import { views } from '../../schemas/views/index.ts'
import { computed, cut } from './cut.ts'
import { earlyRows } from './early-rows.ts'
import { evaluateOnce } from './evaluated-once.ts'
import { newFolder, openTestLake } from './lake.ts'
import { differences } from './rows.ts'

/** Everything that a signal may rest on: precursor views, and the tables that the compute step makes. */
const precursors: readonly Relation[] = [...views.filter((view) => view.role === 'precursor'), ...computed]

/** Views that a query evaluates. */
const unstored = (relations: readonly Relation[]) =>
  relations.filter((relation) => relation.kind === 'view' && !relation.materialized)

export interface LookAheadCheck {
  /** Leaks of tables by their own evidence, in words. */
  early(): Promise<string[]>
  /** Leaks of the relations by cutting the lake at an instant, in words, each with its relation, column and session. */
  leaksAt(instant: string): Promise<string[]>
  close(): Promise<void>
}

/** Evaluates the relations over the whole lake once. */
export const lookAheadCheck = async (
  folder: string,
  relations: readonly Relation[] = precursors,
): Promise<LookAheadCheck> => {
  const { lake: full } = await openTestLake({ folder })
  await full.refresh()
  await plant(full, relations)
  await evaluateOnce(full, unstored(relations))
  const whole = new Map<Relation, string>()
  for (const relation of relations) whole.set(relation, await written(full, relation))

  const leaksAt = async (instant: string) => {
    const { lake: part } = await openTestLake({ folder: await cut(folder, instant) })
    for (const { error } of [...(await tag(part)), ...(await compute(part))]) if (error) throw new Error(error)
    await part.refresh()
    await plant(part, relations)
    await evaluateOnce(part, unstored(relations))
    const leaks: string[] = []
    for (const relation of relations) {
      const files = { found: whole.get(relation)!, expected: await written(part, relation) }
      leaks.push(...(await changedRows(full, relation, files, instant)))
      leaks.push(...(await unfoundedRows(full, relation, files, instant)))
      rmSync(files.expected)
    }
    await part.close()
    return leaks
  }
  return { early: () => earlyRows(full), leaksAt, close: () => full.close() }
}

/** All leaks that the check finds, by cutting the lake at these instants and by the evidence of its tables. */
export const leaksOf = async (
  folder: string,
  instants: readonly string[],
  relations?: readonly Relation[],
): Promise<string[]> => {
  const check = await lookAheadCheck(folder, relations)
  const leaks = await check.early()
  for (const instant of instants) leaks.push(...(await check.leaksAt(instant)))
  await check.close()
  return leaks
}

/** Adds views that the lake does not declare. */
const plant = async ({ engine }: Lake, relations: readonly Relation[]) => {
  for (const relation of relations)
    if (relation.kind === 'view' && !views.some(({ name }) => name === relation.name))
      await engine.run(`create or replace view ${relation.name} as ${renderView(relation)}`)
}

/** Writes the rows of a relation to a file of its own, each with the instant at which the evening of its session was over. */
const written = async ({ engine }: Lake, relation: Relation): Promise<string> => {
  const file = join(newFolder(), `${relation.name}.parquet`)
  const over = `select v.*, c.as_of as evening from ${relation.name} v left join calendar c on c.session = v.${sessionOf(relation)}`
  await engine.run(`copy (${over}) to '${file}' (format parquet)`)
  return file
}

/** The same rows in the whole lake and in the cut one. */
interface Files {
  readonly found: string
  readonly expected: string
}

const before = (instant: string) => `<= timestamp '${instant.replace('Z', '')}'`

const sessionOf = (relation: Relation) =>
  ['known_session', 'session', 'member_from'].find((name) => name in relation.columns)

const shown = (relation: Relation, row: Readonly<Record<string, unknown>>) =>
  relation.grain.map((name) => `${name} ${row[name]}`).join(', ')

/** Rows whose evening was over by the instant, and which were others then. */
const changedRows = async (lake: Lake, relation: Relation, files: Files, instant: string): Promise<string[]> => {
  const rows = await differences(lake, relation, files.found, files.expected, { only: `evening ${before(instant)}` })
  return rows.map((row) => {
    const columns = row.columns.length ? row.columns.join(', ') : row.is_found ? 'a row too many' : 'a row less'
    return `${relation.name}.${columns} of ${shown(relation, row)}: changes when the lake is cut at ${instant}`
  })
}

/**
 * Rows that were known by the instant, as they say, but could not be made from what was known then. A row of a session exists
 * from the evening of that session on, even if its facts were known before: `changedRows` compares those.
 */
const unfoundedRows = async (
  { engine }: Lake,
  relation: Relation,
  { found, expected }: Files,
  instant: string,
): Promise<string[]> => {
  if (!('known_at' in relation.columns) || relation.grain.includes('session')) return []
  const same = relation.grain.map((name) => `e.${name} is not distinct from f.${name}`).join(' and ')
  const rows = await engine.rows<Record<string, unknown>>(
    `select ${relation.grain.map((name) => `f.${name}`).join(', ')}, f.known_at as known_at, f.${sessionOf(relation)} as known_on
     from read_parquet('${found}') f anti join read_parquet('${expected}') e on ${same} and e.known_at ${before(instant)}
     where f.known_at ${before(instant)} order by all limit 5`,
  )
  return rows.map(
    (row) =>
      `${relation.name}.known_at of ${shown(relation, row)}, session ${row.known_on}: says ${row.known_at}, and is not there when the lake is cut at ${instant}`,
  )
}
