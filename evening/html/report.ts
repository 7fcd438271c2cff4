/** The report of a session as one HTML page that needs no other file. */
import { printable } from '../../core/printable.ts'
import type { Lake } from '../../pipeline/lake/lake.ts'
import type { Staleness } from '../staleness.ts'
import { gatherReport, type ReportOptions } from './gather-report.ts'

/** The page, and the session that it is of. */
export const report = async (
  lake: Lake,
  named: string | undefined,
  options: ReportOptions,
): Promise<{ session: string; html: string; stale?: Staleness }> => {
  // The modules that draw are loaded while the engine works.
  const [gathered, { page }] = await Promise.all([gatherReport(lake, named, options), import('./page.ts')])
  const { stale } = gathered.trust
  return { session: gathered.evening.session, html: printable(page(gathered)), ...(stale ? { stale } : {}) }
}
