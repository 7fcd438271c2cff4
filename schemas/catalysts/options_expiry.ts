import { literals, sql } from '../view.ts'
import { exchangeDayCatalyst } from './exchange_day.ts'
import { thirdFridays } from './third_fridays.ts'

export const optionsExpiry = exchangeDayCatalyst(
  'options_expiry',
  'The monthly expiry of stock and index options: the third Friday of a month, or the session before a holiday on it. Those of quarter ends are quadruple_witching.',
  sql`
    select session, ${literals(['US options'])} as entity, opens_at as at,
           'Monthly options expire' as title, 'third Friday of the month by the exchange calendar' as reason,
           known_at, known_basis, source, bronze_key
    from (${thirdFridays}) as fridays
    where month(session) not in (3, 6, 9, 12)
    order by session`,
)
