/** Athena, for steps whose queries it answers. */
import { openAthena } from '../adapters/athena/client.ts'
import { setting } from './function.ts'

export const athena = openAthena({ database: setting('PRECURSOR_DATABASE'), workgroup: setting('PRECURSOR_WORKGROUP') })
