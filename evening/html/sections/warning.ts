/** Early warning: its parts, what raised it since last week, and what followed such levels. */
import { sql } from '../../../schemas/view.ts'
import { earlyWarning } from '../../../schemas/views/early_warning/early_warning.ts'
import { last } from '../../fragments.ts'
import { warning } from '../../gather/warning.ts'
import { warningText } from '../../language/warning-text.ts'
import type { Column, Section } from '../exhibit.ts'
import { lineExhibit } from '../line-exhibit.ts'

/** In the table it is written as in the sentences. */
const ownWarning: Column['write'] = (value, row) =>
  warningText({ early_warning: value, level_from: Number(row.level_from) })

export const warningSection = (own: string): Section => ({
  id: 'warning',
  title: 'section_warning',
  exhibits: [
    {
      id: 'warning_now',
      title: 'exhibit_warning',
      note: 'note_warning',
      sql: warning.sql([own]),
      columns: {
        early_warning: { label: 'column_early_warning', format: 'number', write: ownWarning },
        percentile: { label: 'column_percentile', format: 'share' },
        change_5: { label: 'column_since_last_week', format: 'difference' },
        vix_change_5: { label: 'column_from_vix', format: 'difference' },
        term_structure_change_5: { label: 'column_from_term_structure', format: 'difference' },
        credit_change_5: { label: 'column_from_credit', format: 'difference' },
        case_count: { label: 'column_cases', format: 'count' },
        fall_share: { label: 'column_fall_share', format: 'share' },
        fall_low_95: { label: 'column_fall_low', format: 'share' },
        fall_high_95: { label: 'column_fall_high', format: 'share' },
        base_rate: { label: 'column_base_rate', format: 'share' },
      },
    },
    lineExhibit(
      {
        id: 'warning_year',
        title: 'exhibit_warning_year',
        sql: sql`
          select session, early_warning
          from ${earlyWarning}
          where ${last(own, 252)} and early_warning is not null
          order by session`,
        columns: { early_warning: { label: 'column_early_warning', format: 'number' } },
      },
      'unit_percentile',
      { series: [{ column: 'early_warning', label: 'column_early_warning' }], figure: 'number' },
    ),
  ],
})
