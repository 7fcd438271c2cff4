/** The day of the index fund inside the session, where the lake has bars of it: when it turned, and when the gap was lost. */
import { benchmark, sectors } from '../../schemas/baskets.ts'
import { literals, type Sql, sql } from '../../schemas/view.ts'
import { intradayReversal } from '../../schemas/views/bars/intraday_reversal.ts'
import { intradayPath } from '../../schemas/views/intraday/intraday_path.ts'
import { preferredShape } from '../../schemas/views/shared/preferred-feed.ts'
import { date, isOneOf } from '../fragments.ts'
import { oneOf } from './subject.ts'

export interface Turn {
  readonly symbol: string
  readonly minutes_to_high: number | null
  readonly minutes_to_turn: number | null
  readonly minutes_to_gap_lost: number | null
  readonly steepest_30_return: number | null
  readonly minutes_to_steepest_30: number | null
  readonly last_30_return: number | null
}

export const turn = oneOf<Turn>(
  (sessions) => sql`
    select session, symbol, feed, minutes_to_high, minutes_to_turn, minutes_to_gap_lost, steepest_30_return,
      minutes_to_steepest_30, last_30_return, jump_share, overnight_return, session_return
    from (${preferredShape}
    ) as preferred
    where symbol = ${literals([benchmark.etf])} and ${isOneOf('session', sessions)}`,
)

/** The paths of the index fund, of NVDA and of the weakest sector, from the previous close. */
export const paths = (session: string): Sql => sql`
    with weakest as (
      select symbol
      from ${intradayReversal}
      where session = ${date(session)} and symbol in (${literals(sectors.symbols)}) and close_return is not null
      order by close_return, symbol
      limit 1
    ),
    feeds as (
      select symbol, session, feed
      from (${preferredShape}
      ) as preferred
      where session = ${date(session)}
    )
    select p.symbol, p.at_minute, p.price, p.return_since_previous_close
    from ${intradayPath} p
    join feeds f on f.symbol = p.symbol and f.session = p.session and f.feed = p.feed
    where p.session = ${date(session)}
      and (p.symbol in (${literals([benchmark.etf, 'NVDA'])}) or p.symbol in (select symbol from weakest))
    order by p.symbol, p.at_minute`
