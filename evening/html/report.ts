/** The report of a session as one HTML page that needs no other file. */
import { printable } from '../../core/printable.ts'
import type { Lake } from '../../pipeline/lake/lake.ts'
import { publishedSession } from '../sessions.ts'
import type { Staleness } from '../staleness.ts'
import { gatherPublished, type ReportOptions } from './gather-report.ts'

export interface Made {
  /** The session that the page is of. */
  readonly session: string
  readonly html: string
  readonly stale?: Staleness
}

/** The page of a session, by default of the latest one. */
export const report = async (lake: Lake, named: string | undefined, options: ReportOptions): Promise<Made> =>
  reportOfPublished(lake, await publishedSession(lake, named), options)

/** The same for a session that `publishedSession` has given. */
export const reportOfPublished = async (lake: Lake, session: string, options: ReportOptions): Promise<Made> => {
  // The modules that draw are loaded while the engine works.
  const [gathered, { page }] = await Promise.all([gatherPublished(lake, session, options), import('./page.ts')])
  const { stale } = gathered.trust
  return { session, html: printable(page(gathered)), ...(stale ? { stale } : {}) }
}
