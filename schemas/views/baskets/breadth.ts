import { boolean, date, double, string } from '../../column.ts'
import { marketBreadth } from '../../tables/market_breadth.ts'
import { defineView, sql } from '../../view.ts'
import { firstKnown } from '../shared/as-known.ts'

export const breadth = defineView({
  name: 'breadth',
  doc: 'One row per exchange, session and source: the shares of declining volume and of declining issues.',
  grain: ['exchange', 'session', 'source'],
  columns: {
    exchange: string('NYSE, Nasdaq or another.'),
    session: date('XNYS session.'),
    source: string('Who counted.'),
    down_volume_share: double.nullable('down volume / (up volume + down volume).', { unit: 'fraction' }),
    is_90_percent_down_day: boolean.nullable('True if down_volume_share is 0.9 or more. Lowry.'),
    declining_share: double.nullable('declining issues / (advancing + declining).', { unit: 'fraction' }),
  },
  sql: sql`
    with first_known as (${firstKnown(marketBreadth, 0)}),
    shares as (
      select exchange, session, source,
             down_volume / nullif(up_volume + down_volume, 0) as down_volume_share,
             declining_count / nullif(advancing_count + declining_count, 0) as declining_share
      from first_known
    )
    select shares.*, down_volume_share >= 9e-1 - 1e-12 as is_90_percent_down_day
    from shares
  `,
})
