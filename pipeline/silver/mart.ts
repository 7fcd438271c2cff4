/** A mart: the rows of a view in one Parquet object, which is replaced as a whole by compare-and-swap. */

import { parquetFiles } from '../../core/engine.ts'
import { ConflictError } from '../../core/errors.ts'
import type { DistributedEngine, Snapshot } from '../../core/platform.ts'
import { martName } from '../../schemas/catalog.ts'
import { sqlTypeName } from '../../schemas/column.ts'
import { isStored, renderView, storedUnder, type View } from '../../schemas/view.ts'
import type { Lake } from '../lake/lake.ts'
import { emptyRelation } from './files.ts'
import { parquetCopy, putIfChanged } from './objects.ts'
import { type Derived, inputsByYear, readState, silverVersions, writeState } from './staleness.ts'

export const martKey = (view: Pick<View, 'name'>) => `mart/${view.name}/data.parquet`

/** Returns the count of its rows. */
export const publishMart = async (lake: Lake, view: View): Promise<number> => {
  const file = await lake.platform.scratch(`${view.name}.parquet`)
  for (;;) {
    const before = await lake.platform.store.snapshot(martKey(view))
    try {
      const { distributed } = lake.platform
      if (distributed) await publishFrom(distributed, lake, view, file, before)
      else await write(lake, view, `select * from ${view.name}`, file, before)
      break
    } catch (error) {
      if (!(error instanceof ConflictError)) throw error
    }
  }
  const [count] = await lake.engine.rows<{ n: number }>(`select count(*) as n from ${parquetFiles([file])}`)
  return count?.n ?? 0
}

const write = async (
  { engine, platform }: Lake,
  { columns, grain, ...view }: View,
  rows: string,
  file: string,
  before: Snapshot | undefined,
): Promise<void> => {
  const typed = Object.entries(columns).map(([name, { type }]) => `cast(${name} as ${sqlTypeName(type)}) as ${name}`)
  await engine.run(parquetCopy(`select ${typed.join(', ')} from (${rows}) as mart order by ${grain.join(', ')}`, file))
  await putIfChanged(platform, martKey(view), file, before)
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
  definition: renderView(view),
  readsAhead: view.role === 'fact',
})

/** Queries only the years whose inputs changed. The other rows are copied from the present object. */
const publishFrom = async (
  distributed: DistributedEngine,
  lake: Lake,
  view: View,
  file: string,
  before: Snapshot | undefined,
): Promise<void> => {
  const { store } = lake.platform
  const name = martName(view)
  const inputs = inputsByYear(derivedMart(view), await silverVersions(store))
  const notes = await readState<Notes>(store, name)
  const isKept = before !== undefined && !before.damage && notes.version === before.etag
  const stale = [...inputs].flatMap(([year, now]) => (isKept && notes.inputs?.[year] === now ? [] : [year]))
  const parts = [
    emptyRelation(view.columns, sqlTypeName),
    ...(isKept ? [`select * from ${parquetFiles([before.path])} where not (${inYears(stale)})`] : []),
    ...(stale.length > 0 ? [await askedFor(distributed, lake, view, stale)] : []),
  ]
  await write(lake, view, parts.join(' union all by name '), file, before)
  const after = await store.snapshot(martKey(view))
  if (after && (await isSameFile(lake, after.path, file)))
    await writeState(store, name, async () => ({ version: after.etag, inputs: Object.fromEntries(inputs) }))
}

const isSameFile = async ({ platform }: Lake, one: string, other: string) =>
  Buffer.from(await platform.readFile(one)).equals(await platform.readFile(other))

const askedFor = async (
  distributed: DistributedEngine,
  { engine }: Lake,
  view: View,
  years: readonly number[],
): Promise<string> => {
  const rows = await distributed.rows(
    `select ${Object.keys(view.columns).join(', ')} from ${view.name} where ${inYears(years)}`,
  )
  const answered = `${view.name}_answered`
  await engine.load(answered, view.columns, rows)
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
