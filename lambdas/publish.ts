/** Publish: the step of that name; Athena answers. */
import { openAthena } from '../adapters/athena/client.ts'
import { publishStep } from '../pipeline/runs/publish.ts'
import { performing, setting } from './function.ts'

const athena = openAthena({ database: setting('PRECURSOR_DATABASE'), workgroup: setting('PRECURSOR_WORKGROUP') })

export const handler = performing(publishStep, athena)
