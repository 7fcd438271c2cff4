/** SQL fragments for bars inside a session: which vintage counts as known, and where a bar lies in its session. */
import { intradayBars } from '../../tables/intraday_bars.ts'
import { sessions } from '../../tables/sessions.ts'
import { raw, type Sql, sql } from '../../view.ts'

/** The columns that tell one series of bars of one session from another. */
export const seriesColumns = ['symbol', 'session', 'feed', 'source', 'interval_minutes'] as const

/** The same as text, with an alias. */
export const series = (alias = ''): Sql => raw(seriesColumns.map((name) => `${alias}${name}`).join(', '))

export const sameSeries = (a: string, b: string): Sql =>
  raw(seriesColumns.map((name) => `${a}.${name} = ${b}.${name}`).join(' and '))

/**
 * The earliest vintage of each bar, if it was known by the evening of its session. `start_minute` and `end_minute` count from the
 * opening bell; the last bar ends with the session. `session_minutes` is 210 on most half days.
 * @param condition a further condition on the bars `b`, which begins with `and`.
 */
export const barsAsKnownOf = (condition: Sql = raw('')): Sql => sql`
  select
    vintages.*,
    case
      when start_minute + interval_minutes < session_minutes then start_minute + interval_minutes else session_minutes
    end as end_minute
  from (
    select
      b.symbol, b.session, b.bar_start, b.interval_minutes, b.feed, b.source,
      b.open, b.high, b.low, b.close, b.volume,
      s.session_number,
      date_diff('minute', s.opens_at, b.bar_start) as start_minute,
      date_diff('minute', s.opens_at, s.closes_at) as session_minutes,
      row_number() over (
        partition by b.symbol, b.session, b.bar_start, b.interval_minutes, b.feed, b.source order by b.known_at
      ) as vintage
    from ${intradayBars} b
    join ${sessions} s on s.session = b.session
    where b.known_session <= b.session${condition}
  ) as vintages
  where vintage = 1`

/** The same of all bars. */
export const barsAsKnown: Sql = barsAsKnownOf()
