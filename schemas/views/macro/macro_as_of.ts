import { bigint, date, double, string, timestamp } from '../../column.ts'
import { dailyBars } from '../../tables/daily_bars.ts'
import { sessions } from '../../tables/sessions.ts'
import { defineView, sql } from '../../view.ts'
import { periodAfter, releaseFacts } from '../shared/macro-figures.ts'
import { macroVintages } from './macro_vintages.ts'

const ofSeries = { unit: 'of the series' }

export const macroAsOf = defineView({
  name: 'macro_as_of',
  doc: 'One row per session and series: the latest figure known on its evening, with the revisions known by then.',
  grain: ['session', 'series'],
  columns: {
    session: date('XNYS session.'),
    series: string('Series identifier, such as PAYEMS.'),
    release: string('Name of the release, which is also its catalyst kind.'),
    reference_period: date('First day of the latest reference period known.'),
    value: double('Level for that period in the vintage known then.', ofSeries),
    prior_value: double.nullable(
      'Level for the previous period, as revised by then. NULL if that period has no level.',
      ofSeries,
    ),
    figure: double.nullable('Headline figure by the measure of the release: level, change or percent change.', {
      unit: 'of the release',
    }),
    unit: string('Unit of the figure.'),
    period_end: date('Last day of the reference period.'),
    staleness_days: bigint('Calendar days from the end of the period to the session.', { unit: 'days' }),
    known_at: timestamp('When that vintage became known.'),
  },
  sql: sql`
    with newest as (
      select v.*, max(reference_period) over (partition by series order by known_session) as latest_period
      from ${macroVintages} v
    ),
    evenings as (
      select * from (
        select
          newest.*,
          row_number() over (partition by series, known_session order by known_at desc, source) as age
        from newest
        where reference_period = latest_period
      ) as states
      where age = 1
    ),
    spans as (
      select
        e.series, e.release, reference_period, value, prior_value, figure, e.unit, known_at, known_session,
        ${periodAfter} as next_period,
        lead(known_session) over (partition by e.series order by known_session) as next_known
      from evenings e
      join ${releaseFacts} on releases.series = e.series
    ),
    horizon as (select max(session) as last_session from ${dailyBars})
    select
      s.session, series, release, reference_period, value, prior_value, figure, unit,
      cast(next_period - interval '1' day as date) as period_end,
      date_diff('day', next_period, s.session) + 1 as staleness_days,
      spans.known_at
    from spans
    join ${sessions} s on s.session >= spans.known_session and (next_known is null or s.session < next_known)
    cross join horizon
    where s.session <= last_session
  `,
})
