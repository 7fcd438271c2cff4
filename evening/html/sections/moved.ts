/** What moved: the day against the previous close. */
import { benchmark } from '../../../schemas/baskets.ts'
import { literals, sql } from '../../../schemas/view.ts'
import { dailyBarsAsKnown } from '../../../schemas/views/bars/daily_bars_as_known.ts'
import { last } from '../../fragments.ts'
import { moves } from '../../gather/market.ts'
import { daysPath } from '../charts/days.ts'
import type { Section } from '../exhibit.ts'
import { lineExhibit } from '../line-exhibit.ts'

const before = (session: string) => sql`
  select session, close
  from ${dailyBarsAsKnown}
  where symbol = ${literals([benchmark.index])} and ${last(session, 120)} and close is not null
  order by session`

export const movedSection = (session: string): Section => ({
  id: 'moved',
  title: 'section_moved',
  exhibits: [
    {
      id: 'moved',
      title: 'exhibit_moved',
      note: 'note_moved',
      sql: moves.sql([session]),
      columns: {
        symbol: { label: 'column_symbol', format: 'text' },
        gap_return: { label: 'column_gap', format: 'change' },
        open_to_close_return: { label: 'column_open_to_close', format: 'change' },
        close_return: { label: 'column_close_return', format: 'change' },
        range_fraction: { label: 'column_range', format: 'share' },
        close_location: { label: 'column_close_location', format: 'hundredths' },
      },
      chart: {
        unit: 'unit_of_previous_close',
        value: 'close_return',
        draw: daysPath,
        alternative: (rows, { say }) => {
          const known = rows.filter(({ close_return }) => close_return !== null)
          const down = known.filter(({ close_return }) => Number(close_return) < 0).length
          return say('alternative_moved', { count: known.length, down })
        },
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
      { series: [{ column: 'close', label: 'series_index' }], figure: 'number' },
    ),
  ],
})
