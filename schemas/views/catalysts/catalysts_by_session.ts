import { date } from '../../column.ts'
import { catalysts } from '../../tables/catalysts.ts'
import { dailyBars } from '../../tables/daily_bars.ts'
import { defineView, sql } from '../../view.ts'

const { session: _, fetched_at: __, known_session: ___, ...columns } = catalysts.columns

export const catalystsBySession = defineView({
  name: 'catalysts_by_session',
  doc: 'One row per session and catalyst that hit it, as known by that evening. If a kind has no row for a session, catalyst_coverage tells whether none occurred or whether the lake does not know.',
  grain: ['session', 'catalyst_id'],
  columns: { session: date('XNYS session that the catalyst hit.'), ...columns },
  // A catalyst that the exchange calendar determines counts from the session that it hits, on sessions that the bars span.
  // Without the lower end, the first bars of a lake would add catalysts to all sessions before them.
  sql: sql`
    with horizon as (select min(session) as first_session, max(session) as last_session from ${dailyBars})
    select * from (
      select c.*, row_number() over (partition by catalyst_id order by known_at desc) as age
      from ${catalysts} c
      cross join horizon
      where session is not null and known_session <= session and (occurred_at is not null or session between first_session and last_session)
    ) as states
    where age = 1
  `,
})
