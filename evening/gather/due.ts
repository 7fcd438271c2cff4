/** What is due on the next session, as the evening knew it. */
import { catalysts } from '../../schemas/tables/catalysts.ts'
import { sql } from '../../schemas/view.ts'
import { macroTimetable } from '../../schemas/views/macro/macro_timetable.ts'
import { eveningsWithNext } from '../fragments.ts'
import { listOf } from './subject.ts'

export interface Due {
  /** Kind of the catalyst, which is also the name of a release. */
  readonly kind: string
  readonly scheduled_at: string
  readonly title: string
  readonly status: string
}

/** A release is due by its present schedule, any other catalyst by the one first announced. A cancelled one is not due. */
export const due = listOf<Due>(
  (sessions) => sql`
    with evenings as (select * from ${eveningsWithNext(sessions)}),
    announced as (
      select
        e.session, e.next_from, e.next_until, t.release, t.reference_period, t.scheduled_at, t.status,
        row_number() over (partition by e.session, t.release, t.reference_period order by t.known_at desc) as age
      from ${macroTimetable} t
      join evenings e on t.known_session <= e.session
    ),
    tagged as (
      select
        e.session, e.next_from, e.next_until, c.kind, c.reference_period, c.title, c.scheduled_at, c.occurred_at, c.status,
        row_number() over (partition by e.session, c.catalyst_id order by c.known_at desc) as age
      from ${catalysts} c
      join evenings e on c.known_session <= e.session
    )
    select a.session, a.release as kind, a.scheduled_at, coalesce(t.title, a.release) as title, a.status
    from announced a
    left join tagged t
      on t.session = a.session and t.kind = a.release and t.reference_period = a.reference_period and t.age = 1
    where a.age = 1 and a.status in ('tentative', 'confirmed', 'delayed')
      and a.scheduled_at >= a.next_from and a.scheduled_at < a.next_until
    union all
    select session, kind, scheduled_at, title, status
    from tagged
    where age = 1 and occurred_at is null and reference_period is null
      and status in ('projected', 'tentative', 'confirmed', 'delayed')
      and scheduled_at >= next_from and scheduled_at < next_until
    order by session, scheduled_at, title`,
)
