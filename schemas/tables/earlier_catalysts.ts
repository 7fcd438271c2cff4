import { defineTable } from '../table.ts'
import { catalysts } from './catalysts.ts'

export const earlierCatalysts = defineTable({
  name: 'earlier_catalysts',
  doc: 'One row per catalyst, earlier version of its rule and change: what that version would have tagged on the same data.',
  grain: ['catalyst_id', 'rule_version', 'known_at'],
  yearOf: 'known_at',
  origin: 'tag',
  columns: catalysts.columns,
})
