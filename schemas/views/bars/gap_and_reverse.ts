import { bigint, date, double, string } from '../../column.ts'
import { gapThresholds } from '../../thresholds.ts'
import { defineView, join, raw, sql } from '../../view.ts'
import { dailyBarsAsKnown } from './daily_bars_as_known.ts'

const fraction = { unit: 'fraction' }

export const gapAndReverse = defineView({
  name: 'gap_and_reverse',
  doc: 'One row per symbol, threshold and session that opened above the previous close by more than the threshold and closed below it.',
  grain: ['symbol', 'threshold', 'session'],
  columns: {
    symbol: string(
      'Ticker. An index and its fund give different results, because their opens are computed differently.',
    ),
    threshold: double('Threshold. The gap is strictly above it.', fraction),
    session: date('XNYS session.'),
    gap_return: double('open / previous close - 1.', fraction),
    close_return: double('close / previous close - 1.', fraction),
    ordinal: bigint('Number of such sessions so far, including this one.', { unit: 'sessions' }),
    sessions_since_previous: bigint.nullable('Sessions since the previous one. NULL for the first.', {
      unit: 'sessions',
    }),
    opens_valid_from: date('First session with a usable open. Earlier sessions are not counted.'),
    opens_last_invalid_on: date.nullable('Last session since then without a usable open. NULL if there is none.'),
    valid_open_count: bigint('Number of sessions with a usable open so far, among which these are counted.', {
      unit: 'sessions',
    }),
    rate_per_year: double('ordinal / (valid_open_count / 252): such sessions per year of usable opens.', {
      unit: 'per year',
    }),
    rarity: double(
      '(1 + number of earlier such sessions) / (1 + number of earlier sessions with a usable open): an empirical p-value against its history.',
      fraction,
    ),
  },
  // Row numbers are many times cheaper than counts over frames that start with the first row. A stretch is a session without a usable
  // open and the counted sessions after it, up to the next such session. Its first row is the session without a usable open.
  sql: sql`
    with bars as (
      select symbol, session, session_number, has_open, open / previous_close - 1 as gap_return, close / previous_close - 1 as close_return
      from ${dailyBarsAsKnown}
      where not has_open or previous_close is not null
    ),
    numbered as (
      select
        bars.*,
        min(case when has_open then session end) over (partition by symbol) as opens_valid_from,
        row_number() over (partition by symbol order by session) as nth
      from bars
    ),
    counted as (
      select numbered.*, row_number() over (partition by symbol, has_open order by session) as nth_alike
      from numbered
    ),
    candidates as (
      select
        counted.*,
        case when has_open then nth - nth_alike else nth_alike end as stretch
      from counted
      where not has_open or (close_return < 0 and gap_return > ${raw(Math.min(...gapThresholds).toExponential())})
    ),
    stretched as (
      select
        candidates.*,
        case when stretch > 0 then min(session) over (partition by symbol, stretch) end as last_invalid_on
      from candidates
    ),
    reversed as (
      select
        symbol, session, session_number, gap_return, close_return, nth_alike as valid_open_count, opens_valid_from,
        case when last_invalid_on >= opens_valid_from then last_invalid_on end as opens_last_invalid_on
      from stretched
      where has_open
    ),
    hits as (
      select reversed.*, threshold
      from reversed
      -- The tolerance excludes a gap of exactly the threshold on both engines.
      join (values ${join(
        gapThresholds.map((each) => raw(`(${each.toExponential()})`)),
        ', ',
      )}) as thresholds (threshold) on gap_return > threshold + 1e-12
    )
    select
      symbol, threshold, session, gap_return, close_return,
      row_number() over w as ordinal,
      session_number - lag(session_number) over w as sessions_since_previous,
      opens_valid_from,
      opens_last_invalid_on,
      valid_open_count,
      row_number() over w * 252e0 / valid_open_count as rate_per_year,
      row_number() over w * 1e0 / valid_open_count as rarity
    from hits
    window w as (partition by symbol, threshold order by session)
  `,
})
