/** Tag: the step of that name. */
import { tagStep } from '../pipeline/steps/tag.ts'
import { performing } from './function.ts'

export const handler = performing(tagStep)
