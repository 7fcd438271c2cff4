/** One errand of a plan: ask a source and land what it says, as far as the time goes. */

import { SourceUnavailableError } from '../../core/errors.ts'
import type { Source } from '../../sources/source.ts'
import { type Ingested, ingest } from '../ingest/ingest.ts'
import type { Lake } from '../lake/lake.ts'
import type { Errand } from './plan.ts'
import { worst } from './runs.ts'

export interface ErrandEvent extends Errand {
  readonly since: string
  /** What an earlier, partial round of the same errand came to. */
  readonly sofar?: Ingested | null
}

/**
 * Lands whatever came. What a later try may bring is a SourceUnavailableError, for the caller to try again; it finds
 * the answers that are kept. A round that ran out of time says so (`isPartial`) and is to be called again.
 */
export const runErrand = async (lake: Lake, source: Source, event: ErrandEvent, until: Date): Promise<Ingested> => {
  const { since, from, to, releases, sofar } = event
  const universe = releases ? { ...lake.universe, releases: [...releases] } : lake.universe
  const limits = { since: new Date(since), until }
  const [round] = await ingest({ ...lake, universe }, [source], () => ({ from, to }), limits)
  if (round!.isTransient && !round!.isPartial) throw new SourceUnavailableError(round!.error ?? source.name)
  return sofar ? together(sofar, round!) : round!
}

const together = (a: Ingested, b: Ingested): Ingested => ({
  ...b,
  status: worst([a.status, b.status]),
  rowCount: a.rowCount + b.rowCount,
  rejectedCount: a.rejectedCount + b.rejectedCount,
  error: b.error ?? a.error,
  hasNews: a.hasNews || b.hasNews,
})
