import { literals, sql } from '../view.ts'
import { exchangeDayCatalyst } from './exchange_day.ts'
import { thirdFridays } from './third_fridays.ts'

export const quadrupleWitching = exchangeDayCatalyst(
  'quadruple_witching',
  'The quarterly expiry of index futures and of stock and index options at once: the third Friday of March, June, September and December.',
  sql`
    select session, ${literals(['US options and futures'])} as entity, opens_at as at,
           'Quarterly futures and options expire' as title, 'third Friday of the quarter by the exchange calendar' as reason,
           known_at, known_basis, source, bronze_key
    from (${thirdFridays}) as fridays
    where month(session) in (3, 6, 9, 12)
    order by session`,
)
