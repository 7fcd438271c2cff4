import { baskets as builtIn } from '../../baskets.ts'
import { date, double, string } from '../../column.ts'
import { baskets } from '../../tables/baskets.ts'
import { sessions } from '../../tables/sessions.ts'
import { defineView, join, raw, sql } from '../../view.ts'

const members = builtIn.flatMap(({ name, symbols, benchmark }) =>
  symbols.map((symbol) => raw(`('${name}', '${symbol}', '${benchmark}')`)),
)

export const basketMembers = defineView({
  name: 'basket_members',
  doc: 'One row per basket, member and start of membership: the built-in baskets and the imported ones.',
  grain: ['basket', 'symbol', 'member_from'],
  columns: {
    basket: string('Name of the basket: `sectors`, `mega_caps` or an imported one.'),
    symbol: string('Ticker of the member.'),
    member_from: date('First session of the membership.'),
    member_until: date.nullable('Last session of the membership. NULL while it lasts.'),
    weight: double.nullable('Weight in the group. NULL means equal weights.', { unit: 'fraction' }),
    benchmark: string.nullable('Symbol that represents the market. NULL means the equal-weighted mean of the group.'),
    known_session: date('First session on whose evening the membership is known.'),
  },
  sql: sql`
    with first_known as (
      select b.*, row_number() over (partition by basket, symbol, member_from order by known_at, source) as vintage
      from ${baskets} b
    ),
    calendar as (select min(session) as first_session from ${sessions})
    select basket, symbol, first_session as member_from, null as member_until, null as weight, benchmark, first_session as known_session
    from (values ${join(members, ', ')}) as built_in (basket, symbol, benchmark)
    cross join calendar
    where first_session is not null
    union all
    select basket, symbol, member_from, member_until, weight, benchmark, known_session
    from first_known
    where vintage = 1
  `,
})
