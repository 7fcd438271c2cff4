/** Check: the step of that name. */
import { checkStep } from '../pipeline/runs/check.ts'
import { performing } from './function.ts'

export const handler = performing(checkStep)
