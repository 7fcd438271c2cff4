/** Compute: what SQL cannot, or not at every query. */
import { computations, compute } from '../compute/compute.ts'
import { madeBy, type Step } from './step.ts'

export const computeStep: Step = {
  name: 'compute',
  reads: computations.flatMap(({ reads }) => reads),
  writes: computations.flatMap(madeBy),
  perform: (lake) => compute(lake),
}
