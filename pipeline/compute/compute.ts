/** Compute: stored results that SQL cannot produce, or not fast enough for every query. Each is recomputed by year, and only if its inputs changed. */

import type { Outcome } from '../../core/outcome.ts'
import { outcomeOf } from '../../core/outcome.ts'
import { evaluatedUnder, inOrder, renderView, storedUnder } from '../../schemas/view.ts'
import { views } from '../../schemas/views/index.ts'
import { updating } from '../lake/current.ts'
import type { Lake } from '../lake/lake.ts'
import { silverVersions } from '../silver/staleness.ts'
import { analogsComputation } from './analogs.ts'
import { type Computation, performWith } from './computation.ts'
import { effectiveSpreadsComputation } from './effective-spreads.ts'
import { gammaFlipsComputation } from './gamma-flips.ts'
import { materialize } from './materialize.ts'
import { type Places, placesOf } from './places.ts'
import { precursorPercentilesComputation } from './precursor-percentiles.ts'
import { systemicRiskComputation } from './systemic-risk.ts'

const tablesMade: readonly Computation[] = [
  effectiveSpreadsComputation,
  gammaFlipsComputation,
  systemicRiskComputation,
  analogsComputation,
  precursorPercentilesComputation,
]
/** A table is out of date, too, if the SQL of a view that its computation reads has changed. */
const withViewsRead = (made: Computation): Computation => ({
  ...made,
  definition: [made.definition, ...evaluatedUnder(made.reads).map(renderView)].join('\n'),
})
const viewsMade = views.filter((view) => view.materialized)

const all: readonly Computation[] = [...viewsMade.map(materialize), ...tablesMade.map(withViewsRead)]

const needs = ({ reads }: Computation): readonly Computation[] => {
  const read = storedUnder(reads).map(({ name }) => name)
  return all.filter(({ into }) => read.includes(into.name))
}

/** In order: each after the computations that it reads from. */
export const computations: readonly Computation[] = inOrder(all, needs)

/** How many computations come one after another until all that wait for this one are done. */
const chainAfter = (made: Computation): number =>
  Math.max(0, ...computations.filter((each) => needs(each).includes(made)).map((each) => 1 + chainAfter(each)))

/**
 * Brings every computed relation up to date, some side by side. Those with the longest chain of others after them come first. A computation that
 * fails keeps its earlier rows.
 */
export const compute = updating((lake: Lake) => computeBy(lake, performWith))

/** The same with a given way to perform each computation. */
export const computeBy = async (lake: Lake, performOne: typeof performWith): Promise<Outcome[]> => {
  const versions = new Map(await silverVersions(lake.platform.store))
  const ranked = placesOf(lake.engine)
  const outcomes = new Map<Computation, Promise<Outcome>>()
  for (const computation of computations) {
    const subject = computation.into.name
    const places = ranked(-chainAfter(computation))
    const shown: Places = {
      ...places,
      ofSpan: (how, work) =>
        places.ofSpan(how, (leave) => {
          lake.platform.progress.step(`computing ${subject}`)
          return work(leave)
        }),
    }
    const make = () => outcomeOf(subject, () => performOne(lake, computation, versions, shown))
    const before = needs(computation).map((need) => outcomes.get(need))
    outcomes.set(computation, Promise.all(before).then(make))
  }
  return Promise.all(outcomes.values())
}
