import { bigint, date, string, timestamp } from '../../column.ts'
import { releaseCalendar } from '../../tables/release_calendar.ts'
import { defineView, sql } from '../../view.ts'
import { releaseFacts, timetabled } from './macro_figures.ts'
import { macroVintages } from './macro_vintages.ts'

export const macroTimetable = defineView({
  name: 'macro_timetable',
  doc: 'One row per release, reference period and change of what was known of its date: first schedule, present schedule, status, release. At any instant the latest row known by then stands.',
  grain: ['release', 'reference_period', 'known_at'],
  columns: {
    release: string('Release, by its name.'),
    reference_period: date('First day of the period described; of an FOMC meeting its last day.'),
    known_at: timestamp('When this much became known.'),
    known_session: date('First session on whose evening the row is known.'),
    status: string('`tentative`, `confirmed`, `delayed`, `cancelled`, `merged` (into another period) or `released`.'),
    first_scheduled_at: timestamp.nullable('Scheduled instant, as first announced. NULL if it was never announced.'),
    scheduled_at: timestamp.nullable('Instant as announced last.'),
    released_at: timestamp.nullable(
      'Instant of the release; NULL until then, and where the oldest vintage at hand already had the figure.',
    ),
    delay_days: bigint.nullable(
      'Calendar days, in UTC, from first_scheduled_at to released_at; 0 on time, negative if early.',
      {
        unit: 'days',
      },
    ),
    merged_into: date.nullable('Period whose release carries this one too.'),
    source: string('Who said so.'),
    known_basis: string('How we know `known_at`: `observed`, `published` or `assumed`.'),
    bronze_key: string.nullable('Bronze object that says so.'),
  },
  // FRED's dates come second: they follow the agency's own calendar, without its clock and its cancellations.
  sql: sql`
    with log as (
      select
        release, announcement_id, scheduled_at, status, merged_into, revision_number,
        source, source <> 'fred_release_dates' as is_agency, known_at, known_session, known_basis, bronze_key,
        first_value(reference_period) over (partition by announcement_id, source order by known_at, revision_number) as reference_period
      from ${releaseCalendar}
      where release in (${timetabled})
    ),
    -- Of several announcements for one period the first known speaks: the later ones are of later estimates.
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
    -- What the oldest vintage at hand already held is out, nobody here knows since when.
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
