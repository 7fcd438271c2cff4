import { date, double, string } from '../../column.ts'
import { creditSpreads } from '../../tables/credit_spreads.ts'
import { dailyBars } from '../../tables/daily_bars.ts'
import { sessions } from '../../tables/sessions.ts'
import { defineView, sql } from '../../view.ts'

export const creditSpreadsAsKnown = defineView({
  name: 'credit_spreads_as_known',
  doc: 'One row per series and session: the latest value that was known on that evening, in the vintage of that evening. A daily spread is that of the previous session. The rows end with the last session that has bars.',
  grain: ['series', 'session'],
  columns: {
    series: string('Identifier of the series on FRED.'),
    session: date('XNYS session of the evening.'),
    observed_on: date('Session that the value describes.'),
    value: double('Value as known on that evening.', { unit: '% or index points' }),
  },
  sql: sql`
    with vintages as (
      select
        series, session, known_session, value,
        row_number() over (partition by series, known_session order by session desc, known_at desc, source) as preference
      from ${creditSpreads}
    ),
    -- What each evening brought: its latest observation. Later evenings know it too, until another is as late or later.
    news as (
      select
        series, known_session, session as observed_on, value,
        row_number() over (partition by series order by session, known_session) as freshness
      from vintages
      where preference = 1
    ),
    spans as (
      select series, min(known_session) as first_session from news group by series
    ),
    horizon as (select max(session) as last_session from ${dailyBars}),
    evenings as (
      select spans.series, s.session
      from ${sessions} s
      join spans on s.session >= spans.first_session
      cross join horizon
      where s.session <= last_session
    ),
    carried as (
      select
        evenings.series,
        evenings.session,
        max_by(news.observed_on, news.freshness) over w as observed_on,
        max_by(news.value, news.freshness) over w as value
      from evenings
      left join news on news.series = evenings.series and news.known_session = evenings.session
      window w as (partition by evenings.series order by evenings.session)
    )
    select series, session, observed_on, value
    from carried
    where value is not null
  `,
})
