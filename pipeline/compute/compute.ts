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

/** In order: each after the computations that it reads from. */
export const computations: readonly Computation[] = inOrder(all, ({ reads }) => {
  const read = storedUnder(reads).map(({ name }) => name)
  return all.filter(({ into }) => read.includes(into.name))
})

/** Brings every computed relation up to date. A computation that fails keeps its earlier rows. */
export const compute = updating(async (lake: Lake): Promise<Outcome[]> => {
  const outcomes: Outcome[] = []
  const versions = new Map(await silverVersions(lake.platform.store))
  for (const computation of computations) {
    const subject = computation.into.name
    lake.platform.progress.step(`computing ${subject}`)
    outcomes.push(await outcomeOf(subject, () => performWith(lake, computation, versions)))
  }
  return outcomes
})
