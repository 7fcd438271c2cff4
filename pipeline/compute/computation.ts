/** A computation: rows of a table derived from other relations, by year, and only if these changed. */
import { ConflictError, ContractError } from '../../core/errors.ts'
import { allOf, placesFor } from '../../core/places.ts'
import { type Relation, storedUnder } from '../../schemas/view.ts'
import type { Lake } from '../lake/lake.ts'
import { type Kept, type Ordered, rewrite } from '../silver/objects.ts'
import { objectKey, type Partition } from '../silver/partitions.ts'
import {
  daysBefore,
  firstDayRead,
  noteMade,
  type Staleness,
  silverVersions,
  staleness,
  type Versions,
} from '../silver/staleness.ts'
import { changedDays, inputsByDay } from './days.ts'
import { type Means, type Places, placesOf } from './places.ts'
import { inSpan } from './span.ts'

export interface Span {
  /** Years whose rows are wanted. Input rows before them are available as far back as `daysBack`. */
  readonly from: number
  readonly to: number
}

export interface Computation {
  readonly into: Kept
  readonly reads: readonly Relation[]
  /** The stored relations that determine its years. By default the first one that it reads. */
  readonly yearsOf?: readonly Relation[]
  readonly daysBack: number
  /** Text that changes whenever the computation changes. */
  readonly definition: string
  /** Number of years computed at once; all years if it is absent. */
  readonly yearsAtOnce?: number
  /** Whether the rows of a day depend only on the days just before it, so that days are computed alone. Needs one year at once. */
  readonly isByDay?: boolean
  /** How most of the work is done. */
  readonly means: Means
  /** Computes the rows and names the table that holds them. It may hold rows of other years too. */
  readonly produce: (lake: Lake, span: Span) => Promise<string | Made>
}

/** Rows that are made while they are written: those of the years of the span, in the order of the grain. */
export interface Made extends Ordered {
  readonly rowCount: number
}

/** Recomputes the stale years. Returns the number of their rows. */
export const perform = async (lake: Lake, computation: Computation): Promise<number> =>
  performWith(lake, computation, new Map(await silverVersions(lake.platform.store)), placesOf(lake.engine)(0))

/**
 * As `perform`, with the versions of all objects, in which it replaces those that it writes: listing all objects for each of
 * some computations takes longer than most of them. Spans are made side by side.
 */
export const performWith = async (
  lake: Lake,
  computation: Computation,
  versions: Map<string, ReadonlyMap<Partition, string>>,
  places: Places,
): Promise<number> => {
  const found = await stalenessOf(lake, computation, versions)
  const { isByDay = false, means } = computation
  const inTurn = placesFor(1)
  const madeIn = async (span: Span) => {
    const days = isByDay
      ? await places.ofSpan({}, () => inputsByDay(lake, computation, span.from, versions))
      : undefined
    const counted = days && (await places.ofSpan({}, () => makeDays(lake, computation, span.from, days, versions)))
    const how = { isAlone: isByDay, isCode: means === 'code' }
    const make = (leave: () => void) => makeYears(lake, computation, span, versions, places, leave)
    const count = counted ?? (await places.ofSpan(how, make))
    await inTurn({ isAlone: true, rank: 0 }, () => note(lake, computation, span, found, days, versions))
    return count
  }
  const counts = await allOf(spansOf(found, computation.yearsAtOnce ?? Number.POSITIVE_INFINITY).map(madeIn))
  return counts.reduce((total, count) => total + count, 0)
}

/** The years of a result that are stale. */
export const stalenessOf = (
  { platform }: Lake,
  { into, reads, yearsOf, daysBack, definition }: Computation,
  versions: Versions,
): Promise<Staleness> => {
  const derived = { name: into.name, reads: storedUnder(reads), daysBack, definition }
  return staleness(platform.store, { ...derived, ...(yearsOf ? { yearsOf } : {}) }, versions)
}

/** Notes the inputs of the years of a span, which were made, and replaces the versions of their objects. */
export const note = async (
  { platform: { store } }: Lake,
  { into }: Computation,
  span: Span,
  { inputs }: Staleness,
  days: Readonly<Record<string, string>> | undefined,
  versions: Map<string, ReadonlyMap<Partition, string>>,
): Promise<void> => {
  const made = yearsIn(span).map((year) => [year, { inputs: inputs.get(year)!, ...(days ? { days } : {}) }] as const)
  versions.set(into.name, await noteMade(store, into.name, new Map(made)))
}

