/** Compute: the step of that name. */
import { computeStep } from '../pipeline/runs/compute.ts'
import { performing } from './function.ts'

export const handler = performing(computeStep)
