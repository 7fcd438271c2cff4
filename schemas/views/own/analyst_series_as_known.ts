import { date, double, string } from '../../column.ts'
import { analystSeries } from '../../tables/analyst_series.ts'
import { defineView, sql } from '../../view.ts'
import { firstKnown } from '../shared/as-known.ts'

export const analystSeriesAsKnown = defineView({
  name: 'analyst_series_as_known',
  doc: 'One row per series of an analyst and session: the value as first known by that evening. A value that became known later is left out.',
  grain: ['series', 'session'],
  columns: {
    series: string('Name of the series.'),
    session: date('XNYS session.'),
    value: double('Value.', { unit: 'of the series' }),
  },
  sql: sql`
    with first_known as (${firstKnown(analystSeries, 0)})
    select series, session, max_by(value, source) as value
    from first_known
    group by series, session
  `,
})
