/** Tag: the step of that name. */
import { tagStep } from '../pipeline/runs/tag.ts'
import { performing } from './function.ts'

export const handler = performing(tagStep)
