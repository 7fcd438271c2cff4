/**
 * Sessions since 1990 on which listed options expire: the third Friday or, if the exchange is closed on it, the
 * Thursday before. Source: Cboe.
 */
import { sessions } from '../../tables/sessions.ts'
import { literals, raw, type Sql, sql } from '../../view.ts'

export const thirdFridays: Sql = sql`
  select * from (
    select s.*, friday, row_number() over (partition by friday order by session desc) as nearness
    from (
      select distinct cast(date_trunc('month', session) as date) + cast((5 - isodow(date_trunc('month', session)) + 7) % 7 + 14 as integer) as friday
      from ${sessions}
      where session >= date '1990-01-01'
    ) as months
    join ${sessions} s on s.session between friday - 3 and friday
  ) as ranked
  where nearness = 1`

/** Months in which quarters end, as a SQL list after `in`. */
export const quarterEnds: Sql = raw('(3, 6, 9, 12)')

/** Candidates for the exchange-day rule: the expiries of quarter ends, or those of the other months. */
export const expiries = (months: 'quarterly' | 'monthly', entity: string, title: string): Sql => sql`
  select session, ${literals([entity])} as entity, opens_at as at, ${literals([title])} as title,
         'third Friday of the month by the exchange calendar' as reason, known_at, known_basis, source, bronze_key
  from (${thirdFridays}) as fridays
  where month(session) ${raw(months === 'quarterly' ? 'in' : 'not in')} ${quarterEnds}
  order by session`
