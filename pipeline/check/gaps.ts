/** Gaps: sessions without a row from a source that delivers every session, counted from its first session. */

import { whyNoSession } from '../../calendar/not-a-session.ts'
import { isCalendarDate } from '../../calendar/plausible.ts'
import { lastClosedSession } from '../../calendar/sessions.ts'
import { UsageError } from '../../core/errors.ts'
import { lastSessions } from '../../schemas/views/meta/last_sessions.ts'
import { sessionsSeen } from '../../schemas/watched.ts'
import { reading } from '../lake/current.ts'
import type { Lake } from '../lake/lake.ts'

export interface Gap {
  readonly table_name: string
  readonly source: string
  readonly subject: string
  readonly session: string
}

/** Missing sessions between two dates. The default end is the last session that has closed. */
export const findGaps = reading(
  async (lake: Lake, span: { readonly from?: string; readonly to?: string } = {}): Promise<Gap[]> => {
    for (const day of [span.from, span.to])
      if (day !== undefined && !isCalendarDate(day)) throw new UsageError(whyNoSession(day))
    const to = span.to ?? lastClosedSession(lake.platform.now())?.session
    return lake.engine.rows<Gap>(
      `with seen as (${sessionsSeen.text}),
     series as (select table_name, source, subject, min(session) as first_session from seen group by all)
     select series.table_name, series.source, series.subject, c.session
     from series
     left join ${lastSessions.name} ended on ended.symbol = series.subject
     join calendar c on c.session > series.first_session and c.session <= date '${to}'
       and c.session <= coalesce(ended.last_session, c.session)
       ${span.from ? `and c.session >= date '${span.from}'` : ''}
     anti join seen on seen.table_name = series.table_name and seen.source = series.source
       and seen.subject = series.subject and seen.session = c.session
     order by series.table_name, c.session, series.source, series.subject`,
    )
  },
)
