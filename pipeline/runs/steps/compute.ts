/** Compute: stored results that SQL cannot produce, or not fast enough for every query. */
import { computations, compute } from '../../compute/compute.ts'
import { madeBy, stepNamed } from '../step.ts'

export const computeStep = stepNamed('compute', {
  reads: computations.flatMap(({ reads }) => reads),
  writes: computations.flatMap(madeBy),
  // The heaviest step, over the whole history of some hundred symbols.
  memory: 3008,
  perform: (lake) => compute(lake),
})
