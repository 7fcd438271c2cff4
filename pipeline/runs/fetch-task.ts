/** A fetch task of a plan: one source, the sessions to ask it for, and on AWS one call of its function. */

import { SourceUnavailableError } from '../../core/errors.ts'
import { worst } from '../../core/outcome.ts'
import { sourceNamed } from '../../sources/index.ts'
import type { Source } from '../../sources/source.ts'
import type { Asked, FetchLimits } from '../ingest/fetch.ts'
import { type Ingested, ingest } from '../ingest/ingest.ts'
import type { Lake } from '../lake/lake.ts'

export interface FetchTask extends Asked {
  readonly source: string
}

/** A round of a task, as the state machine calls it. */
export interface FetchTaskEvent extends FetchTask {
  readonly since: string
  /** Outcome of the earlier rounds of the same task. */
  readonly sofar?: Ingested | null
}

/** All tasks of a plan on this machine: fetched at the same time, landed one after another. */
export const runFetchTasks = (lake: Lake, tasks: readonly FetchTask[], limits: FetchLimits): Promise<Ingested[]> => {
  const bySource = new Map(tasks.map((task) => [task.source, task]))
  return ingest(lake, [...bySource.keys()].map(sourceNamed), ({ name }) => bySource.get(name)!, limits)
}

/**
 * One round of one task. Lands every response it gets before `until`. If time runs out, the outcome is marked
 * `isPartial` and the task needs another round. If a later attempt may succeed, throws SourceUnavailableError, and
 * the caller retries: responses stored since the request are reused.
 */
export const runFetchTask = async (
  lake: Lake,
  source: Source,
  event: FetchTaskEvent,
  until: Date,
): Promise<Ingested> => {
  const [round] = await ingest(lake, [source], () => event, { since: new Date(event.since), until })
  if (round!.isTransient && !round!.isPartial) throw new SourceUnavailableError(round!.error ?? source.name)
  return event.sofar ? together(event.sofar, round!) : round!
}

const together = (a: Ingested, b: Ingested): Ingested => ({
  ...b,
  status: worst([a.status, b.status]),
  rowCount: a.rowCount + b.rowCount,
  rejectedCount: a.rejectedCount + b.rejectedCount,
  error: b.error ?? a.error,
  hasNews: a.hasNews || b.hasNews,
})
