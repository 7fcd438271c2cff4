import { date, double, string, timestamp } from '../column.ts'
import { dailyBars } from '../tables/daily_bars.ts'
import { macroReleases } from '../tables/macro_releases.ts'
import { sessions } from '../tables/sessions.ts'
import { defineView, sql } from '../view.ts'
import { figure, releaseFacts } from './macro_figures.ts'

const ofSeries = { unit: 'of the series' }

export const macroAsOf = defineView({
  name: 'macro_as_of',
  doc: 'One row per session and series: the latest figure that its evening knew, with the revisions known by then.',
  grain: ['session', 'series'],
  columns: {
    session: date('XNYS session.'),
    series: string('Series identifier, such as PAYEMS.'),
    release: string('Release, by its catalyst kind.'),
    reference_period: date('First day of the latest period known.'),
    value: double('Level of that period, in the vintage known.', ofSeries),
    prior_value: double.nullable('Level of the period before, as revised by then.', ofSeries),
    figure: double.nullable('Headline figure by the measure of the release: level, change or percent change.', {
      unit: 'of the release',
    }),
    unit: string('Unit of the figure.'),
    known_at: timestamp('When that vintage became known.'),
  },
  sql: sql`
    with events as (
      select series, known_session, lead(known_session) over (partition by series order by known_session) as next_known
      from (select distinct series, known_session from ${macroReleases}) as knowns
    ),
    vintages as (
      select
        e.series, e.known_session, e.next_known, m.reference_period, m.value, m.known_at,
        row_number() over (partition by e.series, e.known_session, m.reference_period order by m.known_at desc, m.source) as age
      from events e
      join ${macroReleases} m on m.series = e.series and m.known_session <= e.known_session
    ),
    levels as (
      select
        vintages.*,
        lag(value) over (partition by series, known_session order by reference_period) as prior_value,
        row_number() over (partition by series, known_session order by reference_period desc) as recency
      from vintages
      where age = 1
    ),
    horizon as (select max(session) as last_session from ${dailyBars})
    select
      s.session, levels.series, release, reference_period, value, prior_value, ${figure} as figure, unit, levels.known_at
    from levels
    join ${releaseFacts} on releases.series = levels.series
    join ${sessions} s on s.session >= levels.known_session and (levels.next_known is null or s.session < levels.next_known)
    cross join horizon
    where recency = 1 and s.session <= horizon.last_session
  `,
})
