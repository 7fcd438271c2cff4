/**
 * Stored views whose SQL a distributed engine runs. It writes the rows as Parquet files, of which the objects are made here: sorted, in
 * the same row groups and by the same conditional write as the objects of the embedded engine. Other results are computed here.
 */
import { begunInAdvance } from '../../core/begun-in-advance.ts'
import { parquetFiles } from '../../core/engine.ts'
import { ContractError, QueryError } from '../../core/errors.ts'
import type { Outcome } from '../../core/outcome.ts'
import { placesFor } from '../../core/places.ts'
import type { Unload, Unloaded } from '../../core/platform.ts'
import { firstYearOf } from '../../schemas/catalog.ts'
import { sqlTypeName } from '../../schemas/column.ts'
import { storedUnder, type View } from '../../schemas/view.ts'
import { views } from '../../schemas/views/index.ts'
import type { Lake } from '../lake/lake.ts'
import { trinoMacros } from '../silver/dialect.ts'
import { emptyRelation } from '../silver/files.ts'
import { rewrite } from '../silver/objects.ts'
import { yearIn } from '../silver/partitions.ts'
import { firstDayRead, isReference, partitionsIn, type Versions } from '../silver/staleness.ts'
import {
  type Computation,
  countOf,
  note,
  performWith,
  type Span,
  spansOf,
  stalenessOf,
  yearsIn,
} from './computation.ts'
import { computeBy } from './compute.ts'
import { inputsByDay } from './days.ts'
import { queryOverTables } from './over-tables.ts'
import type { Places } from './places.ts'

export interface Distributed {
  readonly unload: Unload
  /** Name of the catalog's database. */
  readonly database: string
  /** First year of the catalog. The engine does not see older objects. */
  readonly firstYear: number
}

/** Queries that run at once, those of all views together. Athena allows some dozen by default. */
const queriesAtOnce = 4

/** The stored views whose SQL it can run. */
export const onDistributed = views.filter(({ materialized }) => materialized && !materialized.isTooLongForAthena)

/** As `compute`. The objects of the lake are read here only for results that the embedded engine computes. */
export const computeDistributed = async (lake: Lake, { unload, ...catalog }: Distributed): Promise<Outcome[]> => {
  for (const macro of trinoMacros) await lake.undefining.run(macro)
  const place = placesFor(queriesAtOnce)
  const distributed = { ...catalog, unload: (query: string) => place({ isAlone: false, rank: 0 }, () => unload(query)) }
  return computeBy(lake, (_, computation, versions, places) => {
    const view = onDistributed.find(({ name }) => name === computation.into.name)
    return view
      ? performDistributed(lake, view, computation, versions, places, distributed)
      : performWith(lake, computation, versions, places)
  })
}

const performDistributed = async (
  lake: Lake,
  view: View,
  computation: Computation,
  versions: Parameters<typeof performWith>[2],
  places: Places,
  { unload, database, firstYear }: Distributed,
): Promise<number> => {
  const { isByDay, yearsAtOnce } = computation
  const found = await stalenessOf(lake, computation, versions)
  // A result of which the embedded engine computes all years at once is small. Another one is computed by year.
  const spans = spansOf(found, yearsAtOnce === undefined ? Number.POSITIVE_INFINITY : 1)
  for (const span of spans) refuseUnseen(computation, span, versions, firstYear)
  const ask = (span: Span) => () => unload(queryOverTables(view, database, span)).catch(shortened(view))
  const begun = begunInAdvance(spans.map(ask), queriesAtOnce)
  let rowCount = 0
  try {
    for (const span of spans) {
      const days = isByDay
        ? await places.ofSpan({}, () => inputsByDay(lake, computation, span.from, versions))
        : undefined
      const answer = await begun.next()
      rowCount += await places.ofSpan({}, () => replace(lake, computation, yearsIn(span), answer, ask(span)))
      await note(lake, computation, span, found, days, versions)
    }
  } finally {
    await begun.end(({ discard }) => discard())
  }
  return rowCount
}

const rowsGiven = 'rows_given'

/**
 * Replaces the objects of the years by the rows of an answer. If another writer replaces an object meanwhile, the question is asked
 * again. Returns the count of rows.
 */
const replace = async (
  lake: Lake,
  { into }: Computation,
  years: readonly number[],
  answer: Unloaded,
  ask: () => Promise<Unloaded>,
): Promise<number> => {
  const engine = await lake.undefining.beside()
  let given = answer
  let isTaken = false
  try {
    await rewrite(
      { ...lake, engine, undefining: engine },
      into,
      years,
      async () => {
        if (isTaken) {
          await given.discard()
          given = await ask()
        }
        isTaken = true
        await engine.run(
          `create or replace view ${rowsGiven} as ${rowsIn(into, given.files)} where year(${into.yearOf}) in (${years.join(', ')})`,
        )
        return rowsGiven
      },
      { isRederived: true },
    )
    return await countOf({ engine }, rowsGiven)
  } finally {
    await given.discard()
    await engine.close()
  }
}

/** A query without rows may write no file. */
const rowsIn = ({ columns }: Computation['into'], files: readonly string[]): string =>
  files.length
    ? `select ${Object.keys(columns).join(', ')} from ${parquetFiles(files)}`
    : `select * from (${emptyRelation(columns, sqlTypeName)})`

/** The query is many thousand characters long. The message names the view in its place. */
const shortened =
  ({ name }: View) =>
  (error: unknown): never => {
    if (!(error instanceof QueryError)) throw error
    const isLimit = /bytes scanned limit/i.test(error.reason)
    const what = isLimit ? '. Raise the limit of the workgroup with `-c scanLimit=…` and deploy' : ''
    throw new Error(`the SQL of ${name}: ${error.reason}${what}`)
  }

/** Rows that the engine does not see would be missing from the result. */
const refuseUnseen = (
  { into, reads, daysBack }: Computation,
  { from, to }: Span,
  versions: Versions,
  begins: number,
) => {
  const first = Number(firstDayRead(from, daysBack)?.slice(0, 4) ?? 0)
  for (const relation of storedUnder(reads)) {
    const years = partitionsIn(versions, relation.name).map(yearIn)
    const unseen = years.find((year) => {
      const isRead = isReference(relation) || (year >= first && year <= to)
      return isRead && year < firstYearOf(relation, begins)
    })
    if (unseen !== undefined)
      throw new ContractError(
        `${into.name} reads ${relation.name} of ${unseen}, and the catalog begins with ${firstYearOf(relation, begins)}: deploy with \`-c firstYear=${unseen}\`, or leave out \`--engine athena\``,
      )
  }
}
