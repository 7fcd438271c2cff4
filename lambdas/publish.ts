/** Publish: the step of that name. */
import { publishStep } from '../pipeline/steps/publish.ts'
import { performing } from './function.ts'

export const handler = performing(publishStep)
