/** The shape of each session from one feed: the consolidated one if its bars are there. */
import { type Sql, sql } from '../../view.ts'
import { intradayShape } from '../intraday/intraday_shape.ts'

export const preferredShape: Sql = sql`
  select * from (
    select
      shapes.*,
      row_number() over (
        partition by symbol, session
        order by case when open is null then 2 else 1 end, case when feed = 'consolidated' then 1 else 2 end, feed
      ) as feed_rank
    from ${intradayShape} shapes
  ) as ranked
  where feed_rank = 1`
