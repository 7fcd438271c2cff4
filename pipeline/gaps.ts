/** Gaps: sessions for which a source that delivers every session has no row, from its first one on. */
import type { Table } from '../schemas/table.ts'
import { tables } from '../schemas/tables/index.ts'
import { lastClosedSession } from './calendar/sessions.ts'
import type { Lake } from './lake.ts'

export interface Gap {
  readonly table_name: string
  readonly source: string
  readonly subject: string
  readonly session: string
}

/** Column that tells series of one table apart, if there is one. */
const subjectOf = (table: Table) =>
  table.grain.find((name) => !['session', 'source', 'known_at', 'venue', 'segment', 'metric'].includes(name))

/** Tables in which a session can be missing. */
export const watchedTables: readonly Table[] = tables.filter(
  (table) => table.origin === 'payloads' && table.grain.includes('session') && table.name !== 'corporate_actions',
)

/** Missing sessions between two dates; by default to the last session that has closed. */
export const findGaps = async (
  lake: Lake,
  span: { readonly from?: string; readonly to?: string } = {},
): Promise<Gap[]> => {
  await lake.refresh()
  const to = span.to ?? lastClosedSession(lake.platform.now())?.session
  const found: Gap[] = []
  for (const table of watchedTables) {
    const subject = subjectOf(table)
    found.push(
      ...(await lake.engine.rows<Gap>(
        `with seen as (select distinct source, ${subject ?? "'all'"} as subject, session from ${table.name}),
         series as (select source, subject, min(session) as first_session from seen group by source, subject)
         select '${table.name}' as table_name, series.source, series.subject, c.session
         from series
         join calendar c on c.session > series.first_session and c.session <= date '${to}'
           ${span.from ? `and c.session >= date '${span.from}'` : ''}
         anti join seen on seen.source = series.source and seen.subject = series.subject and seen.session = c.session
         order by c.session, series.source, series.subject`,
      )),
    )
  }
  return found
}
