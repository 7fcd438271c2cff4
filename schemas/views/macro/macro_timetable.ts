import { bigint, date, string, timestamp } from '../../column.ts'
import { releaseCalendar } from '../../tables/release_calendar.ts'
import { defineView, sql } from '../../view.ts'
import { releaseFacts, timetabled } from '../shared/macro-figures.ts'
import { macroVintages } from './macro_vintages.ts'

export const macroTimetable = defineView({
  name: 'macro_timetable',
  doc: 'One row per release, reference period and change of what was known about its date: first schedule, current schedule, status and release instant. At any instant, the latest row known by then is valid.',
  grain: ['release', 'reference_period', 'known_at'],
  isHeld: true,
  columns: {
    release: string('Name of the release, which is also its catalyst kind.'),
    reference_period: date('First day of the reference period. For an FOMC meeting, its last day.'),
    known_at: timestamp('When this state of the timetable became known.'),
    known_session: date('First session on whose evening the row is known.'),
    status: string('`tentative`, `confirmed`, `delayed`, `cancelled`, `merged` (into another period) or `released`.'),
    first_scheduled_at: timestamp.nullable('Scheduled instant, as first announced. NULL if it was never announced.'),
    scheduled_at: timestamp.nullable('Scheduled instant, as announced last.'),
    released_at: timestamp.nullable(
      'Instant of the release. NULL until then, and NULL if the oldest vintage in the lake already had the figure.',
    ),
    delay_days: bigint.nullable(
      'Calendar days in UTC from first_scheduled_at to released_at. 0 if on time, negative if early.',
      {
        unit: 'days',
      },
    ),
    merged_into: date.nullable('Reference period of the release into which this one is merged.'),
    source: string('Source of this state of the timetable.'),
    known_basis: string('How we know `known_at`: `observed`, `published` or `assumed`.'),
    bronze_key: string.nullable('Bronze object with this state of the timetable.'),
  },
  // An agency's own calendar is preferred to FRED, which follows it and gives neither times nor cancellations.
  sql: sql`
    with log as (
      select
        release, announcement_id, scheduled_at, status, merged_into, revision_number,
        source, source <> 'fred_release_dates' as is_agency, known_at, known_session, known_basis, bronze_key,
        first_value(reference_period) over (partition by announcement_id, source order by known_at, revision_number) as reference_period
      from ${releaseCalendar}
      where release in (${timetabled})
    ),
    -- If several announcements exist for one period, the one known first is used. The others announce later estimates.
    spoken as (
      select * from (
        select
          log.*,
          first_value(announcement_id) over (partition by release, reference_period, source order by known_at, scheduled_at, announcement_id) as speaker
        from log
        where reference_period is not null
      ) as announced
      where announcement_id = speaker
    ),
    -- A figure in the oldest vintage of the lake is released, but its release instant is unknown.
    prints as (
      select * from (
        select
          v.*,
          case when is_first_print then max(reference_period) over (partition by v.release, is_first_print, known_at) end as latest_period,
          row_number() over (partition by v.release, reference_period order by known_at, source) as preference
        from ${macroVintages} v
        join ${releaseFacts} on releases.series = v.series
        where vintage = 1 and is_headline
      ) as ranked
      where preference = 1
    ),
    said as (
      select
        release, reference_period, known_at, known_session, known_basis, source, bronze_key, is_agency, revision_number,
        case when status <> 'released' then scheduled_at end as scheduled_at,
        case when status <> 'released' then status end as said,
        status = 'released' as is_out,
        case when status = 'released' then scheduled_at end as released_at,
        merged_into
      from spoken
      union all
      select
        release, reference_period, known_at, known_session, known_basis, source, bronze_key, true, 0,
        cast(null as timestamp), cast(null as varchar), true, case when is_first_print then known_at end, case when latest_period > reference_period then latest_period end
      from prints
    ),
    events as (
      select said.*, min(case when is_out then known_at end) over (partition by release, reference_period) as release_known_at from said
    ),
    states as (
      select
        e.release, e.reference_period, e.known_at, e.known_session, e.known_basis, e.source, e.bronze_key,
        min(released_at) over w as released_at,
        max(case when is_out then 1 else 0 end) over w as out_count,
        min_by(scheduled_at, case when scheduled_at is not null then e.known_at end) over w as first_scheduled_at,
        coalesce(
          max_by(scheduled_at, case when scheduled_at is not null and is_agency then e.known_at end) over w,
          max_by(scheduled_at, case when scheduled_at is not null then e.known_at end) over w
        ) as scheduled_at,
        coalesce(
          max_by(said, case when said is not null and is_agency then e.known_at end) over w,
          max_by(said, case when said is not null then e.known_at end) over w
        ) as said,
        max_by(merged_into, case when merged_into is not null then e.known_at end) over w as merged_into,
        row_number() over (partition by e.release, e.reference_period, e.known_at order by e.source desc, revision_number desc) as last_of_instant
      from events e
      where release_known_at is null or e.known_at <= release_known_at
      window w as (partition by e.release, e.reference_period order by e.known_at, e.source, revision_number rows between unbounded preceding and current row)
    ),
    named as (
      select
        states.*,
        case
          when out_count > 0 then 'released'
          when said in ('cancelled', 'merged') then said
          when scheduled_at > first_scheduled_at then 'delayed'
          else said
        end as status,
        case when said in ('cancelled', 'merged', 'delayed') or scheduled_at > first_scheduled_at then merged_into end as joined_with
      from states
      where last_of_instant = 1
    ),
    compared as (
      select
        named.*,
        row_number() over w as place,
        lag(status) over w as last_status,
        lag(scheduled_at) over w as last_scheduled_at,
        lag(joined_with) over w as last_joined_with
      from named
      window w as (partition by release, reference_period order by known_at)
    )
    select
      release, reference_period, known_at, known_session, status, first_scheduled_at, scheduled_at, released_at,
      date_diff('day', cast(first_scheduled_at as date), cast(released_at as date)) as delay_days,
      joined_with as merged_into, source, known_basis, bronze_key
    from compared
    where place = 1 or status is distinct from last_status or scheduled_at is distinct from last_scheduled_at or joined_with is distinct from last_joined_with
  `,
})
