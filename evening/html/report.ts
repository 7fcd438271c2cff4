/** The report of a session as one HTML page that needs no other file. */
import { printable } from '../../core/printable.ts'
import type { Lake } from '../../pipeline/lake/lake.ts'
import type { Staleness } from '../staleness.ts'
import { gatherReport, type ReportOptions } from './gather-report.ts'
import { page } from './page.ts'

/** The page, and the session that it is of. */
export const report = async (
  lake: Lake,
  named: string | undefined,
  options: ReportOptions,
): Promise<{ session: string; html: string; stale?: Staleness }> => {
  const gathered = await gatherReport(lake, named, options)
  const { stale } = gathered.trust
  return { session: gathered.evening.session, html: printable(page(gathered)), ...(stale ? { stale } : {}) }
}
