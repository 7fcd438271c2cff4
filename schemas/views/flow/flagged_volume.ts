import { bigint, date, double, string } from '../../column.ts'
import { sessions } from '../../tables/sessions.ts'
import { symbolDirectory } from '../../tables/symbol_directory.ts'
import { symbolVolume } from '../../tables/symbol_volume.ts'
import { defineView, type Sql, sql } from '../../view.ts'
import { steadySum } from '../shared/steady-sum.ts'

const [shares, usd] = [{ unit: 'shares' }, { unit: 'USD' }]

/** Shares are summed to the thousandth, dollars to the cent. */
const sharesOf = (condition: string): Sql => steadySum(`case when ${condition} then shares end`, 3)
const dollarsOf = (condition: string): Sql => steadySum(`case when ${condition} then notional end`, 2)

export const flaggedVolume = defineView({
  name: 'flagged_volume',
  doc: 'One row per session, venue and source: the volume of all symbols, of those whose ETF flag was known that evening, and of the ETFs among them. Test issues are left out.',
  grain: ['session', 'venue', 'source'],
  materialized: { yearOf: 'session', daysBack: Number.POSITIVE_INFINITY, yearsAtOnce: 1 },
  columns: {
    session: date('XNYS session.'),
    venue: string('`consolidated`, `off_exchange` or a facility, as in symbol_volume.'),
    source: string('Who measured.'),
    known_session: date('First session on whose evening the row is known.'),
    symbol_count: bigint('Symbols with volume.', { unit: 'symbols' }),
    flagged_count: bigint('Symbols among them whose ETF flag is known.', { unit: 'symbols' }),
    etf_shares: double.nullable('Shares traded in ETFs. NULL if no flag is known.', shares),
    flagged_shares: double.nullable('Shares traded in the symbols whose flag is known.', shares),
    total_shares: double.nullable('Shares traded in all symbols.', shares),
    etf_notional: double.nullable('Dollars traded in ETFs. NULL if the source gives no prices.', usd),
    flagged_notional: double.nullable('Dollars traded in the symbols whose flag is known.', usd),
    total_notional: double.nullable('Dollars traded in all symbols.', usd),
  },
  // The first edition of a session counts: a symbol that a later file adds does not change it.
  sql: sql`
    with editions as (
      select session, venue, source, min(known_session) as known_session
      from ${symbolVolume}
      group by session, venue, source
    ),
    traded as (
      select * from (
        select
          v.session, v.venue, v.source, v.symbol, v.shares, v.notional, v.known_session,
          row_number() over (partition by v.session, v.venue, v.source, v.symbol order by v.known_at) as vintage
        from ${symbolVolume} v
        join editions e on e.session = v.session and e.venue = v.venue and e.source = v.source and e.known_session = v.known_session
      ) as vintages
      where vintage = 1
    ),
    listed as (
      select symbol, known_session as from_session, max_by(is_etf, known_at) as is_etf, max_by(is_test_issue, known_at) as is_test_issue
      from ${symbolDirectory}
      group by symbol, known_session
    ),
    flags as (
      select listed.*, lead(from_session) over (partition by symbol order by from_session) as until_session
      from listed
    )
    select
      t.session,
      t.venue,
      t.source,
      max(t.known_session) as known_session,
      count(*) as symbol_count,
      count(f.is_etf) as flagged_count,
      case when count(f.is_etf) > 0 then coalesce(${sharesOf('f.is_etf')}, 0e0) end as etf_shares,
      coalesce(${sharesOf('f.is_etf is not null')}, 0e0) as flagged_shares,
      ${sharesOf('true')} as total_shares,
      case when count(f.is_etf) > 0 and count(t.notional) > 0 then coalesce(${dollarsOf('f.is_etf')}, 0e0) end as etf_notional,
      case when count(t.notional) > 0 then coalesce(${dollarsOf('f.is_etf is not null')}, 0e0) end as flagged_notional,
      ${dollarsOf('true')} as total_notional
    from traded t
    join ${sessions} s on s.session = t.session
    join ${sessions} next on next.session_number = s.session_number + 1
    left join flags f on f.symbol = t.symbol and f.from_session <= t.session and (f.until_session is null or t.session < f.until_session)
    where t.known_session <= next.session and not coalesce(f.is_test_issue, false)
    group by t.session, t.venue, t.source
  `,
})
