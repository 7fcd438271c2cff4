import { defineTable } from '../table.ts'
import { catalysts } from './catalysts.ts'

export const earlierCatalysts = defineTable({
  name: 'earlier_catalysts',
  doc: 'One row per catalyst, earlier rule version and change: the tags of that version on the same data.',
  grain: ['catalyst_id', 'rule_version', 'known_at'],
  yearOf: 'known_at',
  origin: 'tag',
  columns: catalysts.columns,
})
