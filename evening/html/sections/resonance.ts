/** How many kinds of catalysts hit at once, and whether the market was fragile. */

import { resonance } from '../../gather/catalysts.ts'
import type { Section } from '../exhibit.ts'

export const resonanceSection = (own: string): Section => ({
  id: 'resonance',
  title: 'section_resonance',
  exhibits: [
    {
      id: 'resonance',
      title: 'exhibit_resonance',
      note: 'note_resonance',
      sql: resonance.sql([own]),
      columns: {
        is_resonance: { label: 'column_resonance', format: 'yes' },
        kind_count: { label: 'column_kinds_count', format: 'count' },
        kinds: { label: 'column_kinds', format: 'name' },
        unknown_kind_count: { label: 'column_unknown_kinds', format: 'count' },
        uncovered_kinds: { label: 'column_uncovered', format: 'name' },
        undecided_kinds: { label: 'column_undecided', format: 'name' },
        is_fragile_before: { label: 'column_fragile', format: 'yes' },
        depth_ratio_before: { label: 'column_depth_ratio_before', format: 'number' },
        net_gamma_before: { label: 'column_gamma_evening_before', format: 'dollars' },
        kinds_base_rate: { label: 'column_kinds_rate', format: 'share' },
        resonance_base_rate: { label: 'column_resonance_rate', format: 'share' },
        earlier_session_count: { label: 'column_kinds_rate_sessions', format: 'count' },
      },
    },
  ],
})
