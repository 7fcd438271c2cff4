/** Ingest: a round of one source's fetch task. Half of the function's time is for fetching, the rest for landing. */
import type { Context } from 'aws-lambda'
import type { Lake } from '../pipeline/lake/lake.ts'
import { type FetchTaskEvent, runFetchTask } from '../pipeline/runs/fetch-task.ts'
import { sourceNamed } from '../sources/index.ts'
import { onLake, setting } from './function.ts'
import { outside } from './outside.ts'

const source = sourceNamed(setting('PRECURSOR_SOURCE'))

const ingest = (lake: Lake, event: FetchTaskEvent, context: Context) =>
  runFetchTask(lake, source, event, new Date(lake.platform.now().getTime() + context.getRemainingTimeInMillis() / 2))

export const handler = onLake(source.tables, ingest, { outside })
