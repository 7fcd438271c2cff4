/** Compute: what SQL cannot, or not at every query. Made by year, and only where its inputs changed. */

import type { Outcome } from '../../core/outcome.ts'
import { outcomeOf } from '../../core/outcome.ts'
import { inOrder, storedUnder } from '../../schemas/view.ts'
import { views } from '../../schemas/views/index.ts'
import type { Lake } from '../lake/lake.ts'
import { analogsComputation } from './analogs.ts'
import { type Computation, perform } from './computation.ts'
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
const viewsMade = views.filter((view) => view.materialized)

const all: readonly Computation[] = [...viewsMade.map(materialize), ...tablesMade]

/** In order: each after those that make what it reads. */
export const computations: readonly Computation[] = inOrder(all, ({ reads }) => {
  const read = storedUnder(reads).map(({ name }) => name)
  return all.filter(({ into }) => read.includes(into.name))
})

/** Brings every computed relation up to date. One that fails leaves its earlier rows alone. */
export const compute = async (lake: Lake): Promise<Outcome[]> => {
  await lake.refresh()
  const outcomes: Outcome[] = []
  for (const computation of computations) {
    const subject = computation.into.name
    lake.platform.progress.step(`computing ${subject}`)
    outcomes.push(await outcomeOf(subject, () => perform(lake, computation)))
  }
  await lake.refresh()
  return outcomes
}
