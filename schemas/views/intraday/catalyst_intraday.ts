import { benchmark } from '../../baskets.ts'
import { bigint, date, double, string, timestamp } from '../../column.ts'
import { sessions } from '../../tables/sessions.ts'
import { defineView, join, literals, raw, sql } from '../../view.ts'
import { catalystsBySession } from '../catalysts/catalysts_by_session.ts'
import { barsAsKnownOf, sameSeries } from '../shared/intraday-bars.ts'
import { preferredShape } from '../shared/preferred-feed.ts'

const windows = [5, 30, 60] as const
const minutes = { unit: 'minutes' }
const fraction = { unit: 'fraction' }

const before = (n: number) =>
  double.nullable(
    `Return over the ${n} minutes before the catalyst. NULL if they began before the open, or if it came before the open.`,
    fraction,
  )
const after = (n: number) =>
  double.nullable(
    `Return over the ${n} minutes after the catalyst. If it came before the open: from the previous close to minute ${n}. NULL if they end after the close.`,
    fraction,
  )

/** The last price at a minute of the session; at 0 it is the open. */
const priceAt = (minute: string) =>
  raw(`coalesce(
        max_by(b.close, case when b.end_minute <= ${minute} then b.end_minute end),
        max(case when ${minute} >= 0 then e.open end)
      )`)

export const catalystIntraday = defineView({
  name: 'catalyst_intraday',
  doc: 'One row per session and catalyst with an instant: the returns over 5, 30 and 60 minutes before and after it, as known by that evening. It has the catalysts of sessions with bars that cover them.',
  grain: ['session', 'catalyst_id'],
  materialized: { yearOf: 'session', daysBack: 60, yearsAtOnce: 1 },
  columns: {
    session: date('XNYS session that the catalyst hit.'),
    catalyst_id: string('Identifier of the catalyst: kind, entity and occasion.'),
    kind: string('Catalyst kind.'),
    title: string('One line that says what happened.'),
    occurred_at: timestamp('Instant at which it happened.'),
    minutes_from_open: bigint('Minutes from the opening bell to the catalyst. Negative before it.', minutes),
    symbol: string(`Symbol whose returns these are: the company, or ${benchmark.etf} for a catalyst of the market.`),
    feed: string('Trades that the bars are made of.'),
    interval_minutes: bigint('Length of a bar. The instant counts to the end of the bar before it.', minutes),
    price: double.nullable('Last price at the catalyst. If it came before the open, the previous close.', {
      unit: 'USD',
    }),
    ...Object.fromEntries(windows.map((n) => [`return_before_${n}`, before(n)])),
    ...Object.fromEntries(windows.map((n) => [`return_after_${n}`, after(n)])),
  },
  sql: sql`
    with days as (
      select symbol, session, feed, source, interval_minutes, session_minutes, open, previous_close
      from (${preferredShape}
      ) as preferred
      where open is not null
    ),
    events as (
      select
        c.session, c.catalyst_id, c.kind, c.title, c.occurred_at,
        date_diff('minute', s.opens_at, c.occurred_at) as minutes_from_open,
        case when c.occurred_at < s.opens_at then 0 else date_diff('minute', s.opens_at, c.occurred_at) end as from_minute,
        case when c.scope = 'company' then c.entity else ${literals([benchmark.etf])} end as symbol
      from ${catalystsBySession} c
      join ${sessions} s on s.session = c.session
      where c.occurred_at is not null
    ),
    placed as (
      select
        e.*, d.feed, d.source, d.interval_minutes, d.session_minutes, d.open,
        case when minutes_from_open < 0 or from_minute = 0 then d.previous_close end as price_before_open
      from events e
      join days d on d.symbol = e.symbol and d.session = e.session
    ),
    priced as (
      select
        e.session, e.catalyst_id,
        max(e.kind) as kind, max(e.title) as title, max(e.occurred_at) as occurred_at,
        max(e.minutes_from_open) as minutes_from_open, max(e.from_minute) as from_minute,
        max(e.session_minutes) as session_minutes,
        max(e.symbol) as symbol, max(e.feed) as feed, max(e.interval_minutes) as interval_minutes,
        case when max(e.from_minute) = 0 then max(e.price_before_open) else ${priceAt('e.from_minute')} end as price,
        ${join(
          windows.flatMap((n) => [
            sql`${priceAt(`e.from_minute - ${n}`)} as price_before_${n}`,
            sql`${priceAt(`e.from_minute + ${n}`)} as price_after_${n}`,
          ]),
          ',\n        ',
        )}
      from placed e
      join (${barsAsKnownOf(raw(' and (b.symbol, b.session) in (select symbol, session from events)'))}
      ) b on ${sameSeries('b', 'e')}
      group by e.session, e.catalyst_id
    )
    select
      session, catalyst_id, kind, title, occurred_at, minutes_from_open, symbol, feed, interval_minutes, price,
      ${join(
        windows.map((n) =>
          raw(`case when from_minute >= ${n} then price / price_before_${n} - 1 end as return_before_${n}`),
        ),
        ',\n      ',
      )},
      ${join(
        windows.map((n) =>
          raw(
            `case when from_minute + ${n} <= session_minutes then price_after_${n} / price - 1 end as return_after_${n}`,
          ),
        ),
        ',\n      ',
      )}
    from priced
  `,
})
