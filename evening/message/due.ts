/** What is due on a session, as an evening before it knew. */

import { newYorkInstant } from '../../calendar/sessions.ts'
import type { Lake } from '../../pipeline/lake/lake.ts'
import { catalysts } from '../../schemas/tables/catalysts.ts'
import { sql } from '../../schemas/view.ts'
import { macroTimetable } from '../../schemas/views/macro/macro_timetable.ts'
import { date, instant } from '../html/fragments.ts'

export interface Due {
  readonly scheduled_at: string
  readonly title: string
  readonly status: string
}

/** Releases by their present schedule, everything else by the one first announced; what is cancelled is not due. */
export const dueOn = ({ engine }: Lake, session: string, evening: string): Promise<Due[]> => {
  const midnight = newYorkInstant(session, '00:00')
  const [from, until] = [instant(midnight), instant(new Date(midnight.getTime() + 24 * 60 * 60 * 1000))]
  const query = sql`
    with announced as (
      select *, row_number() over (partition by release, reference_period order by known_at desc) as age
      from ${macroTimetable}
      where known_session <= ${date(evening)}
    ),
    tagged as (
      select *, row_number() over (partition by catalyst_id order by known_at desc) as age
      from ${catalysts}
      where known_session <= ${date(evening)}
    )
    select a.scheduled_at, coalesce(t.title, a.release) as title, a.status
    from announced a
    left join tagged t on t.kind = a.release and t.reference_period = a.reference_period and t.age = 1
    where a.age = 1 and a.status in ('tentative', 'confirmed', 'delayed') and a.scheduled_at >= ${from} and a.scheduled_at < ${until}
    union all
    select scheduled_at, title, status
    from tagged
    where age = 1 and occurred_at is null and reference_period is null
      and status in ('projected', 'tentative', 'confirmed', 'delayed')
      and scheduled_at >= ${from} and scheduled_at < ${until}
    order by scheduled_at, title`
  return engine.rows<Due>(query.text)
}
