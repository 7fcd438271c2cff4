/** What was overdue, and so not known that evening. */
import { sql } from '../../../schemas/view.ts'
import { overdueReleases } from '../../../schemas/views/macro/overdue_releases.ts'
import type { Section } from '../exhibit.ts'
import { date } from '../fragments.ts'

export const unknownSection = (own: string): Section => ({
  id: 'unknown',
  title: 'section_unknown',
  exhibits: [
    {
      id: 'overdue',
      title: 'exhibit_overdue',
      note: 'note_overdue',
      sql: sql`
        select release, reference_period, status, first_scheduled_at, overdue_days, weight
        from ${overdueReleases}
        where session = ${date(own)}
        order by overdue_days desc, release`,
      columns: {
        release: { label: 'column_release', format: 'text' },
        reference_period: { label: 'column_period', format: 'date' },
        status: { label: 'column_status', format: 'text' },
        first_scheduled_at: { label: 'column_was_due', format: 'instant' },
        overdue_days: { label: 'column_days_overdue', format: 'count' },
        weight: { label: 'column_weight', format: 'number' },
      },
    },
  ],
})
