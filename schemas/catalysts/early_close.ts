import { sessions } from '../tables/sessions.ts'
import { sql } from '../view.ts'
import { exchangeDayCatalyst } from './shared/exchange-day.ts'

export const earlyClose = exchangeDayCatalyst(
  'early_close',
  'A session that ends early, usually at 13:00 New York. Trading is thin, and the next session is further away than usual.',
  sql`
    select session, 'XNYS' as entity, opens_at as at, 'XNYS closes early' as title, 'exchange calendar' as reason,
           known_at, known_basis, source, bronze_key
    from ${sessions} where is_early_close order by session`,
)
