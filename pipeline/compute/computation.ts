/** A computation: rows of a table derived from other relations, by year, and only if these changed. */
import { type Relation, storedUnder } from '../../schemas/view.ts'
import type { Lake } from '../lake/lake.ts'
import { type Kept, rewrite } from '../silver/objects.ts'
import type { Partition } from '../silver/partitions.ts'
import { firstDayRead, noteMade, type Staleness, silverVersions, staleness } from '../silver/staleness.ts'
import { inSpan } from './span.ts'

export interface Span {
  /** Years whose rows are wanted. Input rows before them are available as far back as `daysBack`. */
  readonly from: number
  readonly to: number
}

export interface Computation {
  readonly into: Kept
  readonly reads: readonly Relation[]
  readonly daysBack: number
  /** Text that changes whenever the computation changes. */
  readonly definition: string
  /** Number of years computed at once; all years if it is absent. */
  readonly yearsAtOnce?: number
  /** Computes the rows and names the relation that holds them. It may hold rows of other years too. */
  readonly produce: (lake: Lake, span: Span) => Promise<string>
}

/** Recomputes the stale years. Returns the number of their rows. */
export const perform = async (lake: Lake, computation: Computation): Promise<number> =>
  performWith(lake, computation, new Map(await silverVersions(lake.platform.store)))

/**
 * As `perform`, with the versions of all objects, in which it replaces those that it writes: listing all objects for each of
 * some computations takes longer than most of them.
 */
export const performWith = async (
  lake: Lake,
  computation: Computation,
  versions: Map<string, ReadonlyMap<Partition, string>>,
): Promise<number> => {
  const { store } = lake.platform
  const { into, reads, daysBack, definition } = computation
  const found = await staleness(store, { name: into.name, reads: storedUnder(reads), daysBack, definition }, versions)
  let rowCount = 0
  const made = 'main.made_now'
  for (const span of spansOf(found, computation.yearsAtOnce ?? Number.POSITIVE_INFINITY)) {
    const years = found.stale.filter((year) => year >= span.from && year <= span.to)
    const since = firstDayRead(span.from, daysBack)
    await inSpan(lake, reads, versions, { since, to: span.to }, async (own) => {
      await rewrite(
        own,
        into,
        years,
        async () => {
          const produced = await computation.produce(own, span)
          await own.engine.run(
            `create or replace view ${made} as select * from ${produced} where year(${into.yearOf}) in (${years.join(', ')})`,
          )
          return made
        },
        { isRederived: true },
      )
    })
    // Counted after the write: after a lost race the rows are computed again and must not be counted twice.
    const [count] = await lake.engine.rows<{ n: number }>(`select count(*) as n from ${made}`)
    rowCount += count?.n ?? 0
    const now = await noteMade(store, into.name, new Map(years.map((year) => [year, found.inputs.get(year)!])))
    versions.set(into.name, now)
  }
  return rowCount
}

/** Ranges of consecutive stale years, none longer than can be computed at once. */
const spansOf = ({ stale }: Staleness, atOnce: number): Span[] => {
  const spans: { from: number; to: number }[] = []
  for (const year of stale) {
    const last = spans.at(-1)
    if (last && year === last.to + 1 && year - last.from < atOnce) last.to = year
    else spans.push({ from: year, to: year })
  }
  return spans
}
