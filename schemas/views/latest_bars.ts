import { bigint, date, double, string, timestamp } from '../column.ts'
import { corporateActions } from '../tables/corporate_actions.ts'
import { dailyBars } from '../tables/daily_bars.ts'
import { sessions } from '../tables/sessions.ts'
import { defineView, sql } from '../view.ts'
import { isRawSource, sourceRank } from './as_known.ts'

const usd = { unit: 'USD' }

export const latestBars = defineView({
  name: 'latest_bars',
  doc: 'One row per symbol and session: the bar as known now, corrections included, on the basis after the latest split.',
  grain: ['symbol', 'session'],
  role: 'fact',
  columns: {
    symbol: string('Ticker.'),
    session: date('XNYS session.'),
    source: string('Source that speaks for the symbol on this session.'),
    open: double('First price.', usd),
    high: double('Highest price.', usd),
    low: double('Lowest price.', usd),
    close: double('Closing price.', usd),
    volume: bigint.nullable('Shares traded, as reported.', { unit: 'shares' }),
    split_divisor: double('What the reported prices were divided by for later splits.', { unit: 'ratio' }),
    known_at: timestamp('When this vintage became known.'),
  },
  sql: sql`
    with vintages as (
      select t.*, row_number() over (partition by symbol, session, source order by known_at desc) as age
      from ${dailyBars} t
    ),
    chosen as (
      select * from (
        select vintages.*, row_number() over (partition by symbol, session order by ${sourceRank}, source) as preference
        from vintages
        where age = 1
      ) as ranked
      where preference = 1
    ),
    splits as (
      select a.symbol, a.session, s.opens_at, max_by(a.split_factor, a.known_at) as split_factor
      from ${corporateActions} a
      join ${sessions} s on s.session = a.session
      where a.action = 'split'
      group by a.symbol, a.session, s.opens_at
    ),
    divisors as (
      select chosen.symbol, chosen.session, exp(sum(ln(splits.split_factor))) as split_divisor
      from chosen
      join splits on splits.symbol = chosen.symbol and splits.session > chosen.session
      where ${isRawSource} or chosen.fetched_at < splits.opens_at
      group by chosen.symbol, chosen.session
    )
    select
      chosen.symbol, chosen.session, source,
      open / coalesce(split_divisor, 1e0) as open,
      high / coalesce(split_divisor, 1e0) as high,
      low / coalesce(split_divisor, 1e0) as low,
      close / coalesce(split_divisor, 1e0) as close,
      volume,
      coalesce(split_divisor, 1e0) as split_divisor,
      known_at
    from chosen
    left join divisors on divisors.symbol = chosen.symbol and divisors.session = chosen.session
  `,
})
