/** The macro timetable as it was known at an instant. */

import { newYorkDate } from '../../calendar/sessions.ts'
import { unknownName } from '../../core/nearest.ts'
import { quoted } from '../../schemas/view.ts'
import { timetabledReleases } from '../../schemas/views/shared/macro-figures.ts'
import { reading } from '../lake/current.ts'
import type { Lake } from '../lake/lake.ts'

export interface TimetableRow {
  readonly release: string
  readonly reference_period: string
  readonly status: string
  readonly first_scheduled_at: string | null
  readonly scheduled_at: string | null
  readonly released_at: string | null
  readonly delay_days: number | null
  /** For a release that is overdue: calendar days in New York from its first scheduled time to the instant. */
  readonly overdue_days: number | null
}

/** Refuses a release that the timetable does not have. */
export const requireTimetabled = (release: string): void => {
  if (!timetabledReleases.includes(release)) throw unknownName('release', release, timetabledReleases)
}

/** Per release: the periods that are due or overdue, and the last one published, by what was known at the instant. */
export const timetableAt = reading(
  async ({ engine }: Lake, at: Date, release?: string): Promise<TimetableRow[]> =>
    engine.rows<TimetableRow>(timetableSql(at, release)),
)

/** The query of the timetable. */
export const timetableSql = (at: Date, release?: string): string => {
  const instant = at.toISOString().replace('Z', '')
  const today = newYorkDate(at)
  return `
    with known as (
      select *, row_number() over (partition by release, reference_period order by known_at desc) as age
      from macro_timetable
      where known_at <= timestamp '${instant}' ${release ? `and release = ${quoted(release)}` : ''}
    ),
    states as (
      select *, row_number() over (partition by release order by case when status = 'released' then reference_period end desc nulls last) as recency
      from known where age = 1
    )
    select
      release, reference_period, status, first_scheduled_at, scheduled_at, released_at, delay_days,
      case when status <> 'released' and first_scheduled_at <= timestamp '${instant}'
        then datediff('day', cast(first_scheduled_at as date), date '${today}') end as overdue_days
    from states
    where status <> 'released' or recency = 1
    order by coalesce(scheduled_at, released_at), release, reference_period`
}
