/** What moved: the day against the previous close. */
import { benchmark, sectors } from '../../../schemas/baskets.ts'
import { literals, raw, sql } from '../../../schemas/view.ts'
import { dailyBarsAsKnown } from '../../../schemas/views/bars/daily_bars_as_known.ts'
import { intradayReversal } from '../../../schemas/views/bars/intraday_reversal.ts'
import { daysPath } from '../charts.ts'
import type { Section } from '../exhibit.ts'
import { date, last } from '../fragments.ts'
import { lineExhibit } from '../line-exhibit.ts'

const { index, etf } = benchmark
const shown = [index, etf, 'QQQ', 'NVDA', ...sectors.symbols]
const placeOf = raw(`case r.symbol ${shown.map((symbol, i) => `when '${symbol}' then ${i}`).join(' ')} end`)

const moved = (session: string) => sql`
  select r.symbol, r.gap_return, r.open_to_close_return, r.close_return, r.range_fraction, r.close_location,
    case when r.range_fraction is not null then b.high / b.previous_close - 1 end as high_return,
    case when r.range_fraction is not null then b.low / b.previous_close - 1 end as low_return
  from ${intradayReversal} r
  join ${dailyBarsAsKnown} b on b.symbol = r.symbol and b.session = r.session
  where r.session = ${date(session)} and r.symbol in (${literals(shown)})
  order by ${placeOf}`

const before = (session: string) => sql`
  select session, close
  from ${dailyBarsAsKnown}
  where symbol = ${literals([index])} and ${last(session, 120)}
  order by session`

export const movedSection = (session: string): Section => ({
  id: 'moved',
  title: 'section_moved',
  exhibits: [
    {
      id: 'moved',
      title: 'exhibit_moved',
      note: 'note_moved',
      sql: moved(session),
      columns: {
        symbol: { label: 'column_symbol', format: 'text' },
        gap_return: { label: 'column_gap', format: 'change' },
        open_to_close_return: { label: 'column_open_to_close', format: 'change' },
        close_return: { label: 'column_close_return', format: 'change' },
        range_fraction: { label: 'column_range', format: 'share' },
        close_location: { label: 'column_close_location', format: 'number' },
      },
      chart: {
        unit: 'unit_of_previous_close',
        draw: daysPath,
        alternative: (rows, { say }) =>
          say('alternative_moved', {
            count: rows.length,
            down: rows.filter(({ close_return }) => Number(close_return) < 0).length,
          }),
      },
    },
    lineExhibit(
      {
        id: 'before',
        title: 'exhibit_before',
        sql: before(session),
        columns: { close: { label: 'column_close', format: 'number' } },
      },
      'unit_points',
      { series: [{ column: 'close' }], tick: ',d' },
    ),
  ],
})
