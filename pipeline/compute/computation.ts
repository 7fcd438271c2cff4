/** A computation: rows of a table that follow from other relations, made by year and only where these changed. */
import { type Relation, storedUnder } from '../../schemas/view.ts'
import type { Lake } from '../lake/lake.ts'
import { type Kept, rewrite } from '../silver/objects.ts'
import { firstDayRead, noteMade, type Staleness, silverVersions, staleness } from '../silver/staleness.ts'
import { inSpan } from './span.ts'

export interface Span {
  /** Years whose rows are wanted; rows before them are there as far as `daysBack` reaches. */
  readonly from: number
  readonly to: number
}

export interface Computation {
  readonly into: Kept
  readonly reads: readonly Relation[]
  readonly daysBack: number
  /** Text that changes when the computation does. */
  readonly definition: string
  /** Years made at once; all of them without it. */
  readonly yearsAtOnce?: number
  /** Names a relation that holds at least the rows of the wanted years. */
  readonly produce: (lake: Lake, span: Span) => Promise<string>
}

/** Makes the years that are stale. Returns the count of rows of the years made. */
export const perform = async (lake: Lake, computation: Computation): Promise<number> => {
  const { store } = lake.platform
  const { into, reads, daysBack, definition } = computation
  const versions = await silverVersions(store)
  const found = await staleness(store, { name: into.name, reads: storedUnder(reads), daysBack, definition }, versions)
  let rowCount = 0
  const made = 'main.made_now'
  for (const span of spansOf(found, computation.yearsAtOnce ?? Number.POSITIVE_INFINITY)) {
    const years = found.stale.filter((year) => year >= span.from && year <= span.to)
    const since = firstDayRead(span.from, daysBack)
    await inSpan(lake, reads, versions, { since, to: span.to }, async () => {
      await rewrite(lake, into, years, async () => {
        const produced = await computation.produce(lake, span)
        await lake.engine.run(
          `create or replace view ${made} as select * from ${produced} where year(${into.yearOf}) in (${years.join(', ')})`,
        )
        return made
      })
    })
    // Once the objects stand: a lost race makes the rows again and must not count them twice.
    const [count] = await lake.engine.rows<{ n: number }>(`select count(*) as n from ${made}`)
    rowCount += count?.n ?? 0
    await noteMade(store, into.name, new Map(years.map((year) => [year, found.inputs.get(year)!])))
  }
  return rowCount
}

/** Runs of stale years, none longer than can be made at once. */
const spansOf = ({ stale }: Staleness, atOnce: number): Span[] => {
  const spans: { from: number; to: number }[] = []
  for (const year of stale) {
    const last = spans.at(-1)
    if (last && year === last.to + 1 && year - last.from < atOnce) last.to = year
    else spans.push({ from: year, to: year })
  }
  return spans
}
