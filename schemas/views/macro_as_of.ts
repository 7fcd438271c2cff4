import { bigint, date, double, string, timestamp } from '../column.ts'
import { dailyBars } from '../tables/daily_bars.ts'
import { macroReleases } from '../tables/macro_releases.ts'
import { sessions } from '../tables/sessions.ts'
import { defineView, sql } from '../view.ts'
import { figure, periodAfter, periodBefore, releaseFacts } from './macro_figures.ts'

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
    prior_value: double.nullable(
      'Level of the period before, as revised by then; NULL if that period has none.',
      ofSeries,
    ),
    figure: double.nullable('Headline figure by the measure of the release: level, change or percent change.', {
      unit: 'of the release',
    }),
    unit: string('Unit of the figure.'),
    period_end: date('Last day of the period.'),
    staleness_days: bigint('Calendar days from the end of the period to the session.', { unit: 'days' }),
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
        measure, unit, frequency, release,
        lag(value) over w as earlier_value,
        lag(reference_period) over w as earlier_period,
        row_number() over (partition by vintages.series, known_session order by reference_period desc) as recency
      from vintages
      join ${releaseFacts} on releases.series = vintages.series
      where age = 1
      window w as (partition by vintages.series, known_session order by reference_period)
    ),
    -- A period may be missing for good: a change across the hole is none.
    latest as (
      select
        levels.*,
        case when earlier_period = ${periodBefore} then earlier_value end as prior_value,
        ${periodAfter} as next_period
      from levels
      where recency = 1
    ),
    horizon as (select max(session) as last_session from ${dailyBars})
    select
      s.session, series, release, reference_period, value, prior_value, ${figure} as figure, unit,
      cast(next_period - interval '1' day as date) as period_end,
      date_diff('day', next_period, s.session) + 1 as staleness_days,
      latest.known_at
    from latest
    join ${sessions} s on s.session >= latest.known_session and (latest.next_known is null or s.session < latest.next_known)
    cross join horizon
    where s.session <= horizon.last_session
  `,
})