export const yearsIn = ({ from, to }: Span): number[] => Array.from({ length: to - from + 1 }, (_, i) => from + i)

const madeNow = 'made_now'

/** Computes all rows of the years and replaces their objects. Returns the number of rows. */
const makeYears = async (
  lake: Lake,
  { into, reads, daysBack, yearsAtOnce, means, isByDay = false, produce }: Computation,
  span: Span,
  versions: Versions,
  { ofCores, engineOn }: Places,
  leave: () => void,
): Promise<number> => {
  const years = yearsIn(span)
  const since = firstDayRead(span.from, daysBack)
  // A relation with rows of all symbols is made by some years at once, or by day.
  const isLarge = isByDay || (yearsAtOnce !== undefined && years.length > 1)
  const cores = means !== 'statement' ? 'one' : isLarge ? 'all' : 'all-if-free'
  return inSpan(lake, reads, versions, { since, to: span.to }, async (own) => {
    // After a lost race the rows are computed again and must not be counted twice.
    let count = 0
    let table: string | undefined
    await rewrite(
      { ...own, engine: engineOn(own.engine) },
      into,
      years,
      async () => {
        const produced = await ofCores(cores, () => produce(own, span))
        if (typeof produced !== 'string') {
          count = produced.rowCount
          return produced
        }
        table = produced
        await own.engine.run(
          `create or replace view ${madeNow} as select * from ${table} where year(${into.yearOf}) in (${years.join(', ')})`,
        )
        count = await countOf(own, madeNow)
        return madeNow
      },
      {
        isRederived: true,
        // Another span may need the memory.
        afterFiles: async () => {
          if (table !== undefined) await own.engine.run(`drop table ${table}`)
          leave()
        },
      },
    )
    return count
  })
}

/**
 * Computes the days of a year whose inputs changed, and keeps the other rows of its object. Returns the number of rows that were
 * computed; undefined if the whole year has to be computed, because its object is not the one that was noted or is damaged.
 */
const makeDays = async (
  lake: Lake,
  { into, reads, daysBack, produce }: Computation,
  year: number,
  days: Readonly<Record<string, string>>,
  versions: Versions,
): Promise<number | undefined> => {
  const { store } = lake.platform
  const changed = await changedDays(store, into.name, year, days, versions)
  if (!changed?.range) return changed && 0
  const { first, last } = changed.range
  const isNew = `${into.yearOf} between date '${first}' and date '${last}'`
  const range = { since: daysBefore(first, daysBack), to: year, until: last }
  const newRows = 'made_days'
  try {
    return await inSpan(lake, reads, versions, range, async (own) => {
      await rewrite(
        own,
        into,
        [year],
        async (present) => {
          const now = (await silverVersions(store, into.name)).get(into.name)?.get(year)
          if (now !== changed.version) throw new ConflictError(objectKey(into, year))
          const columns = Object.keys(into.columns).join(', ')
          const produced = await produce(own, { from: year, to: year })
          if (typeof produced !== 'string')
            throw new Error(`${into.name} is computed by day and made while it is written`)
          await own.engine.run(`create or replace view ${newRows} as select ${columns} from ${produced} where ${isNew}`)
          await own.engine.run(
            `create or replace view ${madeNow} as
             select ${columns} from ${present} where not (${isNew}) union all select ${columns} from ${newRows}`,
          )
          return madeNow
        },
        { attempts: 1 },
      )
      return countOf(own, newRows)
    })
  } catch (error) {
    // Another writer replaced the object, or it is damaged: its rows cannot be kept.
    if (error instanceof ConflictError || error instanceof ContractError) return undefined
    throw error
  }
}

export const countOf = async ({ engine }: Pick<Lake, 'engine'>, rows: string): Promise<number> =>
  (await engine.rows<{ n: number }>(`select count(*) as n from ${rows}`))[0]!.n

/** Ranges of consecutive stale years, none longer than can be computed at once. */
export const spansOf = ({ stale }: Staleness, atOnce: number): Span[] => {
  const spans: { from: number; to: number }[] = []
  for (const year of stale) {
    const last = spans.at(-1)
    if (last && year === last.to + 1 && year - last.from < atOnce) last.to = year
    else spans.push({ from: year, to: year })
  }
  return spans
}
