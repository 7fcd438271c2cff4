import { bigint, date, double, string, timestamp } from '../../column.ts'
import { dailyBars } from '../../tables/daily_bars.ts'
import { sessions } from '../../tables/sessions.ts'
import { defineView, sql } from '../../view.ts'
import { isRawSource, sourceRank } from '../shared/as-known.ts'
import { toldSplits } from '../shared/share-basis.ts'

const usd = { unit: 'USD' }

export const latestBars = defineView({
  name: 'latest_bars',
  doc: 'One row per symbol and session: the bar as known now, including corrections, on the share basis after the latest split.',
  grain: ['symbol', 'session'],
  role: 'fact',
  columns: {
    symbol: string('Ticker.'),
    session: date('XNYS session.'),
    source: string('Source that is used for the symbol on this session.'),
    open: double('First price.', usd),
    high: double('Highest price.', usd),
    low: double('Lowest price.', usd),
    close: double('Closing price.', usd),
    volume: bigint.nullable('Shares traded, on the share basis after the latest split. NULL if unknown.', {
      unit: 'shares',
    }),
    split_divisor: double(
      'Factor by which the reported prices are divided, and volumes multiplied, for later splits.',
      { unit: 'ratio' },
    ),
    known_at: timestamp('When this vintage became known.'),
  },
  sql: sql`
    with chosen as (
      select * from (
        select t.*, row_number() over (partition by symbol, session order by ${sourceRank}, source, known_at desc) as preference
        from ${dailyBars} t
      ) as ranked
      where preference = 1
    ),
    splits as (${toldSplits}),
    -- The divisor of a price on the basis before a split: the product of that split and all later ones.
    divisors as (
      select
        symbol,
        opens_at,
        lag(opens_at) over (partition by symbol order by opens_at) as previous_opens_at,
        exp(sum(ln(split_factor)) over (partition by symbol order by opens_at rows between current row and unbounded following)) as split_divisor
      from splits
    ),
    based as (
      -- A price as traded is on the basis of its session. Any other price is on the basis of its download.
      select chosen.*, case when ${isRawSource} then s.opens_at else chosen.fetched_at end as basis_at
      from chosen
      join ${sessions} s on s.session = chosen.session
    )
    select
      based.symbol, based.session, source,
      open / coalesce(split_divisor, 1e0) as open,
      high / coalesce(split_divisor, 1e0) as high,
      low / coalesce(split_divisor, 1e0) as low,
      close / coalesce(split_divisor, 1e0) as close,
      case
        when split_divisor is null then volume
        when cast(volume as double) * split_divisor < 9e18 then cast(round(cast(volume as double) * split_divisor) as bigint)
      end as volume,
      coalesce(split_divisor, 1e0) as split_divisor,
      known_at
    from based
    left join divisors
      on divisors.symbol = based.symbol
      and based.basis_at < divisors.opens_at
      and (divisors.previous_opens_at is null or based.basis_at >= divisors.previous_opens_at)
  `,
})
