/** The releases that were overdue that evening. */

import { overdue } from '../../gather/unknown.ts'
import type { Section } from '../exhibit.ts'

export const unknownSection = (own: string): Section => ({
  id: 'unknown',
  title: 'section_unknown',
  exhibits: [
    {
      id: 'overdue',
      title: 'exhibit_overdue',
      note: 'note_overdue',
      sql: overdue.sql([own]),
      columns: {
        title: { label: 'column_release', format: 'told' },
        reference_period: { label: 'column_period', format: 'date' },
        status: { label: 'column_status', format: 'name' },
        first_scheduled_at: { label: 'column_was_due', format: 'instant' },
        overdue_days: { label: 'column_days_overdue', format: 'count' },
        weight: { label: 'column_weight', format: 'number' },
      },
    },
  ],
})
