/** What a piece of a step came to: done, with its rows, or failed, with the reason. */

import type { Outcome } from '../pipeline/ingest/ingest.ts'
import { messageOf } from './errors.ts'

/** Does the work; an error is an outcome, so that the others go on. */
export const outcomeOf = async (subject: string, work: () => Promise<number>): Promise<Outcome> => {
  try {
    return { subject, status: 'ok', rowCount: await work(), rejectedCount: 0, error: null }
  } catch (error) {
    return failedWith(subject, error)
  }
}

export const failedWith = (subject: string, error: unknown): Outcome => ({
  subject,
  status: 'failed',
  rowCount: 0,
  rejectedCount: 0,
  error: messageOf(error),
})
