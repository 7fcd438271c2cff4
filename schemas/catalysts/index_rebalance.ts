import { sessions } from '../tables/sessions.ts'
import { sql } from '../view.ts'
import { exchangeDayCatalyst } from './shared/exchange-day.ts'
import { quarterEnds, thirdFridays } from './shared/third-fridays.ts'

export const indexRebalance = exchangeDayCatalyst(
  'index_rebalance',
  'Index rebalances that trade at a close. S&P indices: third Friday of the last month of a quarter (since 2000). Nasdaq-100: third Friday of December (since 2000). Russell: fourth Friday of June (since 2017) and, from 2026 on, second Friday of November.',
  sql`
    with fridays as (
      select s.*, (day(session) + 6) // 7 as nth from ${sessions} s where isodow(session) = 5
    ),
    days as (
      select session, 'S&P indices' as entity, closes_at, 'third Friday of the quarter; S&P DJI methodology' as reason, known_at, known_basis, source, bronze_key
      from (${thirdFridays}) as quarterly where month(session) in ${quarterEnds} and session >= date '2000-01-01'
      union all
      select session, 'Nasdaq-100', closes_at, 'third Friday of December; Nasdaq-100 methodology', known_at, known_basis, source, bronze_key
      from (${thirdFridays}) as yearly where month(session) = 12 and session >= date '2000-01-01'
      union all
      select session, 'Russell indices', closes_at, 'fourth Friday of June, second of November from 2026; FTSE Russell methodology', known_at, known_basis, source, bronze_key
      from fridays
      where (month(session) = 6 and nth = 4 and session >= date '2017-01-01') or (month(session) = 11 and nth = 2 and session >= date '2026-01-01')
    )
    select session, entity, closes_at as at, entity || ' rebalance at the close' as title, reason, known_at, known_basis, source, bronze_key
    from days order by session, entity`,
)
