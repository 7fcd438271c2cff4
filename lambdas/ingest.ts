/** Ingest: one errand of one source. Half of the time is for asking, the rest for landing what came. */
import type { Context } from 'aws-lambda'
import { sourceNamed } from '../pipeline/ingest/ingest.ts'
import type { Lake } from '../pipeline/lake/lake.ts'
import { type ErrandEvent, runErrand } from '../pipeline/runs/errand.ts'
import { onLake, setting } from './function.ts'
import { outside } from './outside.ts'

const source = sourceNamed(setting('PRECURSOR_SOURCE'))

const ingest = (lake: Lake, event: ErrandEvent, context: Context) =>
  runErrand(lake, source, event, new Date(lake.platform.now().getTime() + context.getRemainingTimeInMillis() / 2))

export const handler = onLake(source.tables, ingest, { outside })
