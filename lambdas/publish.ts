/** Publish: the step of that name; Athena answers. */
import { openAthena } from '../pipeline/adapters/athena/client.ts'
import { publishStep } from '../pipeline/steps/publish.ts'
import { performing, setting } from './function.ts'

const athena = openAthena({ database: setting('PRECURSOR_DATABASE'), workgroup: setting('PRECURSOR_WORKGROUP') })

export const handler = performing(publishStep, athena)
