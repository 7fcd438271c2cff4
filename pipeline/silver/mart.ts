/** A mart: the rows of a view in one Parquet object, which is replaced as a whole by compare-and-swap. */

import { parquetFiles } from '../../core/engine.ts'
import { ConflictError } from '../../core/errors.ts'
import type { Platform, Snapshot } from '../../core/platform.ts'
import { martName } from '../../schemas/catalog.ts'
import { sqlTypeName } from '../../schemas/column.ts'
import { isStored, type Relation, renderView, renderWithBelow, storedUnder, type View } from '../../schemas/view.ts'
import { views } from '../../schemas/views/index.ts'
import type { Lake } from '../lake/lake.ts'
import { storedStates } from './derived.ts'
import { emptyRelation } from './files.ts'
import { parquetCopy, putIfChanged } from './objects.ts'
import { type Derived, inputsByYear, readState, silverVersions, type Versions, writeState } from './staleness.ts'

export const martKey = (view: Pick<View, 'name'>) => `mart/${view.name}/data.parquet`

/** The objects from which `publish` makes the marts. */
export interface MartInputs {
  /** Listed before the lake was refreshed, so that no mart is noted as newer than the objects that it was read from. */
  readonly versions: Versions
  /** Materialized views whose objects are out of date, so that the embedded engine runs their SQL. */
  readonly stale: ReadonlySet<Relation>
}

export const martInputs = async ({ store, distributed }: Platform): Promise<MartInputs> => {
  const versions = await silverVersions(store)
  const states = distributed ? [] : await storedStates(store, views, versions)
  const stale = new Set<Relation>([...states].flatMap(([view, state]) => (state === 'stale' ? [view] : [])))
  return { versions, stale }
}

/** Returns the count of its rows. */
export const publishMart = async (lake: Lake, view: View, given?: MartInputs): Promise<number> => {
  const inputs = given ?? (await martInputs(lake.platform))
  for (;;) {
    const before = await lake.platform.store.snapshot(martKey(view))
    try {
      const file = await publishOver(lake, view, before, inputs)
      const [count] = await lake.engine.rows<{ n: number }>(`select count(*) as n from ${parquetFiles([file])}`)
      return count?.n ?? 0
    } catch (error) {
      if (!(error instanceof ConflictError)) throw error
    }
  }
}

/** The version of the mart object that the notes describe, and per year the hash of its inputs. */
interface Notes {
  readonly version: string
  readonly inputs: Readonly<Record<string, string>>
}

/** A year of a mart depends on all earlier years, because features look back without a limit. A fact may depend on later years too. */
const derivedMart = (view: View): Derived => ({
  name: martName(view),
  reads: isStored(view) ? [view] : storedUnder(view.sql.reads),
  daysBack: Number.POSITIVE_INFINITY,
  definition: isStored(view) ? renderView(view) : renderWithBelow(view),
  readsAhead: view.role === 'fact',
  notAhead: view.notAhead ?? [],
})

/**
 * Queries only the years whose inputs changed. The other rows are copied from the present object. Returns a file with the rows that
 * the object has then.
 */
const publishOver = async (
  lake: Lake,
  view: View,
  before: Snapshot | undefined,
  { versions, stale }: MartInputs,
): Promise<string> => {
  const { store, distributed } = lake.platform
  const derived = derivedMart(view)
  const inputs = inputsByYear(derived, versions, distributed ? undefined : derived.reads)
  const notes = await readState<Notes>(store, derived.name)
  // The embedded engine runs the SQL of a stale view, whose rows follow from other objects than its own.
  const isSettled = !derived.reads.some((read) => stale.has(read))
  const isKept = before !== undefined && !before.damage && notes.version === before.etag && isSettled
  const changed = [...inputs].flatMap(([year, now]) => (isKept && notes.inputs?.[year] === now ? [] : [year]))
  if (isKept && changed.length === 0) return before.path
  const when = isKept || distributed ? inYears(changed) : 'true'
  const parts = [
    emptyRelation(view.columns, sqlTypeName),
    ...(isKept ? [`select * from ${parquetFiles([before.path])} where not (${when})`] : []),
    ...(changed.length > 0 || !isKept ? [await askedFor(lake, view, when)] : []),
  ]
  const file = await write(lake, view, parts.join(' union all by name '), before)
  if (!isSettled) return file
  const after = await store.snapshot(martKey(view))
  if (after && (await isSameFile(lake, after.path, file)))
    await writeState(store, derived.name, async () => ({ version: after.etag, inputs: Object.fromEntries(inputs) }))
  return file
}

const write = async (
  { engine, platform }: Lake,
  { columns, grain, ...view }: View,
  rows: string,
  before: Snapshot | undefined,
): Promise<string> => {
  const file = await platform.scratch(`${view.name}.parquet`)
  const typed = Object.entries(columns).map(([name, { type }]) => `cast(${name} as ${sqlTypeName(type)}) as ${name}`)
  const copy = parquetCopy(`select ${typed.join(', ')} from (${rows}) as mart order by ${grain.join(', ')}`, file)
  // On a connection of its own, because marts are written side by side.
  await engine.runAll([copy])
  await putIfChanged(platform, martKey(view), file, before)
  return file
}

const isSameFile = async ({ platform }: Lake, one: string, other: string) =>
  Buffer.from(await platform.readFile(one)).equals(await platform.readFile(other))

/** A query for the rows of a view under a condition. A distributed engine has answered it already. */
const askedFor = async ({ engine, platform }: Lake, view: View, when: string): Promise<string> => {
  const query = `select ${Object.keys(view.columns).join(', ')} from ${view.name} where ${when}`
  if (!platform.distributed) return query
  const answered = `${view.name}_answered`
  await engine.load(answered, view.columns, await platform.distributed.rows(query))
  return `select * from main.${answered}`
}

/** Conditions on ranges of sessions, which an engine can push down to the scan. */
const inYears = (years: readonly number[]): string => {
  const ranges: { from: number; to: number }[] = []
  for (const year of years) {
    const last = ranges.at(-1)
    if (last && year === last.to + 1) last.to = year
    else ranges.push({ from: year, to: year })
  }
  const within = ranges.map(({ from, to }) => `session >= date '${from}-01-01' and session < date '${to + 1}-01-01'`)
  return within.map((each) => `(${each})`).join(' or ') || 'false'
}
